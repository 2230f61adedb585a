import type { TextClause, TextField } from '../../../src-shared/search/index.ts';
import { tag } from './tags.ts';

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

/** One part of what is asked of the index, and how many messages it finds by itself, roughly. */
export interface Wanted {
  readonly expression: string;
  readonly docs: number;
}
/** A list so long is not read beside others, but leapt through for what they find together. */
const long = 20_000;

/**
 * All of them at once, the rarest first. FTS5 goes on in every list of an AND at each step, and takes a nested AND as
 * part of the one around it: three words, one of them common, would have the common one's list read from end to end.
 * NOT keeps the rare ones to themselves, so that the long list is asked only for what those have in common.
 */
export function together(wanted: readonly Wanted[]): string[] {
  const sorted = wanted.toSorted((a, b) => a.docs - b.docs);
  const short = sorted.filter(({ docs }) => docs < long).map(({ expression }) => expression);
  const rest = sorted.slice(short.length).map(({ expression }) => expression);
  if (short.length < 2 || rest.length === 0) return [...short, ...rest];
  return [`((${short.join(' AND ')}) NOT ${phrase([tag.none])})`, ...rest];
}

/** `all` must hold and none of `not`. `all` must not be empty: FTS5 has no expression for "everything but". */
export function conjunction(all: readonly string[], not: readonly string[]): string {
  const wanted = all.join(' AND ');
  if (not.length === 0) return wanted;
  return `(${wanted}) NOT (${not.join(' OR ')})`;
}
