import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open as openFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CallError } from '../errors.ts';
import { chunkBytes, fileKey, headerBytes, magic, open, plainLength, saltBytes, seal, sealedChunk } from './cipher.ts';

export interface StoredBlob {
  /** HMAC of the content's SHA-256: equal contents share a file, and the name tells nothing to one without the key. */
  readonly hash: string;
  readonly bytes: number;
}
export interface BlobReading {
  readonly bytes: number;
  /** Bytes `start` to `end` (exclusive) of the content. */
  stream(start?: number, end?: number): AsyncIterable<Uint8Array>;
}

const isHash = /^[0-9a-f]{64}$/;

/** Encrypted, content-addressed files under one folder. Writing is durable and all or nothing. */
export class Blobs {
  readonly #folder: string;
  readonly #key: () => Promise<Uint8Array>;
  readonly #run = randomUUID();

  /** `key`: 32 bytes, asked for when first needed. */
  constructor(folder: string, key: () => Promise<Uint8Array>) {
    this.#folder = folder;
    this.#key = key;
  }

  async write(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredBlob> {
    const master = await this.#key();
    const incoming = join(this.#folder, 'incoming', this.#run);
    // A profile that was taken away is not begun anew: in the way of its coming back.
    if ((await stat(dirname(this.#folder)).catch(undefinedIfMissing)) === undefined)
      throw new CallError('io', 'The folder with your messages is not where it was.', { retryable: true });
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const path = join(incoming, randomUUID());
    const file = await openFile(path, 'wx', 0o600);
    try {
      const { digest, bytes } = await writeSealed(file, master, content);
      await file.sync();
      await file.close();
      const hash = createHmac('sha256', master).update('blob name').update(digest).digest('hex');
      await this.#keep(path, hash);
      return { hash, bytes };
    } catch (error) {
      await file.close().catch(() => undefined); // closed already when only the rename failed
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Undefined when there is no such file; reading throws when it was damaged. */
  async read(hash: string): Promise<BlobReading | undefined> {
    const master = await this.#key();
    const path = this.#path(hash);
    let fileBytes: number;
    try {
      fileBytes = (await stat(path)).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const bytes = plainLength(fileBytes);
    return {
      bytes,
      stream: (start = 0, end = bytes) => readSealed(path, master, fileBytes, start, Math.min(end, bytes)),
    };
  }

  async has(hash: string): Promise<boolean> {
    return (await this.read(hash)) !== undefined;
  }

  /** When these bytes were last taken in, Unix ms; undefined when they are not here. */
  async writtenAt(hash: string): Promise<number | undefined> {
    try {
      return (await stat(this.#path(hash))).mtimeMs;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#path(hash), { force: true });
  }

  /** Removes what a run before this one left half written. */
  async clean(): Promise<void> {
    const incoming = join(this.#folder, 'incoming');
    for (const run of await readdir(incoming).catch(emptyIfMissing))
      if (run !== this.#run) await rm(join(incoming, run), { recursive: true, force: true });
  }

  /** The names of all that is kept, folder by folder. */
  async *names(): AsyncIterable<string[]> {
    for (const folder of await readdir(this.#folder).catch(emptyIfMissing))
      if (/^[0-9a-f]{2}$/.test(folder))
        yield (await readdir(join(this.#folder, folder))).filter((name) => isHash.test(name));
  }

  async #keep(from: string, hash: string): Promise<void> {
    const to = this.#path(hash);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(from, to);
    // The name is durable only once its folder is (fsync(2)); Windows has no such call and needs none.
    if (process.platform === 'win32') return;
    const folder = await openFile(dirname(to), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #path(hash: string): string {
    if (!isHash.test(hash)) throw new Error('Not the name of a blob');
    return join(this.#folder, hash.slice(0, 2), hash);
  }
}

function undefinedIfMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
function emptyIfMissing(error: unknown): string[] {
  if (isMissing(error)) return [];
  throw error;
}
const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function writeSealed(
  file: FileHandle,
  master: Uint8Array,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ digest: Buffer; bytes: number }> {
  const salt = randomBytes(saltBytes);
  const key = fileKey(master, salt);
  const digest = createHash('sha256');
  // Never `write`: where the disk fills up in the middle, that takes a part and calls it done.
  await file.appendFile(Buffer.concat([magic, salt]));
  let waiting = Buffer.alloc(0);
  let index = 0;
  let bytes = 0;
  for await (const piece of content) {
    digest.update(piece);
    bytes += piece.byteLength;
    waiting = waiting.byteLength === 0 ? Buffer.from(piece) : Buffer.concat([waiting, piece]);
    // A full chunk waits until more has come, for the last one is sealed as such.
    let from = 0;
    for (; waiting.byteLength - from > chunkBytes; from += chunkBytes)
      await file.appendFile(seal(key, index++, false, waiting.subarray(from, from + chunkBytes)));
    waiting = waiting.subarray(from);
  }
  await file.appendFile(seal(key, index, true, waiting));
  return { digest: digest.digest(), bytes };
}

async function* readSealed(
  path: string,
  master: Uint8Array,
  fileBytes: number,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const file = await openFile(path, 'r');
  try {
    const header = await readAt(file, 0, headerBytes);
    if (!header.subarray(0, magic.byteLength).equals(magic)) throw new Error('Not a blob of this program');
    const key = fileKey(master, header.subarray(magic.byteLength));
    const last = Math.ceil((fileBytes - headerBytes) / sealedChunk) - 1;
    for (let index = Math.floor(start / chunkBytes); index <= last; index++) {
      const at = index * chunkBytes;
      if (at >= end && !(end === 0 && index === 0)) return;
      const position = headerBytes + index * sealedChunk;
      const sealed = await readAt(file, position, Math.min(sealedChunk, fileBytes - position));
      const plain = open(key, index, index === last, sealed);
      const piece = plain.subarray(Math.max(0, start - at), Math.max(0, end - at));
      if (piece.byteLength > 0) yield piece;
    }
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('A blob is shorter than it should be');
  return buffer;
}
