import { Worker } from 'node:worker_threads';
import type { Sql } from '../connection/sql.ts';
import { readTerms, type Terms } from './terms.ts';

/** Fetches the words of the index as they are now. Rejects when the database cannot be read. */
export type Learn = () => Promise<Terms>;
export interface TermsSetup {
  readonly file: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Beside this file when run from source, beside the bundle when built. */
const workerUrl = (): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL('./terms-worker.ts', import.meta.url)
    : new URL('./store-terms.js', import.meta.url);

/** On a thread of its own, which ends with the answer. */
export const learnInWorker =
  (setup: TermsSetup): Learn =>
  () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(workerUrl(), { workerData: setup, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
      // Nobody should wait at closing time for words they will not use.
      worker.unref();
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`reading the words of the index ended early (${code})`)));
    });

/** On this thread: for a database in memory, which no other can see. */
export const learnHere =
  (sql: Sql): Learn =>
  async () =>
    readTerms(sql);
