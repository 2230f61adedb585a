import type { Sql } from '../connection/sql.ts';
import { candidates } from './candidates.ts';
import { docOf, docSql } from './doc.ts';
import type { Plan } from './plan.ts';

/** Rows looked at before another query may have its turn: a few milliseconds' work. */
const sliceRows = 2000;
/** When a scan finds one row in so many, the rows' own index is asked, if it has few enough. */
const sparse = 40;
/** Asking the index for one row costs as much as walking over fifteen. */
const mostProbes = 300;
/** Rows of the index alone, without those of the messages, before others have their turn. */
const docsPerSlice = 8000;

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
  while (edge > plan.first) {
    const slice = scan(sql, plan, edge, want - ids.length);
    ids.push(...slice.ids);
    scanned += slice.scanned;
    if (slice.below === null) return { ids, below: null };
    edge = slice.below;
    if (ids.length >= want) return { ids, below: edge };
    yield { ids, below: edge };
    if (scanned > sparse * ids.length) {
      const few = candidates(sql, plan, edge);
      if (few) return yield* among(sql, plan, few, ids, want);
    }
  }
  return { ids, below: null };
}

interface Slice extends Found {
  readonly scanned: number;
}
function scan(sql: Sql, plan: Plan, below: number, want: number): Slice {
  const ids: number[] = [];
  let scanned = 0;
  for (const row of rows(sql, plan, below)) {
    scanned += 1;
    if (row.ok) ids.push(row.id);
    if (ids.length >= want || scanned >= sliceRows) return { ids, below: row.id, scanned };
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

/** The other way round: `few` (newest first) may pass the filter, so the index is asked for them alone. */
function* among(sql: Sql, plan: Plan, few: readonly number[], found: number[], want: number): Sliced<Found> {
  const passes = `SELECT m.id FROM messages m${conversations(plan)} WHERE m.id = ? AND (${plan.filter.sql})`;
  for (const batch of matching(sql, plan.match, few)) {
    for (const id of batch.ids) {
      if (sql.get(passes, id, ...plan.filter.values) === undefined) continue;
      found.push(id);
      if (found.length >= want) return { ids: found, below: id };
    }
    if (batch.below !== null) yield { ids: found, below: batch.below };
  }
  return { ids: found, below: null };
}

/** Those of `ids` (newest first) that the expression finds, in the same order, a slice's work at a time. */
function* matching(sql: Sql, match: string | null, ids: readonly number[]): Generator<Found> {
  if (match === null || ids.length <= mostProbes) {
    const probe = 'SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid = CAST(? AS INTEGER)';
    for (let at = 0; at < ids.length; at += mostProbes) {
      const batch = ids.slice(at, at + mostProbes);
      const both = match === null ? batch : batch.filter((id) => sql.get(probe, match, docOf(id)) !== undefined);
      yield { ids: both, below: ids[at + mostProbes] === undefined ? null : (batch.at(-1) ?? null) };
    }
    return;
  }
  const wanted = new Set(ids);
  const oldest = ids.at(-1) ?? 0;
  for (let edge: number | null = (ids[0] ?? 0) + 1; edge !== null; ) {
    const both: number[] = [];
    let count = 0;
    let last: number | null = null;
    for (const { id } of docs(sql, match, edge, oldest)) {
      if (wanted.has(id)) both.push(id);
      count += 1;
      if (count < docsPerSlice) continue;
      last = id;
      break;
    }
    yield { ids: both, below: last };
    edge = last;
  }
}
const docs = (sql: Sql, match: string, below: number, first: number): Iterable<{ id: number }> =>
  sql.iterate(
    `SELECT ${docSql('rowid')} AS id FROM message_fts
     WHERE message_fts MATCH ? AND rowid > CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER) ORDER BY rowid`,
    match,
    docOf(below),
    docOf(first),
  );

/** Whether the expression finds at least `count` messages anywhere. */
export function atLeast(sql: Sql, match: string, count: number): boolean {
  const row = sql.get<{ n: number }>(
    'SELECT count(*) AS n FROM (SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ?)',
    match,
    count,
  );
  return (row?.n ?? 0) >= count;
}
