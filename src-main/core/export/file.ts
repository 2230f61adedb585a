import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CallError } from '../errors.ts';

/** Bytes gathered before they are written. */
const bufferBytes = 1 << 20;

/** A file that appears under its name only when it is whole. Memory stays constant however large it grows. */
export class WholeFile {
  readonly #path: string;
  readonly #half: string;
  readonly #file: FileHandle;
  #waiting: Uint8Array[] = [];
  #bytes = 0;

  private constructor(path: string, half: string, file: FileHandle) {
    this.#path = path;
    this.#half = half;
    this.#file = file;
  }

  /** Rejects with a `CallError` when nothing can be written there. */
  static async create(path: string): Promise<WholeFile> {
    const half = join(dirname(path), `.${randomUUID()}.part`);
    try {
      return new WholeFile(path, half, await open(half, 'wx', 0o600));
    } catch (error) {
      throw new CallError('cannot-write', 'Nothing can be written there. Choose another place.', { cause: error });
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#bytes += bytes.byteLength;
    if (this.#bytes >= bufferBytes) await this.#flush();
  }

  async keep(): Promise<void> {
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
    await rename(this.#half, this.#path);
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined); // may be closed already when the renaming failed
    await rm(this.#half, { force: true });
  }

  async #flush(): Promise<void> {
    if (this.#bytes === 0) return;
    const all = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#bytes = 0;
    // Never `write`: where the disk fills up in the middle, that takes a part and calls it done.
    await this.#file.appendFile(all);
  }
}
