import type { Sql } from '../connection/sql.ts';
import { candidates } from './candidates.ts';
import { docOf, docSql } from './doc.ts';
import type { Plan } from './plan.ts';

/** Rows looked at before another query may have its turn: a few milliseconds' work. */
const sliceRows = 2000;
/** When a scan finds one row in so many, the rows' own index is asked, if it has few enough. */
const sparse = 40;
const probesPerSlice = 200;

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
      if (few) return yield* probe(sql, plan, few, ids, want);
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

/** The other way round: few rows pass the filter, so each is looked up in the index. */
function* probe(sql: Sql, plan: Plan, few: readonly number[], found: number[], want: number): Sliced<Found> {
  const passes = `SELECT m.id FROM messages m${conversations(plan)} WHERE m.id = ? AND (${plan.filter.sql})`;
  const matches = 'SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid = CAST(? AS INTEGER)';
  for (const [count, id] of few.entries()) {
    if (id < plan.first) break;
    if (count % probesPerSlice === probesPerSlice - 1) yield { ids: found, below: id + 1 };
    if (sql.get(passes, id, ...plan.filter.values) === undefined) continue;
    if (plan.match !== null && sql.get(matches, plan.match, docOf(id)) === undefined) continue;
    found.push(id);
    if (found.length >= want) return { ids: found, below: id };
  }
  return { ids: found, below: null };
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
