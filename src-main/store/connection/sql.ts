import type Database from 'better-sqlite3-multiple-ciphers';

export type Value = string | number | bigint | Uint8Array | null;
type Bound = Value | Readonly<Record<string, Value>>;
type Statement = Database.Statement<Bound[], unknown>;

/**
 * A connection with its prepared statements kept. Rows come back under the type the caller names: that is a promise
 * about the SQL beside it, which the tests keep (schema.ts mirrors the tables).
 */
export class Sql {
  readonly db: Database.Database;
  readonly #statements = new Map<string, Statement>();
  constructor(db: Database.Database) {
    this.db = db;
  }

  /** Answers how many rows changed. */
  run(sql: string, ...values: Value[]): number {
    return this.statement(sql).run(...bound(sql, values)).changes;
  }
  /** Runs an INSERT and answers the new row's id. */
  insert(sql: string, ...values: Value[]): number {
    return Number(this.statement(sql).run(...bound(sql, values)).lastInsertRowid);
  }
  get<R>(sql: string, ...values: Value[]): R | undefined {
    return this.statement(sql).get(...bound(sql, values)) as R | undefined;
  }
  all<R>(sql: string, ...values: Value[]): R[] {
    return this.statement(sql).all(...bound(sql, values)) as R[];
  }
  iterate<R>(sql: string, ...values: Value[]): IterableIterator<R> {
    return this.statement(sql).iterate(...bound(sql, values)) as IterableIterator<R>;
  }
  /** The statement itself, prepared once, for loops that must not look it up each time. */
  statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.db.prepare<Bound[], unknown>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
  /** All or nothing. Inside another transaction it joins that one. */
  transaction<T>(work: () => T): T {
    if (this.db.inTransaction) return work();
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk may have rolled back already (https://www.sqlite.org/lang_transaction.html, section 2.3).
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Numbered parameters (?1, ?2) may be used more than once; the driver takes them by name. */
function bound(sql: string, values: readonly Value[]): readonly Bound[] {
  let byName = numbered.get(sql);
  if (byName === undefined) {
    byName = sql.includes('?1');
    numbered.set(sql, byName);
  }
  return byName ? [Object.fromEntries(values.map((value, i) => [String(i + 1), value]))] : values;
}
const numbered = new Map<string, boolean>();
