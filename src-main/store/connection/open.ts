import Database from 'better-sqlite3-multiple-ciphers';
import { explain } from './errors.ts';
import { Sql } from './sql.ts';

export interface OpenOptions {
  readonly file: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly readonly: boolean;
  /** A file that is not there is not made. */
  readonly known?: boolean;
  /** Page cache, KiB. */
  readonly cacheKib: number;
}

/**
 * Opens an encrypted database. Cipher and pragmas: docs/decisions/store-encryption.md.
 * Throws a StoreError `wrong-key`, `corrupt` or `io`.
 */
export function open({ file, key, readonly, known = false, cacheKib }: OpenOptions): Sql {
  if (key.length !== 32) throw new RangeError(`the database key has ${key.length} bytes, not 32`);
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly, fileMustExist: readonly || known, timeout: 10_000 });
    db.pragma("cipher = 'aegis'");
    db.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
    // Reading anything proves the key: a database opened with a wrong one looks like no database at all.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    if (!readonly) {
      db.pragma('journal_mode = WAL');
      // FULL: what was acknowledged to a network must survive a power cut. The store's writer has its log flushed beside it
      // instead (worker/log.ts).
      db.pragma('synchronous = FULL');
      // What is taken away is blanked where its page is written anyway; pages that fall free are not written for it. The default
      // writes those too: a seventh of all pages, as the index of words is merged.
      db.pragma('secure_delete = FAST');
      db.pragma('foreign_keys = OFF');
      // Pages in the log before they move to the file, 64 MB: a page changed by several batches moves once.
      db.pragma('wal_autocheckpoint = 16000');
      db.pragma('journal_size_limit = 67108864');
    } else db.pragma('query_only = ON');
    db.pragma(`cache_size = -${cacheKib}`);
    db.pragma('temp_store = MEMORY');
    return new Sql(db);
  } catch (error) {
    db?.close();
    throw explain(error);
  }
}
