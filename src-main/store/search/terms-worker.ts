import { parentPort, workerData } from 'node:worker_threads';
import { open } from '../connection/open.ts';
import type { TermsSetup } from './learn.ts';
import { readTerms } from './terms.ts';

/** Reads the words of the index on a connection of its own, posts them and ends. */
const setup: TermsSetup = workerData;
const sql = open({ ...setup, readonly: true, cacheKib: 8 * 1024 });
try {
  const terms = readTerms(sql);
  parentPort?.postMessage(terms, [terms.docs.buffer]);
} finally {
  sql.db.close();
}
