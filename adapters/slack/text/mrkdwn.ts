import { shownEmoji } from './emoji.ts';
import { isSafeLink, type Mentioned, type Names } from './names.ts';
import type { Paragraph, Span } from './rich.ts';

/**
 * Slack's own mark-up, read (https://docs.slack.dev/messaging/formatting-message-text): `*bold*`, `_italic_`, `~struck~`,
 * code, quotes by `>`, and in angle brackets links and references. `&`, `<` and `>` of the text itself are escaped.
 */
export function readMrkdwn(source: string, names: Names): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const pieces = source.split('```');
  for (const [at, piece] of pieces.entries()) {
    // What follows the last, unmatched fence is text that happens to hold three backticks.
    const inFence = at % 2 === 1 && at + 1 < pieces.length;
    if (inFence) paragraphs.push({ is: 'code', text: plainWords(piece.replace(/^\n|\n$/g, ''), names) });
    else paragraphs.push(...readLines(at % 2 === 1 ? `\`\`\`${piece}` : piece, names));
  }
  return paragraphs;
}

function readLines(source: string, names: Names): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let lines: string[] = [];
  let kind: 'text' | 'quote' = 'text';
  const flush = () => {
    const text = lines.join('\n').replace(/^\n+|\n+$/g, '');
    if (text !== '') paragraphs.push({ is: kind, spans: readSpans(text, names) });
    lines = [];
  };
  const all = source.split('\n');
  for (const [at, line] of all.entries()) {
    if (/^(&gt;|>){3}/.test(line)) {
      flush();
      kind = 'quote';
      lines = [line.replace(/^(&gt;|>){3} ?/, ''), ...all.slice(at + 1)];
      break;
    }
    const quoted = /^(&gt;|>) ?/.exec(line);
    const next = quoted ? 'quote' : 'text';
    if (next !== kind) flush();
    kind = next;
    lines.push(quoted ? line.slice(quoted[0].length) : line);
  }
  flush();
  return paragraphs;
}

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

type Marks = Omit<Span, 'text' | 'link'>;
const markOf = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
/**
 * A mark opens after a space or sign and closes before one, on the same line, around what begins and ends with no space.
 * Its length is bounded so that a hostile line of marks stays cheap.
 */
const token =
  /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)((?:(?!\4).){0,1000}?(?!\4)\S)\4(?![\p{L}\p{N}*_~])/gu;

function readSpans(source: string, names: Names, marks: Marks = {}): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of source.matchAll(token)) {
    const [whole, reference, code, emoji, mark, inner = ''] = match;
    spans.push({ text: decoded(source.slice(from, match.index)), ...marks });
    from = match.index + whole.length;
    if (reference !== undefined) spans.push({ ...readReference(reference, names), ...marks });
    else if (code !== undefined) spans.push({ text: decoded(code), ...marks, code: true });
    else if (emoji !== undefined) spans.push({ text: names.standIn(emoji) ?? shownEmoji(emoji), ...marks });
    else if (mark === '*' || mark === '_' || mark === '~')
      spans.push(...readSpans(inner, names, { ...marks, [markOf[mark]]: true }));
  }
  spans.push({ text: decoded(source.slice(from)), ...marks });
  return merged(spans);
}

/** Neighbours that look the same are one. */
export function merged(spans: readonly Span[]): readonly Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    if (span.text === '') continue;
    const last = out.at(-1);
    if (last && looks(last) === looks(span)) out[out.length - 1] = { ...last, text: last.text + span.text };
    else out.push(span);
  }
  return out;
}
const looks = ({ bold, italic, strike, code, link }: Span): string =>
  `${bold ?? false} ${italic ?? false} ${strike ?? false} ${code ?? false} ${link ?? ''}`;

/** What stands between angle brackets: a person, a channel, a group, a date, a link, each perhaps with a label. */
export function readReference(reference: string, names: Names): { readonly text: string; readonly link?: string } {
  const bar = reference.indexOf('|');
  const target = decoded(bar < 0 ? reference : reference.slice(0, bar));
  const label = bar < 0 ? undefined : decoded(reference.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith('@')) return { text: `@${names.user(id) ?? label?.replace(/^@/, '') ?? id}` };
  if (target.startsWith('#')) return { text: `#${(label || undefined)?.replace(/^#/, '') ?? names.channel(id) ?? id}` };
  if (target.startsWith('!')) {
    const [command = '', argument = ''] = id.split('^');
    if (command === 'subteam') return { text: `@${names.group(argument) ?? label?.replace(/^@/, '') ?? argument}` };
    if (command === 'date') return { text: label ?? argument };
    // Old ones carry the bare word as their label: `<!here|here>`.
    return { text: label === undefined || label === command ? `@${command}` : label };
  }
  return isSafeLink(target)
    ? { text: label || target.replace(/^(mailto|tel):/i, ''), link: target }
    : { text: label ?? target };
}

/** Code keeps its signs; references within become what they are called. */
const plainWords = (source: string, names: Names): string =>
  decoded(
    source.replace(/<([^<>\n]+)>/g, (_whole, reference: string) => {
      const { text, link } = readReference(reference, names);
      return (link !== undefined && !reference.includes('|') ? link : text)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;');
    }),
  );

/** Everybody a text refers to in angle brackets. */
export function mentionsIn(source: string): Mentioned {
  const ids = (pattern: RegExp): readonly string[] => [
    ...new Set([...source.matchAll(pattern)].flatMap(([, id]) => (id === undefined ? [] : [id]))),
  ];
  const users = ids(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g);
  const groups = ids(/<!subteam\^([A-Z0-9]+)(?:\|[^<>]*)?>/g);
  return { users, groups, everyone: /<!(here|channel|everyone)(\||>)/.test(source) };
}
