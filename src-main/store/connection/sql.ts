import type Database from 'better-sqlite3-multiple-ciphers';
import { type Insertion, together } from './insertion.ts';

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
  /** Values of rows still to be written, one row's after the other's. */
  readonly #waiting = new Map<Insertion, Value[]>();
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
    if (this.#waiting.size > 0) this.#writeWaiting(sql);
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.db.prepare<Bound[], unknown>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /**
   * Writes a row together with others of its table: before any statement that names the table, and at the latest before the
   * transaction is committed. So nobody can tell, but for the time at which a row that cannot be written is refused.
   */
  later(into: Insertion, ...values: Value[]): void {
    if (!this.db.inTransaction) {
      this.run(into.one, ...values);
      return;
    }
    const waiting = this.#waiting.get(into);
    if (!waiting) this.#waiting.set(into, values);
    else {
      waiting.push(...values);
      if (waiting.length >= into.columns * together) this.#write(into, waiting);
    }
  }
  #write(into: Insertion, waiting: Value[]): void {
    this.#waiting.delete(into);
    const { columns } = into;
    if (waiting.length === columns * together) {
      this.run(into.many, ...waiting);
      return;
    }
    for (let at = 0; at < waiting.length; at += columns) this.run(into.one, ...waiting.slice(at, at + columns));
  }
  /** Writes what waits, all of it or what goes into a table the statement names. */
  #writeWaiting(before?: string): void {
    const words = before === undefined ? undefined : wordsOf(before);
    for (const [into, waiting] of this.#waiting) if (!words || words.has(into.table)) this.#write(into, waiting);
  }

  /** All or nothing. Inside another transaction it joins that one. */
  transaction<T>(work: () => T): T {
    if (this.db.inTransaction) return work();
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#writeWaiting();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#waiting.clear();
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

/** Every word of a statement, the names of its tables among them. */
function wordsOf(sql: string): ReadonlySet<string> {
  let found = words.get(sql);
  if (!found) {
    found = new Set(sql.split(/\W+/));
    words.set(sql, found);
  }
  return found;
}
const words = new Map<string, ReadonlySet<string>>();
