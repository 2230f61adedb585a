/** The parsing thread: an entry of its own in the bundle (`mail-worker.js`). Talks to `parser.ts` alone. */
import { parentPort } from 'node:worker_threads';
import { mapJobs, type WorkerAnswer, type WorkerRequest } from './jobs.ts';

parentPort?.on('message', ({ id, sources, jobs, own }: WorkerRequest) => {
  const answer: WorkerAnswer = { id, results: mapJobs(Buffer.from(sources), jobs, new Set(own)) };
  parentPort?.postMessage(answer);
  // Freed here and now: waiting for the collector, the sources of many batches pile up.
  sources.transfer(0);
});
