import type { TextClause } from '../../../src-shared/search/index.ts';
import type { Sql } from '../connection/sql.ts';
import { docOf, docSql } from './doc.ts';
import { type Alternatives, conjunction, phrase, textExpression } from './expression.ts';
import { atLeast } from './stream.ts';

/** Relevance is judged among the newest this many hits: BM25 over all messages with a common word takes a second at a million. */
export const ranked = 1000;
/** BM25 counts every message a word is in, and a word in more than this tells messages apart no longer. */
const telling = 20_000;
/** subject, body, author, recipients, files, tags. */
const weights = '5.0, 1.0, 3.0, 0.5, 2.0, 0.0';
/** Worth of the words in one row, or all in the subject, on the scale of BM25 under the weights above. */
const phraseBonus = 6;
const subjectBonus = 4;

/** The same ids (newest first), the most relevant first; of equals the newer. */
export function byRelevance(
  sql: Sql,
  ids: readonly number[],
  texts: readonly TextClause[],
  alternatives: Alternatives,
): readonly number[] {
  const [newest, oldest] = [ids[0], ids.at(-1)];
  if (newest === undefined || oldest === undefined || texts.length === 0) return ids;
  const scores = new Map(ids.map((id) => [id, 0]));
  const add = (id: number, worth: number): void => {
    const score = scores.get(id);
    if (score !== undefined) scores.set(id, score + worth);
  };
  // Others are walked over, and not weighed.
  const among = JSON.stringify(ids);
  const within = (match: string, column: string) =>
    sql.iterate<{ id: number; score: number }>(
      `SELECT ${docSql('rowid')} AS id, ${column} AS score FROM message_fts
       WHERE message_fts MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)
         AND ${docSql('rowid')} IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
      match,
      docOf(newest),
      docOf(oldest),
      among,
    );

  const expressions = texts.map((clause) => textExpression(clause, alternatives.get(clause)));
  const telltale = expressions.filter((expression) => !atLeast(sql, expression, telling));
  // FTS5's bm25() is the better the smaller, always below zero.
  if (telltale.length > 0)
    for (const { id, score } of within(conjunction(telltale, []), `bm25(message_fts, ${weights})`)) add(id, -score);
  const anywhere = texts.filter(({ field }) => field === 'any');
  const inSubject = anywhere.map((clause) => textExpression({ ...clause, field: 'subject' }, alternatives.get(clause)));
  if (inSubject.length > 0) for (const { id } of within(conjunction(inSubject, []), '0')) add(id, subjectBonus);
  if (anywhere.length > 1) {
    const words = anywhere.flatMap((clause) => alternatives.get(clause)?.slice(0, 1) ?? clause.words);
    for (const { id } of within(phrase(words, anywhere.at(-1)?.prefix), '0')) add(id, phraseBonus);
  }
  return [...ids].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || b - a);
}
