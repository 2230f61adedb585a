import { markEnd, markStart } from '../../../src-shared/ipc/view.ts';
import { isUnspaced, type TextClause } from '../../../src-shared/search/index.ts';
import { fold } from '../../../src-shared/text/fold.ts';

/**
 * Snippets are cut from the text as it was written: the index keeps no text. A pattern made from the folded words finds
 * them again whatever their case and diacritics ("zolc" finds "Żółć"), in one pass over the original.
 */

/** Longest snippet, UTF-16 units without marks. */
const longest = 160;
/** Hits looked at in one text: the densest place among them is shown. */
const mostHits = 200;

export interface SnippetMaker {
  /** The densest part of the text with its hits marked, or null when none of the words is in it. */
  cut(text: string): string | null;
}
/** The beginning of a text, for a message found by something other than its text. */
export const opening = (text: string): string => clean(head(text, longest));

/** `clauses`: what was searched for, negated ones left out by the caller. */
export function snippetMaker(clauses: readonly TextClause[]): SnippetMaker {
  const sources = clauses.filter(({ words }) => words.length > 0);
  if (sources.length === 0) return { cut: () => null };
  // Most text is ASCII, and a pattern for that alone is several times faster.
  const plain = sources.some(({ words }) => notAscii.test(words.join('')))
    ? undefined
    : pattern(sources, asciiSpelling);
  let any: RegExp | undefined;
  const forAny = (): RegExp => {
    any ??= pattern(sources, anySpelling);
    return any;
  };
  return {
    cut(text) {
      const hits = find(text, plain && !notAscii.test(text) ? plain : forAny());
      return hits.length > 0 ? around(text, hits) : null;
    },
  };
}

const notAscii = /[^\0-\x7f]/;
/** How letters are spelt in a pattern, and where a word begins and ends. */
interface Spelling {
  readonly letters: (folded: string) => string;
  readonly before: string;
  readonly after: string;
  readonly between: string;
  readonly rest: string;
  readonly flags: string;
}
const asciiSpelling: Spelling = {
  letters: (folded) => folded,
  before: '(?<![a-z0-9])',
  after: '(?![a-z0-9])',
  between: '[^a-z0-9]{1,8}',
  rest: '[a-z0-9]*',
  flags: 'gi',
};
const anySpelling: Spelling = {
  letters: (folded) => `${variants().get(folded) ?? folded}\\p{Mn}*`,
  before: '(?<![\\p{L}\\p{N}])',
  after: '(?![\\p{L}\\p{N}\\p{Mn}])',
  between: '[^\\p{L}\\p{N}]{0,8}',
  rest: '[\\p{L}\\p{N}\\p{Mn}]*',
  flags: 'giu',
};

/** One group a clause, so that a hit tells which of them it is of. */
function pattern(clauses: readonly TextClause[], spelling: Spelling): RegExp {
  const groups = clauses.map(({ words, prefix }) => {
    const spelt = words.map((word) => spell(word, spelling)).join(spelling.between);
    const [first, last] = [words[0] ?? '', words.at(-1) ?? ''];
    const before = isUnspaced(first) ? '' : spelling.before;
    const after = prefix ? spelling.rest : isUnspaced(last) ? '' : spelling.after;
    return `${before}(${spelt}${after})`;
  });
  return new RegExp(groups.join('|'), spelling.flags);
}
/** What folds to two letters may stand for both of them. */
const ligatures: Readonly<Record<string, string>> = { ss: 'ß', ae: 'æ', oe: 'œ', th: 'þ', ij: 'ĳ' };
function spell(word: string, { letters, flags }: Spelling): string {
  const pieces = flags.includes('u') ? (word.match(/ss|ae|oe|th|ij|./gsu) ?? []) : [...word];
  return pieces
    .map((piece) => {
      const spelt = [...piece].map(letters).join('');
      const ligature = ligatures[piece];
      return ligature ? `(?:${spelt}|${ligature})` : spelt;
    })
    .join('');
}

let table: ReadonlyMap<string, string> | undefined;
/** By folded letter: a class of everything that folds to it. Made from `fold` itself, so the two cannot part ways. */
function variants(): ReadonlyMap<string, string> {
  if (table) return table;
  const found = new Map<string, string[]>();
  // Latin-1 to Latin Extended-B, Latin Extended Additional, Greek and Cyrillic: where letters with marks live.
  for (const [first, last] of [
    [0xc0, 0x24f],
    [0x1e00, 0x1eff],
    [0x386, 0x3ce],
    [0x400, 0x45f],
  ] as const) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCodePoint(code);
      const folded = fold(letter);
      if (folded.length !== 1 || folded === letter.toLowerCase() || !/\p{L}/u.test(letter)) continue;
      found.set(folded, [...(found.get(folded) ?? [folded]), letter]);
    }
  }
  table = new Map([...found].map(([folded, letters]) => [folded, `[${letters.join('')}]`]));
  return table;
}

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly clause: number;
}
function find(text: string, regex: RegExp): Hit[] {
  const hits: Hit[] = [];
  regex.lastIndex = 0;
  for (let found = regex.exec(text); found && hits.length < mostHits; found = regex.exec(text)) {
    const clause = found.findIndex((group, index) => index > 0 && group !== undefined);
    hits.push({ start: found.index, end: found.index + found[0].length, clause });
  }
  return hits;
}

/** The window with most different words, then with most hits, then the first. */
function around(text: string, hits: readonly Hit[]): string {
  let best = { first: 0, score: -1 };
  for (let first = 0; first < hits.length; first += 1) {
    const seen = new Set<number>();
    let count = 0;
    const from = hits[first]?.start ?? 0;
    for (let i = first; i < hits.length; i += 1) {
      const hit = hits[i];
      if (!hit || hit.end - from > longest - 40) break;
      seen.add(hit.clause);
      count += 1;
    }
    const score = seen.size * 1000 + count;
    if (score > best.score) best = { first, score };
  }
  const from = hits[best.first]?.start ?? 0;
  const start = wordStart(text, Math.max(0, from - 40), from);
  const end = start + head(text.slice(start), longest).length;
  let out = start > 0 ? '…' : '';
  let at = start;
  for (const hit of hits) {
    if (hit.start < start || hit.end > end) continue;
    out += `${clean(text.slice(at, hit.start), true)}${markStart}${clean(text.slice(hit.start, hit.end))}${markEnd}`;
    at = hit.end;
  }
  return (out + clean(text.slice(at, end), true)).trim() + (end < text.length ? '…' : '');
}

/** The next place after a blank, so that no word is cut; `from` itself when there is none before `limit`. */
function wordStart(text: string, from: number, limit: number): number {
  if (from === 0) return 0;
  const blank = text.slice(from, limit).search(/\s/u);
  return blank < 0 ? from : from + blank + 1;
}
/** At most `length` units of the text, ending where a word does. */
function head(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const blank = cut.search(/\s\S*$/u);
  return blank > length / 2 ? cut.slice(0, blank) : cut;
}
const strange = new RegExp(`[${markStart}${markEnd}]`, 'g');
/** Blanks run together; our marks cannot come from outside. */
function clean(text: string, edges = false): string {
  const joined = text.replace(strange, '').replaceAll(/\s+/gu, ' ');
  return edges ? joined : joined.trim();
}
