import { parentPort, workerData } from 'node:worker_threads';
import { explain, StoreError } from '../connection/errors.ts';
import { open } from '../connection/open.ts';
import type { CheckpointerSetup } from './checkpoints.ts';

/** Nothing is kept: every page is read once from the log and written once to the file. */
const cacheKib = 64;

const { file, key, moving, failed }: CheckpointerSetup = workerData;
parentPort?.on('message', () => {
  try {
    // Open only while it moves pages, so that whoever closes the database need not ask it to let go.
    const { db } = open({ file, key, readonly: false, known: true, cacheKib });
    try {
      db.pragma('wal_checkpoint(PASSIVE)');
    } finally {
      db.close();
    }
  } catch (error) {
    // What is not moved stays in the log, whole. The writer tries it itself before it writes any more, and says what failed.
    if (!(explain(error) instanceof StoreError)) throw error;
    Atomics.store(failed, 0, 1);
  } finally {
    Atomics.store(moving, 0, 0);
    Atomics.notify(moving, 0);
  }
});
