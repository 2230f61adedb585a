/** Message ids lie below this (see the first migration). */
const end = 2 ** 52;

/**
 * The row of `message_fts` for a message, and back: ids counted from the end of time. Newest first is then ascending,
 * the direction in which FTS5 can leap over what it need not read (`fts5SegIterNextFrom` jumps pages forward only): at
 * a million messages the newest 50 before some date with a common word take 0.2 ms this way and 4.4 ms the other.
 *
 * better-sqlite3 binds numbers beyond 32 bits as REAL, and FTS5 silently ignores a REAL in a condition on its rowid:
 * every such parameter is written `CAST(? AS INTEGER)`.
 */
export const docOf = (message: number): number => end - message;
/** The same in SQL, either way. */
export const docSql = (column: string): string => `(${end} - ${column})`;
