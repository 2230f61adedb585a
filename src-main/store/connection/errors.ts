/** What went wrong with the file itself, in terms the hub can act on. Bugs stay ordinary errors. */
export type StoreErrorCode = 'newer-schema' | 'wrong-key' | 'corrupt' | 'full' | 'io';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

const sqliteCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** SQLite's result codes (https://www.sqlite.org/rescode.html) as store errors; anything else comes back as it is. */
export function explain(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined || error instanceof StoreError) return error;
  if (code === 'SQLITE_FULL')
    return new StoreError(
      'full',
      'The disk is full. Nothing was lost: what could not be saved will be fetched again.',
      error,
    );
  if (code === 'SQLITE_NOTADB')
    return new StoreError('wrong-key', 'The database cannot be opened with this key.', error);
  if (code.startsWith('SQLITE_CORRUPT'))
    return new StoreError('corrupt', 'The database file is damaged. Nothing was written to it.', error);
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN' || code.startsWith('SQLITE_READONLY'))
    return new StoreError('io', `The database file cannot be read or written (${code}).`, error);
  return error;
}
