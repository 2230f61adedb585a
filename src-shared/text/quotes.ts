import { attributionLines, isForwardMark, isOriginalMark, isSentFrom, outlookHeaderLines } from './quote-marks.ts';

/** A stretch of a plain-text message; offsets in UTF-16 code units, line ends included. */
export interface Segment {
  readonly kind: 'visible' | 'quoted' | 'signature';
  readonly start: number;
  readonly end: number;
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A quoted block in the middle of an answer stays in sight while it is no longer than this many lines. */
const shortQuote = 12;
const longestSignature = 30;

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed + 1;
    lines.push({ text: head(text.slice(start, feed < 0 ? end : feed).trimEnd()), start, end });
    start = end;
  }
  return lines;
}
/** No mark is longer than this; longer lines are looked at by their beginning. */
const longestMark = 400;
const head = (line: string): string =>
  line.length <= longestMark ? line : line.slice(0, 3) + line.slice(3).trimStart().slice(0, longestMark);
const isBlank = (line: Line | undefined): boolean => line === undefined || line.text.trim() === '';
const isMarked = (line: Line | undefined): boolean =>
  line !== undefined && /^ {0,3}[>|]/.test(line.text) && !/^\|.*\|$/.test(line.text);

/** Lines [from, to) and what they are. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly kind: 'quoted' | 'signature';
}

/** Runs of ">" lines, blank lines between them included, with the line that says who wrote them. */
function markedBlocks(lines: readonly Line[], end: number): Block[] {
  const blocks: Block[] = [];
  const texts = lines.map(({ text }) => text);
  for (let at = 0; at < end; at++) {
    if (!isMarked(lines[at])) continue;
    let to = at + 1;
    for (let next = to; next < end && (isMarked(lines[next]) || isBlank(lines[next])); next++)
      if (isMarked(lines[next])) to = next + 1;
    const from = at - attributionLines(texts, at);
    blocks.push({ from, to, kind: 'quoted' });
    at = to - 1;
  }
  return blocks;
}

/** Where an unmarked copy of the former message begins (Outlook, Yahoo, telephones); it goes to the end. */
function unmarkedQuote(lines: readonly Line[], end: number): number | undefined {
  const texts = lines.slice(0, end).map(({ text }) => text);
  const lastMarked = texts.findLastIndex((line) => /^ {0,3}>/.test(line));
  for (let at = 0; at < end; at++) {
    const text = texts[at] ?? '';
    if (isForwardMark(text)) return undefined;
    if (isOriginalMark(text) || outlookHeaderLines(texts, at) >= 3) {
      const ruled = /^[ *]*[_-]{5,}[ *]*$/.test(lastText(texts, at) ?? '');
      return ruled ? texts.slice(0, at).findLastIndex((line) => line.trim() !== '') : at;
    }
    // "... wrote:" with no ">" after it anywhere: the rest is theirs.
    const above = isBlank(lines[at]) ? 0 : attributionLines(texts, at);
    if (above > 0 && !isMarked(lines[at]) && lastMarked < at) return at - above;
  }
  return undefined;
}
const lastText = (texts: readonly string[], before: number): string | undefined =>
  texts.slice(Math.max(0, before - 3), before).findLast((line) => line.trim() !== '');

/** Where the signature begins: after "-- " (RFC 3676 section 4.3), a list's footer, or "Sent from my ..." as the last words. */
function signatureStart(lines: readonly Line[], end: number): number | undefined {
  let last = end - 1;
  while (last >= 0 && isBlank(lines[last])) last--;
  for (let at = last; at >= 0 && at > last - longestSignature; at--) {
    const text = lines[at]?.text ?? '';
    if (isMarked(lines[at])) break;
    if (text === '--' || text === '-- ' || (/^_{30,}$/.test(text) && last - at <= 8)) return firstSignature(lines, at);
  }
  for (let at = last; at >= Math.max(0, last - 3); at--) {
    const before = lines[at - 1];
    if (
      isSentFrom(lines[at]?.text ?? '') &&
      (isBlank(before) || before?.text === '--') &&
      at > 0 &&
      allBlank(lines, at + 1, end)
    )
      return at;
  }
  return undefined;
}
/** A signature may stand above a list's footer: both are folded. */
function firstSignature(lines: readonly Line[], at: number): number {
  for (let above = at - 1; above >= 0 && above > at - longestSignature; above--) {
    if (isMarked(lines[above])) break;
    if (lines[above]?.text === '--') return above;
  }
  return at;
}
function allBlank(lines: readonly Line[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlank(lines[at])) return false;
  return true;
}

/**
 * Divides plain text of a mail into what its writer wrote, what is quoted and the signature. Segments follow each
 * other without gaps and cover the whole text. A message of nothing but quotation, and what is forwarded, stays visible.
 * Linear in the length of the text.
 */
export function splitQuotes(text: string): Segment[] {
  const lines = linesOf(text);
  const unmarked = unmarkedQuote(lines, lines.length);
  const end = unmarked ?? lines.length;
  const marked = markedBlocks(lines, end);
  const tail = marked.at(-1);
  const trailing = tail !== undefined && allBlank(lines, tail.to, end) ? tail.from : end;
  // A signature stands at the end of the words, above a quotation or below it.
  const signature = signatureStart(lines, end) ?? signatureStart(lines, trailing);
  const signed =
    signature === undefined
      ? undefined
      : { from: signature, to: marked.find(({ from }) => from > signature)?.from ?? end, kind: 'signature' as const };
  const body = signed && signed.to === end ? signed.from : end;
  const quotes = marked.filter(
    (block) =>
      block.to - block.from > shortQuote ||
      allBlank(lines, block.to, body) ||
      (signed !== undefined && block.from >= signed.to),
  );
  const blocks: Block[] = [
    ...quotes.filter((block) => !signed || block.to <= signed.from || block.from >= signed.to),
    ...(signed ? [signed] : []),
  ];
  if (unmarked !== undefined) blocks.push({ from: unmarked, to: lines.length, kind: 'quoted' });
  blocks.sort((a, b) => a.from - b.from);
  const segments = cover(text, lines, blocks);
  const seen = segments.some(
    ({ kind, start, end: stop }) => kind === 'visible' && text.slice(start, stop).trim() !== '',
  );
  return seen ? withoutGaps(text, segments) : [{ kind: 'visible', start: 0, end: text.length }];
}

function cover(text: string, lines: readonly Line[], blocks: readonly Block[]): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { from, to, kind } of blocks) {
    const start = lines[from]?.start ?? text.length;
    const end = lines[to - 1]?.end ?? text.length;
    if (end <= at) continue;
    if (start > at) segments.push({ kind: 'visible', start: at, end: start });
    segments.push({ kind, start: Math.max(at, start), end });
    at = end;
  }
  if (at < text.length || segments.length === 0) segments.push({ kind: 'visible', start: at, end: text.length });
  return segments;
}

/** Blank lines after something folded are folded with it. */
function withoutGaps(text: string, segments: readonly Segment[]): Segment[] {
  const out: Segment[] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    const blank = segment.kind === 'visible' && text.slice(segment.start, segment.end).trim() === '';
    if (last && blank && last.kind !== 'visible') out[out.length - 1] = { ...last, end: segment.end };
    else out.push(segment);
  }
  return out;
}

/** The writer's own words alone: for previews, snippets and notifications. */
export const visibleText = (text: string): string =>
  splitQuotes(text)
    .filter(({ kind }) => kind === 'visible')
    .map(({ start, end }) => text.slice(start, end))
    .join('')
    .trim();
