import { compile } from 'html-to-text';
import { limits } from './limits.ts';

const convert = compile({
  wordwrap: false,
  // Deeper or wider mark-up than any person's mail: the rest is left out of the plain text, never out of the HTML.
  limits: { maxDepth: 400, maxChildNodes: 50_000, ellipsis: '' },
  // A letter quoted in another brings its own <body> along, which is a part of the words and not all of them.
  baseElements: { selectors: [] },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...[1, 2, 3, 4, 5, 6].map((level) => ({ selector: `h${level}`, options: { uppercase: false } })),
    { selector: 'hr', format: 'skip' },
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
});

/** The words of an HTML body without mark-up, for search and previews. Bounded in time whatever the mark-up. */
export function htmlToPlain(html: string): string {
  const read = html.slice(0, limits.htmlCharacters);
  const text = convert(nestedDeeply(read) ? read.replace(/<[^<>]*>/g, ' ') : read);
  return text
    .replace(/(?:\u200b|\u200c|\u00ad|\u034f|\ufeff)+/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** More opening than closing tags by the thousand: a tree no recursive walk should see. */
function nestedDeeply(html: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of html
    .slice(0, limits.htmlCharacters)
    .matchAll(/<\/?(?!br\b|img\b|hr\b|input\b|meta\b|link\b|p\b|li\b|td\b|tr\b)[a-z][^\s<>/]*/gi)) {
    depth = tag.startsWith('</') ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest > 1500;
}
