import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Blobs } from './blobs.ts';
import { chunkBytes } from './cipher.ts';
import { safeName, safeType } from './content-type.ts';

let folder: string;
const key = randomBytes(32);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-blobs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const blobs = (): Blobs => new Blobs(folder, async () => key);
async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}
const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);

describe('blob files', () => {
  it.each([0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 300_000])(
    'give back the %i bytes that were written, and any range of them',
    async (length) => {
      const content = randomBytes(length);
      const { hash, bytes } = await blobs().write(inPieces(content, 10_007));
      expect(bytes).toBe(length);
      const reading = await blobs().read(hash);
      expect(reading?.bytes).toBe(length);
      expect(reading && (await all(reading.stream())).equals(content)).toBe(true);
      for (const [start, end] of [
        [0, 1],
        [1, 2],
        [length >> 1, length],
        [chunkBytes - 1, chunkBytes + 1],
        [length, length + 5],
      ] as const)
        expect(reading && (await all(reading.stream(start, end))).equals(content.subarray(start, end))).toBe(true);
    },
  );

  it('are shared by equal contents, under a name that is not their hash', async () => {
    const content = Buffer.from('the same words');
    const first = await blobs().write([content]);
    const second = await blobs().write(inPieces(content, 3));
    expect(second.hash).toBe(first.hash);
    const elsewhere = await new Blobs(join(folder, 'other'), async () => randomBytes(32)).write([content]);
    expect(elsewhere.hash).not.toBe(first.hash);
  });

  it('are there whole or not at all on a disk that takes no more, and what was begun is taken away', async () => {
    const script = fileURLToPath(new URL('../testing/limited-blobs.ts', import.meta.url));
    // In blocks of 512 bytes or of 1,024, as the shell likes.
    const limited = 'ulimit -f 1000 && exec "$0" "$1" "$2"';
    const { stdout } = await promisify(execFile)('sh', ['-c', limited, process.execPath, script, folder]);
    const { stored, whole, refusals, half } = JSON.parse(stdout);
    expect(stored).toBeGreaterThan(0);
    expect(whole).toBe(stored);
    expect({ refusals, half }).toEqual({ refusals: ['io'], half: 0 });
  }, 60_000);

  it('show nothing of their content on disk', async () => {
    const { hash } = await blobs().write([Buffer.from('a very secret sentence '.repeat(100))]);
    expect((await readFile(pathOf(hash))).includes('secret')).toBe(false);
    expect((await stat(pathOf(hash))).mode & 0o077).toBe(0);
  });

  it.each(['changed', 'cut after a whole chunk', 'extended'])('are refused when %s', async (how) => {
    const { hash } = await blobs().write([randomBytes(2 * chunkBytes + 10)]);
    const file = await readFile(pathOf(hash));
    if (how === 'changed') file[100] = (file[100] ?? 0) ^ 1;
    const cut = 20 + chunkBytes + 16;
    await writeFile(
      pathOf(hash),
      how === 'changed' ? file : how === 'extended' ? Buffer.concat([file, file.subarray(20)]) : file.subarray(0, cut),
    );
    const reading = await blobs().read(hash);
    await expect(reading && all(reading.stream())).rejects.toThrow();
  });

  it('do not begin a profile anew that was taken away', async () => {
    const profile = join(folder, 'profile');
    await expect(new Blobs(join(profile, 'blobs'), async () => key).write([key])).rejects.toMatchObject({ code: 'io' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('leave nothing behind when the source breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield randomBytes(100_000);
      throw new Error('connection lost');
    }
    await expect(blobs().write(broken())).rejects.toThrow('connection lost');
    expect(await readdir(folder)).toEqual(['incoming']);
    expect((await readdir(folder, { recursive: true })).filter((name) => name.split('/').length > 2)).toEqual([]);
  });

  it('half written by a run that died are removed by the next, which keeps its own', async () => {
    const dead = blobs();
    const gate = Promise.withResolvers<void>();
    /** Bytes that come once the file is open, and the end of them when it may. */
    function slow(): { bytes: AsyncGenerator<Uint8Array>; begun: Promise<void> } {
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      async function* bytes(): AsyncGenerator<Uint8Array> {
        resolve();
        yield randomBytes(10);
        await gate.promise;
      }
      return { bytes: bytes(), begun };
    }
    const [theirs, ours] = [slow(), slow()];
    const lost = expect(dead.write(theirs.bytes)).rejects.toThrow();
    const next = blobs();
    const kept = next.write(ours.bytes);
    await Promise.all([theirs.begun, ours.begun]);
    await next.clean();
    expect(await readdir(join(folder, 'incoming'))).toHaveLength(1);
    gate.resolve();
    await lost;
    expect((await kept).bytes).toBe(10);
  });

  it('are never looked for outside their folder', async () => {
    await expect(blobs().read('../../etc/passwd')).rejects.toThrow('Not the name of a blob');
  });
});

describe('content types', () => {
  it.each([
    ['image/png', 'image/png', 'inline'],
    ['IMAGE/JPG; name=x', 'image/jpeg', 'inline'],
    ['application/pdf', 'application/pdf', 'inline'],
    ['text/plain; charset=x', 'text/plain; charset=utf-8', 'inline'],
    ['text/html', 'application/octet-stream', 'attachment'],
    ['image/svg+xml', 'application/octet-stream', 'attachment'],
    ['application/xhtml+xml', 'application/octet-stream', 'attachment'],
    ['text/javascript', 'application/octet-stream', 'attachment'],
    ['', 'application/octet-stream', 'attachment'],
  ])('%j is served as %s, %s', (mime, type, disposition) => {
    expect(safeType(mime)).toEqual({ type, disposition });
  });

  it('file names keep to one folder, one line and one direction', () => {
    expect(safeName('../../etc/pass\u202ewd\n.txt')).toBe('_.._etc_passwd.txt');
    expect(safeName('...')).toBe('attachment');
    expect(safeName(`${'a'.repeat(300)}.pdf`)).toMatch(/^a{196}\.pdf$/);
  });
});
