import { fold } from '../../../src-shared/text/fold.ts';
import type { Sql } from '../connection/sql.ts';
import { changes } from '../search/spelling.ts';

/** Words of what is typed that count; whoever types more has said enough. */
const mostWords = 6;

/** A condition on a row of `identities`, with what is bound to its parameters from `?1` on. */
export interface Named {
  readonly where: string;
  readonly values: readonly string[];
}

/**
 * Who is called so: every word, in any order, is part of a name, key or address, whatever its marks ("Łukasz" is found by
 * "lukasz"). SQLite compares what is ASCII by itself, at a third of the cost; the rest is folded as search folds. All
 * identities are read: some forty milliseconds of a hundred thousand, and three times that when half of them have marks.
 */
export function named(sql: Sql, text: string): Named {
  const words = wordsOf(text);
  teach(sql);
  return {
    where: words.length === 0 ? 'TRUE' : words.map((_, index) => hasWord(index + 1)).join(' AND '),
    values: words.map((word) => `%${escaped(word)}%`),
  };
}

/**
 * Who may be meant where nobody is called so: a name has each word, or one a slip or two away that begins alike. Undefined
 * where the words are too short to tell. Costs twice what `named` does, and comes on top of that.
 */
export function nearlyNamed(sql: Sql, text: string): Named | undefined {
  const words = wordsOf(text);
  if (!words.some((word) => word.length >= leastForSlips)) return undefined;
  teach(sql);
  return {
    where: words.map((_, index) => nearWord(3 * index + 1)).join(' AND '),
    values: words.flatMap((word) => [`%${escaped(word)}%`, `${escaped(word.slice(0, 1))}%`, word]),
  };
}
const leastForSlips = 4;

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords);
const escaped = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

const hasWord = (parameter: number): string =>
  `(${['name', 'key', 'address'].map((column) => columnHas(column, parameter)).join(' OR ')})`;
/** LIKE knows capitals of ASCII alone; text of which a letter takes more than a byte is folded first. */
const columnHas = (column: string, parameter: number): string =>
  `${column} LIKE ?${parameter} ESCAPE '\\'
   OR (octet_length(${column}) <> length(${column}) AND fold(${column}) LIKE ?${parameter} ESCAPE '\\')`;
/** Only names of which a word begins alike are looked at letter by letter: those SQLite can tell, and what it cannot read. */
const nearWord = (first: number): string =>
  `(${hasWord(first)} OR (
     (name LIKE ?${first + 1} ESCAPE '\\' OR name LIKE '% ' || ?${first + 1} ESCAPE '\\' OR octet_length(name) <> length(name))
     AND nearly(name, ?${first + 2})
   ))`;

const taught = new WeakSet<Sql>();
function teach(sql: Sql): void {
  if (taught.has(sql)) return;
  const options = { deterministic: true, directOnly: true };
  sql.db.function('fold', options, (text: unknown) => fold(String(text)));
  sql.db.function('nearly', options, (name: unknown, word: unknown) => (isNearly(String(name), String(word)) ? 1 : 0));
  taught.add(sql);
}

/** Whether a word of the name, or the beginning of one, is what was typed but for a slip; two in a longer word. */
function isNearly(name: string, typed: string): boolean {
  // An address is typed to be taken by the letter.
  if (typed.length < leastForSlips || !/^\p{L}+$/u.test(typed)) return false;
  const allowed = typed.length < 6 ? 1 : 2;
  return fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .some(
      (word) =>
        word[0] === typed[0] &&
        word.length >= typed.length - allowed &&
        (changes(typed, word.slice(0, typed.length)) <= 1 ||
          changes(typed, word.slice(0, typed.length + 2)) <= allowed),
    );
}
