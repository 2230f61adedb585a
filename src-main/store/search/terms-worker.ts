import { parentPort, workerData } from 'node:worker_threads';
import { open } from '../connection/open.ts';
import type { TermsSetup } from './learn.ts';
import { readTerms, type Terms } from './terms.ts';

/** Reads the words of the index on a connection of its own, closes that, posts them and ends. */
const setup: TermsSetup = workerData;
const sql = open({ ...setup, readonly: true, cacheKib: 8 * 1024 });
const read = (): Terms => {
  try {
    return readTerms(sql);
  } finally {
    sql.db.close();
  }
};
const terms = read();
parentPort?.postMessage(terms, [terms.docs.buffer]);
