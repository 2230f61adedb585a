import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** So long nothing is written, ms: then nothing more is coming by itself. */
const still = 1500;

/** Resolves when an open store has done what it leaves for idle times (merging its index), so that reading is all that is timed. */
export async function atRest(file: string): Promise<void> {
  const written = async () => (await stat(`${file}-wal`)).mtimeMs;
  for (let before = -1, now = await written(); now !== before; before = now, now = await written()) await sleep(still);
}
