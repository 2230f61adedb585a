import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect } from '../attachments/attachments.ts';
import { Blobs } from '../attachments/blobs.ts';
import { diskTrouble } from '../errors.ts';
import { WholeFile } from '../export/file.ts';

/**
 * Run as a child that may make no file of more than a megabyte: writes ever larger blobs and exports. Says on stdout, as JSON, how
 * many were stored, how many of those can be read back, what the others were refused with, and how many are left half written.
 */
const [, , folder = ''] = process.argv;
const blobs = new Blobs(folder, async () => new Uint8Array(32).fill(7));
const refusals = new Set<string>();
let stored = 0;
let whole = 0;
const tell = async (store: () => Promise<boolean>): Promise<void> => {
  try {
    if (await store()) whole += 1;
    stored += 1;
  } catch (error) {
    refusals.add(diskTrouble(error)?.code ?? String(error));
  }
};
for (let bytes = 400_000; bytes < 1_200_000; bytes += 20_000) {
  const content = randomBytes(bytes);
  await tell(async () => {
    const { hash } = await blobs.write([content]);
    const reading = await blobs.read(hash);
    return reading !== undefined && Buffer.from(await collect(reading.stream())).equals(content);
  });
  await tell(async () => {
    const path = join(folder, 'export');
    const file = await WholeFile.create(path);
    try {
      await file.write(content);
      await file.keep();
    } catch (error) {
      await file.discard();
      throw error;
    }
    return (await readFile(path)).equals(content);
  });
}
const incoming = join(folder, 'incoming');
const runs = await Promise.all((await readdir(incoming)).map((run) => readdir(join(incoming, run))));
console.log(JSON.stringify({ stored, whole, refusals: [...refusals], half: runs.flat().length }));
