import type { Sql } from '../connection/sql.ts';
import { type Candidates, candidates, indexByTime } from './candidates.ts';
import { docOf, docSql } from './doc.ts';
import type { Plan } from './plan.ts';

/** Rows looked at before another query may have its turn: a few milliseconds' work. */
const sliceRows = 2000;
/**
 * When a scan finds one row in so many, the rows' own index is asked, if it has few enough: soon where that is read as far
 * as needed, later where it is a list to be made first.
 */
const sparse = { walked: 8, listed: 40 };
/** Where it may come to asking it, so many rows are enough to tell: each lies on a page of its own. */
const firstRows = 64;
/** Asking the index for one row takes as long as walking, within SQLite, over five hundred. */
const mostProbes = 16;
/** Looked at beyond what is wanted, lest one that fails makes another walk of it. */
const spare = 10;
/** Candidates looked at together: few at first, where they often are enough. */
const fewestCandidates = 64;
const mostCandidates = 512;

export interface Found {
  /** Newest first. */
  readonly ids: readonly number[];
  /** Every id below this one is still to be looked at; null when there is none. */
  readonly below: number | null;
}
/** Work in slices: each `yield` is a place to let others in, or to stop with what was found. */
export type Sliced<T> = Generator<T, T>;

/**
 * The newest `want` messages of a plan with an id below `below`. FTS5 walks its lists and stops as soon as
 * enough is found, so a common word costs no more than a rare one.
 */
export function* newest(sql: Sql, plan: Plan, below: number, want: number): Sliced<Found> {
  const ids: number[] = [];
  let edge = Math.min(below, plan.last + 1);
  let scanned = 0;
  const sources = plan.selective.flatMap((filter) => filter.candidates ?? []);
  const rare = sources.some((source) => source in indexByTime) ? sparse.walked : sparse.listed;
  let most = sources.length > 0 ? firstRows : sliceRows;
  while (edge > plan.first) {
    const slice = scan(sql, plan, edge, want - ids.length, most);
    most = Math.min(2 * most, sliceRows);
    ids.push(...slice.ids);
    scanned += slice.scanned;
    if (slice.below === null) return { ids, below: null };
    edge = slice.below;
    if (ids.length >= want) return { ids, below: edge };
    yield { ids, below: edge };
    if (scanned > rare * ids.length) {
      const few = candidates(sql, plan);
      if (few) return yield* among(sql, plan, few, edge, ids, want);
    }
  }
  return { ids, below: null };
}

interface Slice extends Found {
  readonly scanned: number;
}
function scan(sql: Sql, plan: Plan, below: number, want: number, most: number): Slice {
  const ids: number[] = [];
  let scanned = 0;
  for (const row of rows(sql, plan, below)) {
    scanned += 1;
    if (row.ok) ids.push(row.id);
    if (ids.length >= want || scanned >= most) return { ids, below: row.id, scanned };
  }
  return { ids, below: null, scanned };
}

function rows(sql: Sql, plan: Plan, below: number): Iterable<{ id: number; ok: number }> {
  const { match, filter, first } = plan;
  if (match === null)
    return sql.iterate(
      `SELECT m.id AS id, (${filter.sql}) AS ok FROM messages m${conversations(plan)}
       WHERE m.id >= ? AND m.id < ? ORDER BY m.id DESC`,
      ...filter.values,
      first,
      below,
    );
  return sql.iterate(
    `SELECT m.id AS id, (${filter.sql}) AS ok
     FROM message_fts CROSS JOIN messages m ON m.id = ${docSql('message_fts.rowid')}${conversations(plan)}
     WHERE message_fts MATCH ? AND message_fts.rowid > CAST(? AS INTEGER)
       AND message_fts.rowid <= CAST(? AS INTEGER) ORDER BY message_fts.rowid`,
    ...filter.values,
    match,
    docOf(below),
    docOf(first),
  );
}
const conversations = ({ filter }: Plan): string =>
  filter.sql.includes('c.') ? ' CROSS JOIN conversations c ON c.id = m.conversation' : '';

/** The other way round: `few` may pass the filter, so the index is asked for them alone. */
function among(sql: Sql, plan: Plan, few: Candidates, below: number, found: number[], want: number): Sliced<Found> {
  return plan.texts.length > 0
    ? wordsAmong(sql, plan, few, below, found, want)
    : rowsAmong(sql, plan, few, below, found, want);
}

/** Words are on few of them: within SQLite the index is walked past all of them, and the rows of what it finds are looked at. */
function* wordsAmong(
  sql: Sql,
  plan: Plan,
  few: Candidates,
  below: number,
  found: number[],
  want: number,
): Sliced<Found> {
  const within = few.has(docSql('message_fts.rowid'));
  const first = Math.max(plan.first, few.oldest);
  let edge = below;
  // Nearly all of them pass: what is left to fail is being hidden, in spam or in the trash.
  for (let size = want - found.length + spare; ; size *= 4) {
    const batch = sql
      .all<{ id: number }>(
        `SELECT ${docSql('rowid')} AS id FROM message_fts
         WHERE message_fts MATCH ? AND rowid > CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)
           AND ${within.sql} ORDER BY rowid LIMIT ?`,
        plan.match,
        docOf(edge),
        docOf(first),
        ...within.values,
        size,
      )
      .map(({ id }) => id);
    for (const id of passing(sql, plan, batch)) {
      found.push(id);
      if (found.length >= want) return { ids: found, below: id };
    }
    const last = batch.at(-1);
    if (last === undefined || batch.length < size) return { ids: found, below: null };
    edge = last;
    yield { ids: found, below: edge };
  }
}

/** Tags are on many: what the rows can tell comes first. */
function* rowsAmong(
  sql: Sql,
  plan: Plan,
  few: Candidates,
  below: number,
  found: number[],
  want: number,
): Sliced<Found> {
  let edge = below;
  for (let size = fewestCandidates; ; size = Math.min(size * 2, mostCandidates)) {
    const batch = few.next(edge, size);
    for (const id of matching(sql, plan.match, passing(sql, plan, batch))) {
      found.push(id);
      if (found.length >= want) return { ids: found, below: id };
    }
    const last = batch.at(-1);
    if (last === undefined || batch.length < size) return { ids: found, below: null };
    edge = last;
    yield { ids: found, below: edge };
  }
}

/** The newest `want` ids below `below` that the words alone find: rows that nobody may see are among them. */
export const newestByWords = (sql: Sql, { match, first, last }: Plan, below: number, want: number): number[] =>
  sql
    .all<{ id: number }>(
      `SELECT ${docSql('rowid')} AS id FROM message_fts
       WHERE message_fts MATCH ? AND rowid > CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER) ORDER BY rowid LIMIT ?`,
      match,
      docOf(Math.min(below, last + 1)),
      docOf(first),
      want,
    )
    .map(({ id }) => id);

/** Those of `ids` whose rows pass, newest first. */
export const passing = (sql: Sql, plan: Plan, ids: readonly number[]): number[] =>
  sql
    .all<{ id: number }>(
      `SELECT m.id AS id FROM json_each(?) found CROSS JOIN messages m ON m.id = found.value${conversations(plan)}
       WHERE (${plan.filter.sql}) AND (${plan.implied.sql})`,
      JSON.stringify(ids),
      ...plan.filter.values,
      ...plan.implied.values,
    )
    .map(({ id }) => id)
    .sort((a, b) => b - a);

/** Those of `ids` (newest first) that the expression finds, in the same order. */
function matching(sql: Sql, match: string | null, ids: readonly number[]): readonly number[] {
  const [newest, oldest] = [ids[0], ids.at(-1)];
  if (match === null || newest === undefined || oldest === undefined) return ids;
  if (ids.length <= mostProbes) {
    const probe = 'SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid = CAST(? AS INTEGER)';
    return ids.filter((id) => sql.get(probe, match, docOf(id)) !== undefined);
  }
  // Written as a calculation, lest the rows be looked up one by one after all.
  return sql
    .all<{ id: number }>(
      `SELECT ${docSql('rowid')} AS id FROM message_fts
       WHERE message_fts MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)
         AND ${docSql('rowid')} IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
      match,
      docOf(newest),
      docOf(oldest),
      JSON.stringify(ids),
    )
    .map(({ id }) => id);
}

/** Whether the expression finds at least `count` messages anywhere. */
export function atLeast(sql: Sql, match: string, count: number): boolean {
  const row = sql.get<{ n: number }>(
    'SELECT count(*) AS n FROM (SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ?)',
    match,
    count,
  );
  return (row?.n ?? 0) >= count;
}
