import type { Sql } from '../connection/sql.ts';

/** UTF-16 units indexed in one transaction from which on it merges its share: a page of history, not a message arriving. */
const much = 50_000;
/** So much text becomes a page of the index, which is written again on each of three or four levels. */
const unitsPerPage = 700;
/** Pages merged at a time while nobody waits: some milliseconds. */
const step = 32;

const merge = `INSERT INTO message_fts (message_fts, rank) VALUES ('merge', ?)`;

/**
 * Segments of the index are merged in proportion to what is written, by those who write much, in their own transaction
 * (https://www.sqlite.org/fts5.html, section 6.8). Whoever writes little leaves it to `mergeMore`.
 */
export function mergeShare(sql: Sql, units: number): void {
  if (units >= much) sql.run(merge, Math.ceil(units / unitsPerPage));
}

/** A little of the merging that is due, as a transaction of its own. False when none is. */
export function mergeMore(sql: Sql): boolean {
  const changes = () => sql.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
  const before = changes();
  sql.transaction(() => sql.run(merge, step));
  // One change is the statement itself (the same section).
  return changes() - before > 1;
}
