import type { TextClause } from '../../../src-shared/search/index.ts';
import type { Sql } from '../connection/sql.ts';
import { phrase, textExpression } from './expression.ts';
import { atLeast } from './stream.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Words an unfinished one is completed to, at most; beyond it the rarer ones wait for another letter. */
const mostCompletions = 40;
/** FTS5 merges every list of a prefix before it answers: left to it only while they are short. */
const shortLists = 20_000;
/** Without a vocabulary to ask, prefixes shorter than this are taken as whole words. */
const leastNative = 4;
/** A word in fewer messages than this may be a mistake. */
const known = 3;
const mostCorrections = 3;

/** Words to search instead of an unfinished one; undefined when FTS5 may complete it. */
export function completions(clause: TextClause, vocabulary: Vocabulary): readonly string[] | undefined {
  const [word] = clause.words;
  if (!clause.prefix || clause.words.length !== 1 || word === undefined) return undefined;
  if (!vocabulary.ready) return word.length < leastNative ? [word] : undefined;
  const { words, total } = vocabulary.beginningWith(word, mostCompletions);
  return total <= shortLists && word.length > 1 ? undefined : [...new Set([word, ...words])];
}

/** Whether it is worth looking for what was meant: a single word of letters, not quoted, that hardly any message has. */
export function isDoubtful(sql: Sql, clause: TextClause, vocabulary: Vocabulary): boolean {
  const [word] = clause.words;
  if (clause.exact || clause.words.length !== 1 || word === undefined || !/^\p{L}{4,24}$/u.test(word)) return false;
  if (vocabulary.count(word) > 0 || (clause.prefix && vocabulary.beginningWith(word, 1).total > 0)) return false;
  // Words newer than the vocabulary are in the index alone.
  return !atLeast(sql, textExpression(clause), clause.prefix ? 1 : known);
}

/** What was probably meant, the likeliest first: fewest changes, then the same first letter, then the more frequent. */
export function corrections(sql: Sql, word: string, vocabulary: Vocabulary): readonly string[] {
  const allowed = word.length < 6 ? 1 : 2;
  // In a short word two swapped letters are tried by themselves: every word two letters away would be a great many.
  const swaps = allowed > 1 ? [] : swapped(word).filter((one) => vocabulary.count(one) > 0);
  const ranked = [...new Set([...vocabulary.near(word, allowed), ...swaps])]
    .filter((candidate) => candidate !== word)
    .map((candidate) => ({ candidate, changes: changes(word, candidate), first: candidate[0] === word[0] ? 0 : 1 }))
    .filter((one) => one.changes <= allowed)
    .sort(
      (a, b) =>
        a.changes - b.changes || a.first - b.first || vocabulary.count(b.candidate) - vocabulary.count(a.candidate),
    );
  const [best] = ranked;
  return ranked
    .filter((one) => one.changes === best?.changes && one.first === best.first)
    .slice(0, mostCorrections)
    .map(({ candidate }) => candidate)
    .filter((candidate) => atLeast(sql, phrase([candidate]), 1));
}

const swapped = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, i) => `${word.slice(0, i)}${word[i + 1]}${word[i]}${word.slice(i + 2)}`);

/**
 * Letters inserted, left out, replaced or swapped with their neighbour (optimal string alignment): swapping two is one
 * slip of the fingers, which plain Levenshtein distance counts as two.
 */
export function changes(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
