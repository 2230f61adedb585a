import type { TextClause, TextField } from '../../../src-shared/search/index.ts';

/** FTS5 query syntax (https://www.sqlite.org/fts5.html, section 3), written from folded words alone: nothing typed reaches it as syntax. */

const columns: Readonly<Record<TextField, string>> = {
  any: '',
  subject: 'subject : ',
  body: 'body : ',
  from: 'author : ',
  to: 'recipients : ',
  filename: 'files : ',
};
/** Words that may stand for the one typed: its corrections, or the words it is the beginning of. */
export type Alternatives = ReadonlyMap<TextClause, readonly string[]>;

export const phrase = (words: readonly string[], prefix = false): string => `"${words.join(' ')}"${prefix ? ' *' : ''}`;

/** One clause as an expression of its own; `alternatives` stand beside or instead of what was typed. */
export function textExpression(clause: TextClause, alternatives?: readonly string[]): string {
  const column = columns[clause.field];
  if (!alternatives) return `${column}${phrase(clause.words, clause.prefix)}`;
  const all = alternatives.map((word) => phrase([word]));
  return all.length === 1 ? `${column}${all[0]}` : `${column}(${all.join(' OR ')})`;
}

/** `all` must hold and none of `not`. `all` must not be empty: FTS5 has no expression for "everything but". */
export function conjunction(all: readonly string[], not: readonly string[]): string {
  const wanted = all.join(' AND ');
  if (not.length === 0) return wanted;
  return `(${wanted}) NOT (${not.join(' OR ')})`;
}
