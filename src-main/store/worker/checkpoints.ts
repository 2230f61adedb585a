import { Worker } from 'node:worker_threads';
import { explain, StoreError } from '../connection/errors.ts';
import type { Sql } from '../connection/sql.ts';
import type { Setup } from './protocol.ts';

export interface CheckpointerSetup extends Setup {
  /** Shared: 1 while pages are to be moved, else 0. */
  readonly moving: Int32Array<SharedArrayBuffer>;
  /** Shared: 1 from when pages could not be moved until they were, else 0. */
  readonly failed: Int32Array<SharedArrayBuffer>;
}

/** In pages of the log, 4 KiB each. */
export interface Limits {
  /** From here on they are moved to the file: a page changed by several batches moves once. */
  readonly due: number;
  /** What the writer moves itself, to begin the log anew. After half as many more, what could not be done is tried again. */
  readonly few: number;
  /** From here on nobody writes before everything is moved, or before those who still read the log were waited for. */
  readonly most: number;
  /** How long they are waited for then, ms. */
  readonly patience: number;
}
/** 64, 8 and 256 MB. */
const usual: Limits = { due: 16_000, few: 2_000, most: 64_000, patience: 10_000 };

/** How long those who still read the log are waited for between two transactions, ms. */
const moment = 50;

/**
 * Moves what the writer has left in the log into the file, beside the writer, whom it would cost a tenth of its time. The
 * log begins anew only when everything in it has been moved, so the writer, between two transactions, moves the few pages
 * that came meanwhile. Every page is on the disk in the log before it is moved, and in the file before the log begins anew:
 * SQLite's own order, whoever moves it (https://www.sqlite.org/wal.html, section 2.1).
 */
export class Checkpoints {
  readonly #sql: Sql;
  readonly #setup: CheckpointerSetup;
  readonly #limits: Limits;
  #worker: Worker | undefined;
  /** Pages in the log when last looked at. */
  #seen = 0;
  /** Pages in the log at which there is something to do, and at which the writer does it all. */
  #next: number;
  #limit: number;

  /** From here on SQLite moves nothing by itself when `sql` commits. `failed`: moving what was there could not be done. */
  constructor(sql: Sql, setup: Setup, limits: Limits = usual, failed = false) {
    this.#sql = sql;
    const cell = () => new Int32Array(new SharedArrayBuffer(4));
    this.#setup = { ...setup, moving: cell(), failed: cell() };
    if (failed) Atomics.store(this.#setup.failed, 0, 1);
    this.#limits = limits;
    this.#next = limits.due;
    this.#limit = limits.most;
    sql.db.pragma('wal_autocheckpoint = 0');
  }

  /** Between two transactions, with nobody waiting: has moved what is due. What fails is tried again later. */
  tend(): void {
    const { log, left } = this.#look();
    if (log < this.#next || this.#moving()) return;
    this.#next = log + this.#limits.few / 2;
    if (left > this.#limits.few) this.#ask();
    else
      try {
        this.#beginAnew(moment);
      } catch (error) {
        if (!(explain(error) instanceof StoreError)) throw error;
        Atomics.store(this.#setup.failed, 0, 1);
      }
  }

  /**
   * Before a transaction: moves everything itself if that has failed before (the disk is full, or broken), or if the log has
   * grown to its limit, because a reader does not end or there was no processor for it. Throws what SQLite throws when the
   * file does not take it: a log that only grows would fill what is left of the disk, and nobody would know.
   */
  makeRoom(): void {
    const { failed } = this.#setup;
    const hasFailed = Atomics.load(failed, 0) === 1;
    const { log } = this.#look();
    if (log < this.#limit && !hasFailed) return;
    this.settle();
    // Somebody reads for long: writing goes on, and waits for them again after as much as is due at once.
    if (!this.#beginAnew(hasFailed ? moment : this.#limits.patience) && log >= this.#limit)
      this.#limit = log + this.#limits.due;
    Atomics.store(failed, 0, 0);
  }

  /** Returns once nothing is moved beside the writer: now it can move pages itself, or close. */
  settle(): void {
    const { moving } = this.#setup;
    const end = performance.now() + this.#limits.patience;
    while (this.#moving() && performance.now() < end) Atomics.wait(moving, 0, 1, end - performance.now());
  }

  #moving(): boolean {
    return Atomics.load(this.#setup.moving, 0) === 1;
  }
  /** Pages in the log, and those of them not moved yet. Moves none. */
  #look(): { readonly log: number; readonly left: number } {
    const found = this.#checkpoint('NOOP');
    if (found.log < this.#seen) {
      // Begun anew, here or because everything was moved when somebody wrote.
      this.#next = this.#limits.due;
      this.#limit = this.#limits.most;
    }
    this.#seen = found.log;
    return found;
  }
  /**
   * Moves what is left, and waits so long for those who still read the log, ms. Whoever writes next begins at its beginning.
   * False when they did not end.
   */
  #beginAnew(wait: number): boolean {
    const { db } = this.#sql;
    const usually = Number(db.pragma('busy_timeout', { simple: true }));
    db.pragma(`busy_timeout = ${wait}`);
    try {
      return !this.#checkpoint('RESTART').busy;
    } finally {
      db.pragma(`busy_timeout = ${usually}`);
    }
  }
  #checkpoint(mode: 'NOOP' | 'RESTART') {
    const row = this.#sql.get<{ busy: number; log: number; checkpointed: number }>(`PRAGMA wal_checkpoint(${mode})`);
    if (!row) throw new Error('a checkpoint answers with a row');
    return { busy: row.busy === 1, log: row.log, left: row.log - row.checkpointed };
  }
  #ask(): void {
    const { moving } = this.#setup;
    Atomics.store(moving, 0, 1);
    this.#worker ??= this.#start();
    this.#worker.postMessage(null);
  }
  #start(): Worker {
    const worker = new Worker(workerUrl(), {
      workerData: this.#setup,
      resourceLimits: { maxYoungGenerationSizeMb: 1 },
    });
    // It keeps nothing alive, and one that dies is started anew when it is asked again.
    worker.unref();
    worker.on('error', () => this.#ended(worker));
    worker.on('exit', () => this.#ended(worker));
    return worker;
  }
  #ended(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    Atomics.store(this.#setup.moving, 0, 0);
  }
}

const workerUrl = (): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL('./checkpointer.ts', import.meta.url)
    : new URL('./store-checkpoints.js', import.meta.url);
