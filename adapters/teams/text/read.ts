import { compile, type DomNode, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';
import { ownEmoji, withoutOwnEmoji } from './own-emoji.ts';

/**
 * The HTML of Teams messages as markdown, and as plain words. What it is made of:
 * https://learn.microsoft.com/en-us/graph/api/resources/chatmessage (`at`, `attachment`, `emoji` beside ordinary mark-up).
 */
export interface Read {
  readonly markdown: string;
  readonly plain: string;
  /** True where the plain words would lose something. */
  readonly marks: boolean;
}

/** No person writes more, and nothing may take long. Characters; depth and children of elements. */
const limits = { maxInputLength: 500_000, maxDepth: 80, maxChildNodes: 5000, ellipsis: '…' };

/** Words that are marked up, or would be if they were not guarded. */
const guarded: Readonly<Record<string, string>> = Object.fromEntries(
  [...'\\`*_[]<>~|'].map((sign) => [sign, `\\${sign}`]),
);
const literal = { noWordTransform: true } as const;

const textIn = (nodes: readonly DomNode[]): string =>
  nodes.map((node) => (node.type === 'text' ? (node.data ?? '') : textIn(node.children ?? []))).join('');
const safeUrl = (url: unknown): string | undefined =>
  typeof url === 'string' && /^(?:https?:\/\/|mailto:|tel:)/i.test(url)
    ? url.trim().replace(/[<>\s]/g, (sign) => encodeURIComponent(sign))
    : undefined;

const mention: FormatCallback = (element, _walk, builder) => {
  const name = textIn(element.children ?? []).replace(/^@/, '');
  if (name.trim() !== '') builder.addInline(`@${name}`);
};
const emoji: FormatCallback = (element, _walk, builder) => {
  const alt: unknown = element.attribs?.alt;
  if (typeof alt === 'string' && alt !== '') builder.addInline(alt, literal);
};
const customEmoji: FormatCallback = (element, _walk, builder) => {
  const { alt, source } = element.attribs ?? {};
  builder.addInline(ownEmoji(alt, source).text);
};
/** Pictures Teams keeps are parts of their own; of others a link is left, for nothing is fetched unasked. */
const picture =
  (write: (url: string, words: string) => string): FormatCallback =>
  (element, _walk, builder) => {
    const { src, alt } = element.attribs ?? {};
    const url = safeUrl(src);
    const words = typeof alt === 'string' && alt.trim() !== '' ? alt.trim() : 'picture';
    if (typeof src === 'string' && isHosted(src)) return;
    builder.addInline(url === undefined ? words : write(url, words), literal);
  };
const markdownLink: FormatCallback = (element, walk, builder) => {
  const url = safeUrl(element.attribs?.href);
  const words = textIn(element.children ?? []).trim();
  if (url === undefined || words === '') return walk(element.children ?? [], builder);
  if (words === url || `mailto:${words}` === url) return builder.addInline(`<${url}>`, literal);
  builder.addInline('[', literal);
  walk(element.children ?? [], builder);
  builder.addInline(`](<${url}>)`, literal);
};
const plainLink: FormatCallback = (element, walk, builder) => {
  walk(element.children ?? [], builder);
  const url = safeUrl(element.attribs?.href);
  const words = textIn(element.children ?? []).trim();
  if (url !== undefined && words !== url && `mailto:${words}` !== url && words !== '')
    builder.addInline(` (${url})`, literal);
};
const codeSpan: FormatCallback = (element, _walk, builder) => {
  const words = textIn(element.children ?? []);
  const longest = Math.max(0, ...[...words.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = words.startsWith('`') || words.endsWith('`') ? ' ' : '';
  if (words !== '') builder.addInline(`${fence}${pad}${words}${pad}${fence}`, literal);
};
const codeBlock: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ isPre: true, leadingLineBreaks: 2 });
  walk(element.children ?? [], builder);
  builder.closeBlock({ trailingLineBreaks: 2, blockTransform: (text) => `\`\`\`\n${text.replace(/\n$/, '')}\n\`\`\`` });
};

const surround = (selector: string, sign: string) => ({
  selector,
  format: 'inlineSurround',
  options: { prefix: sign, suffix: sign },
});
const skipped = ['attachment', 'systemeventmessage', 'script', 'style', 'title'].map((selector) => ({
  selector,
  format: 'skip',
}));
const common = [
  ...skipped,
  { selector: 'at', format: 'mention' },
  { selector: 'emoji', format: 'emoji' },
  { selector: 'customemoji', format: 'customEmoji' },
  { selector: 'img', format: 'picture' },
  { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  { selector: 'a', format: 'link' },
  { selector: 'table', format: 'block' },
  { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: '  ' } })),
];
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const toPlain = compile({
  wordwrap: false,
  limits,
  formatters: { mention, emoji, customEmoji, picture: picture((url, words) => `${words} (${url})`), link: plainLink },
  selectors: [
    ...common,
    { selector: 'ul', options: { itemPrefix: '• ', leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'ol', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...headings.map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});
const markdownOptions: HtmlToTextOptions = {
  wordwrap: false,
  limits,
  encodeCharacters: { ...guarded },
  formatters: {
    mention,
    emoji,
    customEmoji,
    picture: picture((url, words) => `[${words.replace(/[[\]\\]/g, '\\$&')}](<${url}>)`),
    link: markdownLink,
    codeSpan,
    codeBlock,
    heading: (element, walk, builder) => {
      builder.openBlock({ leadingLineBreaks: 2 });
      builder.addInline('### ', literal);
      walk(element.children ?? [], builder);
      builder.closeBlock({ trailingLineBreaks: 2 });
    },
  },
  selectors: [
    ...common,
    { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ...['b', 'strong'].map((selector) => surround(selector, '**')),
    ...['i', 'em'].map((selector) => surround(selector, '_')),
    ...['s', 'strike', 'del'].map((selector) => surround(selector, '~~')),
    { selector: 'code', format: 'codeSpan' },
    { selector: 'codeblock', format: 'codeBlock' },
    { selector: 'pre', format: 'codeBlock' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...headings.map((selector) => ({ selector, format: 'heading' })),
  ],
};
const toMarkdown = compile(markdownOptions);

/** A picture that Teams keeps with the message. */
const isHosted = (url: string): boolean => /\/hostedContents\/[^/?#]+\/\$value/.test(url);

/** Space at the inside edge of a mark means the same outside it, and markdown has none inside. */
const edged = (html: string): string =>
  html
    .replace(/((?:\s|&nbsp;)+)((?:<\/(?:b|strong|i|em|s|strike|del)>)+)/gi, '$2$1')
    .replace(/((?:<(?:b|strong|i|em|s|strike|del)(?:\s[^<>]*)?>)+)((?:\s|&nbsp;)+)/gi, '$2$1')
    .replace(/<(b|strong|i|em|s|strike|del)(?:\s[^<>]*)?><\/\1>/gi, '');

const tidy = (text: string): string =>
  text
    .replace(/\u00a0/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** Never throws, whatever the mark-up. */
export function readHtml(html: string): Read {
  const read = nestedDeeply(html) ? html.replace(/<[^<>]*>/g, ' ') : html;
  const markdown = tidy(guardedLines(toMarkdown(edged(read))));
  const plain = tidy(toPlain(read));
  return { markdown, plain, marks: bare(markdown) !== bare(plain) };
}

/** Without guards, and without the difference between a line and a paragraph. */
const bare = (text: string): string => text.replace(/\\([\\`*_[\]<>~|#+])/g, '$1').replace(/\n+/g, '\n');

/** What at the beginning of a line would make a list or a heading of words. Lists of ours have been written by then. */
const guardedLines = (text: string): string =>
  text.replace(/^(#{1,6}|\+)(?=\s)/gm, (sign) => (sign === '###' ? sign : `\\${sign}`));

/** More tags open than closed by the hundred: a tree no recursive walk should see. */
function nestedDeeply(html: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of html.matchAll(/<\/?(?!br\b|img\b|hr\b|p\b|li\b|td\b|tr\b)[a-z][^\s<>/]*/gi)) {
    depth = tag.startsWith('</') ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest > 1000;
}

/** Ids of the pictures Teams keeps with a message, in the order they stand in it. */
export const hostedIn = (html: string): readonly string[] => [
  ...new Set(
    [...withoutOwnEmoji(html).matchAll(/\/hostedContents\/([^/"'?#\s]+)\/\$value/g)].map(([, id]) => id ?? ''),
  ),
];
