import { asUserKey, type Mention, type PartOf } from '../../../src-shared/model/index.ts';
import { blobRef } from '../ids.ts';
import { intOf, longOf, type Plain, textOf } from '../remote/plain.ts';

/** Formatted text (core.telegram.org/api/entities): runs given by offset and length in UTF-16 units, as JavaScript counts. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly open: string;
  readonly close: string;
}
const marks: Readonly<Record<string, string>> = {
  MessageEntityBold: '**',
  MessageEntityItalic: '*',
  MessageEntityStrike: '~~',
  MessageEntityCode: '`',
};

/** As a text part: plain where nothing is formatted, markdown with the same words beside it where something is. */
export function toText(text: string, entities: readonly Plain[]): PartOf<'text'> {
  const runs = entities.flatMap((entity) => runOf(entity, text));
  const emoji = picturesIn(text, entities);
  if (emoji.length > 0) return { kind: 'text', format: 'markdown', text: written(text, runs), plain: text, emoji };
  if (runs.length === 0) return { kind: 'text', format: 'plain', text };
  return { kind: 'text', format: 'markdown', text: written(text, runs), plain: text };
}
/** More different ones than anybody writes in one text. */
const mostEmoji = 100;
/**
 * Emoji that are pictures stand in the text as a sign that is near to them (core.telegram.org/api/custom-emoji). A sign that
 * stands for two pictures, or also for itself, is left a sign.
 */
function picturesIn(text: string, entities: readonly Plain[]): NonNullable<PartOf<'text'>['emoji']> {
  const meant = new Map<string, { readonly document: string; times: number; readonly several: boolean }>();
  for (const entity of entities) {
    const document = entity._ === 'MessageEntityCustomEmoji' ? longOf(entity, 'documentId') : undefined;
    const offset = intOf(entity, 'offset') ?? -1;
    const sign = offset < 0 ? '' : text.slice(offset, offset + (intOf(entity, 'length') ?? 0));
    if (document === undefined || !/^\d+$/.test(document) || sign.trim() === '' || sign.length > 64) continue;
    const before = meant.get(sign);
    const several = before !== undefined && (before.several || before.document !== document);
    meant.set(sign, { document, times: (before?.times ?? 0) + 1, several });
  }
  return [...meant]
    .filter(([sign, { several, times }]) => !several && text.split(sign).length === times + 1)
    .slice(0, mostEmoji)
    .map(([sign, { document }]) => ({
      text: sign,
      media: { ref: blobRef('emoji', document), mime: 'image/webp', inline: true },
    }));
}
function runOf(entity: Plain, text: string): Run | readonly [] {
  const offset = intOf(entity, 'offset') ?? -1;
  const length = intOf(entity, 'length') ?? 0;
  if (offset < 0 || length <= 0 || offset + length > text.length) return [];
  const words = text.slice(offset, offset + length);
  // Marks beside blanks mean nothing in markdown, so they go to the words.
  const from = offset + words.length - words.trimStart().length;
  const to = from + words.trim().length;
  if (to <= from) return [];
  const mark = marks[entity._];
  if (mark !== undefined) return { from, to, open: mark, close: mark };
  if (entity._ === 'MessageEntityPre')
    return { from, to, open: `\n\`\`\`${textOf(entity, 'language') ?? ''}\n`, close: '\n```\n' };
  const url = entity._ === 'MessageEntityTextUrl' ? textOf(entity, 'url') : undefined;
  if (url !== undefined && URL.canParse(url))
    return { from, to, open: '[', close: `](<${url.replace(/[<>\s]/g, (sign) => encodeURIComponent(sign))}>)` };
  if (entity._ === 'MessageEntityBlockquote') return { from, to, open: '\n> ', close: '\n\n' };
  return [];
}
/** Runs may lie within one another but never across: what would cross is left unmarked. */
function written(text: string, runs: readonly Run[]): string {
  const nested: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const crosses = nested.some((other) => other.from < run.from && run.from < other.to && run.to > other.to);
    if (!crosses) nested.push(run);
  }
  const verbatim = (at: number) => nested.some(({ from, to, open }) => open.includes('`') && from <= at && at < to);
  const quoted = (at: number) => nested.some(({ from, to, open }) => open.includes('>') && from <= at && at < to);
  let out = '';
  for (let at = 0; at <= text.length; at++) {
    for (const { from, to, close } of nested.toReversed()) if (to === at && from < at) out += close;
    for (const { from, open } of nested) if (from === at) out += open;
    const sign = text[at] ?? '';
    if (verbatim(at)) out += sign;
    else if (sign === '\n' && quoted(at)) out += '\n> ';
    else out += escaped(sign, text[at - 1]);
  }
  return out.trim();
}
const escaped = (sign: string, before: string | undefined): string => {
  if (/[\\`*_~[\]<]/.test(sign)) return `\\${sign}`;
  return /[#>+-]/.test(sign) && (before === undefined || before === '\n') ? `\\${sign}` : sign;
};

/** People named in the text whose key is known; those named by username alone are not. */
export function mentionsOf(text: string, entities: readonly Plain[], me: string): readonly Mention[] {
  return entities.flatMap((entity) => {
    const user = entity._ === 'MessageEntityMentionName' ? longOf(entity, 'userId') : undefined;
    if (user === undefined) return [];
    const offset = intOf(entity, 'offset') ?? 0;
    const name = text.slice(offset, offset + (intOf(entity, 'length') ?? 0));
    const key = asUserKey(`u${user}`);
    return [{ key, ...(name === '' ? {} : { name }), ...(user === me ? { me: true } : {}) }];
  });
}
