import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** A file read forwards in pieces, decompressed when it is gzip. Offsets are of the decompressed bytes. */
export interface ByteSource {
  /** Fills `into` from `at` (never moving backwards) and returns how many bytes it got; 0 at the end. */
  read(into: Buffer, at: number): Promise<number>;
  close(): Promise<void>;
}

export async function openBytes(path: string, signal: AbortSignal): Promise<ByteSource> {
  const handle = await open(path, 'r');
  const magic = Buffer.alloc(2);
  await handle.read(magic, 0, 2, 0);
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return plainBytes(handle);
  await handle.close();
  return gzipBytes(path, signal);
}

const plainBytes = (handle: FileHandle): ByteSource => ({
  read: async (into, at) => (await handle.read(into, 0, into.length, at)).bytesRead,
  close: () => handle.close(),
});

/** Gzip cannot be entered in the middle: what lies before the first wanted byte is decompressed and dropped. */
function gzipBytes(path: string, signal: AbortSignal): ByteSource {
  const file = createReadStream(path, { signal, highWaterMark: 256 * 1024 });
  const stream = file.pipe(createGunzip());
  file.on('error', (error) => stream.destroy(error));
  const chunks = stream[Symbol.asyncIterator]();
  let chunk = Buffer.alloc(0);
  let position = 0;
  const more = async (): Promise<boolean> => {
    const next = await chunks.next();
    if (next.done === true) return false;
    chunk = Buffer.from(next.value);
    return true;
  };
  return {
    async read(into, at) {
      while (position < at || chunk.length === 0) {
        const skipped = Math.min(chunk.length, at - position);
        chunk = chunk.subarray(skipped);
        position += skipped;
        if (chunk.length === 0 && !(await more())) return 0;
      }
      const taken = Math.min(chunk.length, into.length);
      chunk.copy(into, 0, 0, taken);
      chunk = chunk.subarray(taken);
      position += taken;
      return taken;
    },
    async close() {
      stream.destroy();
      file.destroy();
    },
  };
}
