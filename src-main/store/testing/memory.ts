import Database from 'better-sqlite3-multiple-ciphers';
import type { CommandName, Commands, Queries, QueryName } from '../api.ts';
import { execute } from '../commands/index.ts';
import { Sql } from '../connection/sql.ts';
import { migrate } from '../migrations/run.ts';
import { Reader } from '../queries/index.ts';

/** The store on one connection in memory, without workers: the same commands and queries, run at once. */
export class MemoryStore {
  readonly sql: Sql;
  readonly #reader: Reader;
  now = 1_700_000_000_000;

  constructor() {
    this.sql = new Sql(new Database(emptyDatabase()));
    this.sql.db.pragma('foreign_keys = OFF');
    this.#reader = new Reader(this.sql);
  }
  command<K extends CommandName>(name: K, input: Commands[K]['input']): Commands[K]['output'] {
    return execute(this.sql, this.now, name, input);
  }
  query<K extends Exclude<QueryName, 'search'>>(name: K, input: Queries[K]['input']): Queries[K]['output'] {
    return this.#reader.answer(name, input);
  }
  close(): void {
    this.sql.db.close();
  }
}

let empty: Buffer | undefined;
/** The tables are made once; every store begins with a copy. */
function emptyDatabase(): Buffer {
  if (!empty) {
    const sql = new Sql(new Database(':memory:'));
    migrate(sql);
    empty = sql.db.serialize();
    sql.db.close();
  }
  return empty;
}
