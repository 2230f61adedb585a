import { fold } from '../../../src-shared/text/fold.ts';
import type { Sql } from '../connection/sql.ts';

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
  teachFold(sql);
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords);
  return {
    where: words.length === 0 ? 'TRUE' : words.map((_, index) => hasWord(index + 1)).join(' AND '),
    values: words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
  };
}

const hasWord = (parameter: number): string =>
  `(${['name', 'key', 'address'].map((column) => columnHas(column, parameter)).join(' OR ')})`;
/** LIKE knows capitals of ASCII alone; text of which a letter takes more than a byte is folded first. */
const columnHas = (column: string, parameter: number): string =>
  `${column} LIKE ?${parameter} ESCAPE '\\'
   OR (octet_length(${column}) <> length(${column}) AND fold(${column}) LIKE ?${parameter} ESCAPE '\\')`;

const taught = new WeakSet<Sql>();
function teachFold(sql: Sql): void {
  if (taught.has(sql)) return;
  sql.db.function('fold', { deterministic: true, directOnly: true }, (text: unknown) => fold(String(text)));
  taught.add(sql);
}
