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
 * OR FAIL spares SQLite the copies it keeps to undo half a statement: whatever fails here, the whole transaction is
 * undone (https://www.sqlite.org/lang_conflict.html).
 */
export function insertion(table: string, columns: readonly string[]): Insertion {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const head = `INSERT OR FAIL INTO ${table} (${columns.join(', ')}) VALUES`;
  const rows = Array.from({ length: together }, () => row).join(', ');
  return { table, columns: columns.length, one: `${head} ${row}`, many: `${head} ${rows}` };
}
