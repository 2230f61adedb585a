import { closeSync, fdatasync, openSync } from 'node:fs';
import { StoreError } from '../connection/errors.ts';

/**
 * Flushes what a database's writer has committed, beside it: the writer only hands its pages to the system, and has the
 * next transaction under way while the disk takes the last. Those who ask at the same time share a flush.
 */
export class Log {
  readonly #file: string;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** `database`: the file whose write-ahead log it is. */
  constructor(database: string) {
    this.#file = `${database}-wal`;
  }

  /** Resolves when everything committed before the call is on the disk. Rejects with a StoreError `io`. */
  flush(): Promise<void> {
    if (!this.#running) return this.#begin();
    // The one under way may have begun before the last commit.
    this.#next ??= this.#running.then(() => this.#begin());
    return this.#next;
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    const running = flushed(this.#file).finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}

/** Opened each time: the log of a writer started anew may be another file of the same name. SQLite holds no lock on it. */
function flushed(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) =>
      reject(new StoreError('io', 'The disk did not take what was to be stored.', error));
    let opened: number;
    try {
      opened = openSync(file, 'r+');
    } catch (error) {
      // Whoever closes the database last moves its log into the file, flushes that and takes the log away.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') resolve();
      else failed(error);
      return;
    }
    fdatasync(opened, (error) => {
      closeSync(opened);
      if (error) failed(error);
      else resolve();
    });
  });
}
