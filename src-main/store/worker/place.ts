import { statSync } from 'node:fs';
import { StoreError } from '../connection/errors.ts';

/**
 * Where a database was opened. An open file outlives its name: what is written to it once its folder was removed, or its disk
 * was taken away, would be gone with the process and never be missed until then.
 */
export class Place {
  readonly #file: string;
  readonly #opened: string | undefined;

  /** To be made while the database is known to be there. */
  constructor(file: string) {
    this.#file = file;
    this.#opened = identity(file);
  }

  /** Throws a StoreError `io` where the file is not there, or is another one of the same name. */
  check(): void {
    let found: string | undefined;
    let cause: unknown;
    try {
      found = identity(this.#file);
    } catch (error) {
      cause = error;
    }
    if (found === undefined)
      throw new StoreError(
        'io',
        'The folder with your messages is not where it was. Once it is back, everything goes on.',
        cause,
      );
    if (found !== this.#opened)
      throw new StoreError('io', 'Another database was put in the place of yours. Start Carillon anew to use it.');
  }
}

/**
 * Which file it is, whatever it is called; undefined when there is none. Windows lets nobody move or replace a file that is
 * open, and not all of its file systems number files for good.
 */
function identity(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && (process.platform === 'win32' ? 'there' : `${found.dev} ${found.ino}`);
}
