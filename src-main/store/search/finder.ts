import { isUnspaced, type TextClause } from '../../../src-shared/search/index.ts';
import { fold } from '../../../src-shared/text/fold.ts';

/** Where in a text a clause stands. `end` is exclusive, both in UTF-16 units. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  /** Which of the clauses. */
  readonly clause: number;
}
/** More are not looked for in one text. */
const mostHits = 200;

/**
 * Finds folded words in text as it was written. The text is folded letter for letter, so that places in both are the
 * same, and then searched with `indexOf`: fifty mails take a millisecond, where a pattern tolerant of marks takes twenty.
 * Letters that fold to two (ß, æ) keep their place and are spelt out in the word instead.
 *
 * `text` must be in Unicode's composed form (NFC).
 */
export function findAll(text: string, clauses: readonly TextClause[]): Hit[] {
  const folded = foldInPlace(text);
  const hits = clauses.flatMap((clause, index) => findClause(folded, clause, index));
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}

function findClause(text: string, { words, prefix }: TextClause, clause: number): Hit[] {
  const hits: Hit[] = [];
  const [first] = words;
  if (!first) return hits;
  for (const spelling of spellings(first, text)) {
    let at = text.indexOf(spelling);
    while (at >= 0 && hits.length < mostHits) {
      const end = endOf(text, at, spelling, words, prefix);
      if (end !== null) hits.push({ start: at, end, clause });
      at = text.indexOf(spelling, end ?? at + 1);
    }
  }
  return hits;
}

/** Where the words that begin at `at` end; null when they are not whole words there or others follow. */
function endOf(text: string, at: number, first: string, words: readonly string[], prefix: boolean): number | null {
  if (isWordUnit(text, at - 1) && !isUnspaced(first)) return null;
  let end = at + first.length;
  for (const [i, word] of words.entries()) {
    if (i > 0) {
      const next = afterGap(text, end);
      const spelling = spellings(word, text).find((one) => text.startsWith(one, next));
      if (spelling === undefined || (next === end && !isUnspaced(word))) return null;
      end = next + spelling.length;
    }
    const last = i === words.length - 1;
    if (last && prefix) while (isWordUnit(text, end)) end += 1;
    if (!isUnspaced(word) && isWordUnit(text, end)) return null;
  }
  return end;
}

/** Words of a phrase may have so much between them: a line break with quote marks, a bracket. */
const widestGap = 12;
function afterGap(text: string, from: number): number {
  let at = from;
  while (at < text.length && at - from < widestGap && !isWordUnit(text, at)) at += 1;
  return at;
}

const beyondAscii = /[\p{L}\p{N}\p{M}]/u;
function isWordUnit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  if (Number.isNaN(code)) return false;
  // Halves of a pair: letters of rare scripts are far rarer there than pictures, which are no words.
  if (code >= 0xd800 && code <= 0xdfff) return false;
  return beyondAscii.test(text.charAt(at));
}

const pairs = /ss|ae|oe|th|ij/gu;
const ligatures: Readonly<Record<string, string>> = { ss: 'ß', ae: 'æ', oe: 'œ', th: 'þ', ij: 'ĳ' };
const anyLigature = /[ßæœþĳ]/u;
/** The word, and with its pairs of letters as one where the text has such letters. */
function spellings(word: string, text: string): readonly string[] {
  if (!anyLigature.test(text)) return [word];
  const joined = word.replace(pairs, (pair) => ligatures[pair] ?? pair);
  return joined === word ? [word] : [word, joined];
}

const notAscii = /[^\0-\x7f]/;
/** Where letters with marks live: one range is looked through several times as fast as a class of a thousand letters. */
const mayBeMarked = /[\u00c0-\u1fff]/g;
/** Lower case and without marks, unit for unit. */
function foldInPlace(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  const letters = marked();
  const lower = text.replace(mayBeMarked, (letter) => letters.get(letter) ?? letter).toLowerCase();
  // Only what no letter of ours folds to could change its length in lower case; then places would not agree.
  return lower.length === text.length ? lower : text;
}

let table: ReadonlyMap<string, string> | undefined;
/** Every letter that folds to one other. Made from `fold` itself, so the two cannot part ways. */
function marked(): ReadonlyMap<string, string> {
  if (table) return table;
  const letters = new Map<string, string>();
  // Latin-1 to Latin Extended-B, Latin Extended Additional, Greek and Cyrillic.
  for (const [first, last] of [
    [0xc0, 0x24f],
    [0x386, 0x3ce],
    [0x400, 0x4ff],
    [0x1e00, 0x1fff],
  ] as const) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCharCode(code);
      const folded = fold(letter);
      if (folded.length === 1 && folded !== letter.toLowerCase()) letters.set(letter, folded);
    }
  }
  table = letters;
  return table;
}
