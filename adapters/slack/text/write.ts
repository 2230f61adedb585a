import { Marked } from 'marked';

/** Somebody a text mentions: the name as it stands in the text after an @, and who that is; `!channel` and `!here` are many. */
export interface Mention {
  readonly name: string;
  readonly id: string;
}

/** `&`, `<` and `>` are Slack's own and escaped in text (https://docs.slack.dev/messaging/formatting-message-text). */
const encoded = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A text by its pieces: what is only text, and whom it means; the longest name first. */
export function piecesOf(text: string, mentions: readonly Mention[]): readonly (string | Mention)[] {
  const names = mentions.filter(({ name }) => name !== '').toSorted((a, b) => b.name.length - a.name.length);
  if (names.length === 0) return [text];
  const any = names.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pieces: (string | Mention)[] = [];
  let from = 0;
  for (const match of text.matchAll(new RegExp(`@(${any})(?![\\p{L}\\p{N}])`, 'gu'))) {
    const who = names.find(({ name }) => name === match[1]);
    if (!who) continue;
    pieces.push(text.slice(from, match.index), who);
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)].filter((piece) => piece !== '');
}
/** Plain text as Slack takes it: signs escaped, mentions made references. */
export const plainToMrkdwn = (text: string, mentions: readonly Mention[]): string =>
  piecesOf(text, mentions)
    .map((piece) =>
      typeof piece === 'string' ? encoded(piece) : `<${piece.id.startsWith('!') ? '' : '@'}${piece.id}>`,
    )
    .join('');

const prefixed = (first: string, rest: string, text: string): string =>
  text
    .split('\n')
    .map((line, at) => `${at === 0 ? first : rest}${line}`)
    .join('\n');

/** Markdown as Slack's own mark-up. What that has no sign for (headings, tables, pictures) becomes readable text. */
export function markdownToMrkdwn(text: string, mentions: readonly Mention[]): string {
  const marked = new Marked({ gfm: true, breaks: true, async: false });
  marked.use({
    renderer: {
      space: () => '',
      paragraph({ tokens }) {
        return `${this.parser.parseInline(tokens)}\n\n`;
      },
      heading({ tokens }) {
        return `*${this.parser.parseInline(tokens)}*\n\n`;
      },
      blockquote({ tokens }) {
        return `${prefixed('> ', '> ', this.parser.parse(tokens).trim())}\n\n`;
      },
      code: ({ text: code }) => `\`\`\`\n${encoded(code)}\n\`\`\`\n\n`,
      hr: () => '———\n\n',
      list({ items, ordered, start }) {
        const lines = items.map((item, at) => {
          const sign = ordered ? `${(start === '' ? 1 : start) + at}. ` : '• ';
          return prefixed(sign, '    ', this.parser.parse(item.tokens).trim().replaceAll('\n\n', '\n'));
        });
        // Within an item it begins a line of its own; elsewhere the empty line before it swallows this one.
        return `\n${lines.join('\n')}\n\n`;
      },
      checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
      table({ header, rows }) {
        const line = (cells: typeof header): string =>
          cells.map(({ tokens }) => this.parser.parseInline(tokens)).join(' | ');
        return `${[header, ...rows].map(line).join('\n')}\n\n`;
      },
      html: ({ text: tag }) => plainToMrkdwn(tag, mentions),
      strong({ tokens }) {
        return `*${this.parser.parseInline(tokens)}*`;
      },
      em({ tokens }) {
        return `_${this.parser.parseInline(tokens)}_`;
      },
      del({ tokens }) {
        return `~${this.parser.parseInline(tokens)}~`;
      },
      codespan: ({ text: code }) => `\`${encoded(code)}\``,
      br: () => '\n',
      link({ href, tokens }) {
        const label = this.parser.parseInline(tokens);
        return label === encoded(href) ? `<${encoded(href)}>` : `<${encoded(href)}|${label.replace(/[<>|]/g, ' ')}>`;
      },
      image: ({ href, text: described }) => `<${encoded(href)}|${encoded(described || href)}>`,
      text(token) {
        if ('tokens' in token && token.tokens) return this.parser.parseInline(token.tokens);
        return plainToMrkdwn(token.text, mentions);
      },
    },
  });
  return marked
    .parse(text, { async: false })
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
