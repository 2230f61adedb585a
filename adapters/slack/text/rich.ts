/** Text with its marks, between Slack's two ways of writing it (mrkdwn, rich text blocks) and ours (markdown, plain). */
export interface Span {
  /** As read, nothing escaped. */
  readonly text: string;
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly strike?: boolean | undefined;
  readonly code?: boolean | undefined;
  readonly link?: string | undefined;
}
export type Paragraph =
  | { readonly is: 'text' | 'quote' | 'heading'; readonly spans: readonly Span[] }
  | { readonly is: 'code'; readonly text: string }
  | {
      readonly is: 'list';
      readonly ordered: boolean;
      /** Depth, from 0. */
      readonly indent: number;
      /** Number of the first item, from 1. */
      readonly first: number;
      readonly items: readonly (readonly Span[])[];
    }
  | { readonly is: 'rule' };

/** Marks that mean the same with the space outside, for markdown has none at the inside edge of a mark. */
function marked(span: Span): string {
  if (span.code) return codeSpan(span.text);
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(span.text) ?? [];
  if (core === '') return span.text;
  let text = span.link === undefined ? escaped(core) : linked(span.link, core);
  if (span.strike) text = `~~${text}~~`;
  if (span.italic) text = `_${text}_`;
  if (span.bold) text = `**${text}**`;
  return `${before}${text}${after}`;
}
function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
function linked(url: string, label: string): string {
  const safe = url.replace(/[<>\s]/g, (sign) => encodeURIComponent(sign));
  return label === url ? `<${safe}>` : `[${escaped(label)}](<${safe}>)`;
}
const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>~|&]/g, '\\$&')
    .replace(/^(\s*)([#+-])(?=\s|$)/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2')
    .replace(/^(\s*)(=+|-{2,})\s*$/gm, '$1\\$2');

const line = (spans: readonly Span[]): string => spans.map(marked).join('');
const prefixed = (prefix: string, text: string): string =>
  text
    .split('\n')
    .map((one) => `${prefix}${one}`)
    .join('\n');

function paragraph(one: Paragraph): string {
  switch (one.is) {
    case 'text':
      return line(one.spans);
    case 'heading':
      return `### ${line(one.spans).replaceAll('\n', ' ')}`;
    case 'quote':
      return prefixed('> ', line(one.spans));
    case 'code': {
      const fence = one.text.includes('```') ? '~~~~' : '```';
      return `${fence}\n${one.text.replace(/\n$/, '')}\n${fence}`;
    }
    case 'list': {
      const depth = '   '.repeat(one.indent);
      return one.items
        .map(
          (item, at) =>
            `${depth}${one.ordered ? `${one.first + at}.` : '-'} ${line(item).replaceAll('\n', `\n${depth}   `)}`,
        )
        .join('\n');
    }
    case 'rule':
      return '---';
  }
}

/** GitHub-flavoured markdown, in which nothing that was only text becomes mark-up. */
export const toMarkdown = (paragraphs: readonly Paragraph[]): string => joined(paragraphs, paragraph);

const words = (spans: readonly Span[]): string =>
  spans
    .map(({ text, link }) =>
      link === undefined || link === text || link === `mailto:${text}` ? text : `${text} (${link})`,
    )
    .join('');
/** The same words without marks; a link shows where it leads. */
export const toPlain = (paragraphs: readonly Paragraph[]): string =>
  joined(paragraphs, (one) => {
    switch (one.is) {
      case 'text':
      case 'heading':
        return words(one.spans);
      case 'quote':
        return prefixed('> ', words(one.spans));
      case 'code':
        return one.text.replace(/\n$/, '');
      case 'list':
        return one.items
          .map((item, at) => `${'   '.repeat(one.indent)}${one.ordered ? `${one.first + at}.` : '•'} ${words(item)}`)
          .join('\n');
      case 'rule':
        return '';
    }
  });

/** Lists of one another's depth belong together; everything else is set apart by an empty line. */
function joined(paragraphs: readonly Paragraph[], write: (one: Paragraph) => string): string {
  let text = '';
  for (const [at, one] of paragraphs.entries()) {
    if (at > 0) text += one.is === 'list' && paragraphs[at - 1]?.is === 'list' ? '\n' : '\n\n';
    text += write(one);
  }
  return text.trim();
}

/** True where plain text would lose something. */
export const hasMarks = (paragraphs: readonly Paragraph[]): boolean =>
  paragraphs.some(
    (one) =>
      one.is !== 'text' ||
      one.spans.some(({ bold, italic, strike, code, link }) => bold || italic || strike || code || link !== undefined),
  );
