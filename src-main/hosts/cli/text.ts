/**
 * Text of messages on a terminal. A message must not be able to move the cursor, retitle the window or turn the line
 * around: control characters (Unicode Cc, with ESC) and bidirectional overrides are taken out.
 */
const controls = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/gu;

/** On one line. */
export const oneLine = (text: string): string =>
  text.replace(escapes, '').replace(/\s+/gu, ' ').replace(controls, '').trim();
/** Line ends and tabs kept. */
export const manyLines = (text: string): string =>
  text
    .replace(escapes, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) =>
      line
        .split('\t')
        .map((piece) => piece.replace(controls, ''))
        .join('\t'),
    )
    .join('\n');

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide = /^[\p{Emoji_Presentation}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\uff01-\uff60]/u;
const widthOf = (grapheme: string): number => (wide.test(grapheme) ? 2 : /^\p{M}$/u.test(grapheme) ? 0 : 1);

/** Columns a text takes on a terminal. */
export const width = (text: string): number => {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += widthOf(segment);
  return columns;
};
/** Cut to at most `columns`, with an ellipsis where something is missing. */
export const shorten = (text: string, columns: number): string => {
  if (width(text) <= columns) return text;
  let out = '';
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    taken += widthOf(segment);
    if (taken > columns - 1) break;
    out += segment;
  }
  return `${out}…`;
};
