/** Where rows go that may be written many at a time (Sql.later). */
export interface Insertion {
  readonly table: string;
  readonly columns: number;
  /** Writes one row, `together` rows. */
  readonly one: string;
  readonly many: string;
}

/** A call into SQLite costs as much as two small rows; more rows a call win next to nothing. */
export const together = 24;

/**
 * `always`: columns that have the same value in every row, as SQL. To hand over a value takes as long as to write it.
 *
 * OR FAIL spares SQLite the copies it keeps to undo half a statement: whatever fails here, the whole transaction is
 * undone (https://www.sqlite.org/lang_conflict.html).
 */
export function insertion(
  table: string,
  columns: readonly string[],
  always: Readonly<Record<string, string>> = {},
): Insertion {
  const row = `(${[...columns.map(() => '?'), ...Object.values(always)].join(', ')})`;
  const head = `INSERT OR FAIL INTO ${table} (${[...columns, ...Object.keys(always)].join(', ')}) VALUES`;
  const rows = Array.from({ length: together }, () => row).join(', ');
  return { table, columns: columns.length, one: `${head} ${row}`, many: `${head} ${rows}` };
}
