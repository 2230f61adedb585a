import { markEnd, markStart } from '../../../src-shared/ipc/index.ts';
import type { TextClause } from '../../../src-shared/search/index.ts';
import { findAll, type Hit } from './finder.ts';

/**
 * Snippets are cut from the text as it was written: the index keeps no text. The folded words are found in it again
 * whatever its case and diacritics ("zolc" finds "Żółć").
 */

/** Longest snippet, UTF-16 units without marks. */
const longest = 160;

export interface SnippetMaker {
  /** The densest part of the text with its hits marked, or null when none of the words is in it. */
  cut(text: string): string | null;
}
/** The beginning of a text, for a message found by something other than its text. */
export const opening = (text: string): string => clean(head(text, longest));

/** `clauses`: what was searched for, negated ones left out by the caller. */
export function snippetMaker(clauses: readonly TextClause[]): SnippetMaker {
  return {
    cut(text) {
      const composed = text.normalize('NFC');
      const hits = findAll(composed, clauses);
      return hits.length > 0 ? around(composed, hits) : null;
    },
  };
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
    if (hit.start < at || hit.end > end) continue;
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
const untidy = new RegExp(`[${markStart}${markEnd}]|\\s\\s|[^\\S ]`, 'u');
const strange = new RegExp(`[${markStart}${markEnd}]`, 'g');
/** Blanks run together; our marks cannot come from outside. */
function clean(text: string, edges = false): string {
  // Most pieces are a word or a few, as they should be already.
  const joined = untidy.test(text) ? text.replace(strange, '').replaceAll(/\s+/gu, ' ') : text;
  return edges ? joined : joined.trim();
}
