import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { MailJob, MailParser, MailResult } from './api.ts';
import type { PackedJob, WorkerAnswer, WorkerRequest } from './jobs.ts';

/** From source Node runs the TypeScript as it is; in the bundle the entry lies beside the caller or one folder up. */
function entry(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url);
  const beside = new URL('./mail-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../mail-worker.js', import.meta.url);
}

interface Waiting {
  readonly resolve: (results: readonly MailResult[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A parser on a thread of its own, started with the first jobs. Several `map` calls may be under way; each is answered
 * in order. When the thread dies, what was under way rejects and the next call starts another.
 */
export function createMailParser(): MailParser {
  let worker: Worker | undefined;
  let serial = 0;
  let closed = false;
  const waiting = new Map<number, Waiting>();

  const failAll = (error: Error) => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(entry(), { name: 'mail-parser', resourceLimits: { maxYoungGenerationSizeMb: 16 } });
    started.on('message', ({ id, results }: WorkerAnswer) => {
      waiting.get(id)?.resolve(results);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
    });
    started.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))));
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      failAll(new Error('the mail parser ended'));
    });
    return started;
  };

  return {
    async map(jobs, { own, keepSource = false }) {
      if (closed) throw new Error('the mail parser is closed');
      if (jobs.length === 0) return [];
      worker ??= start();
      worker.ref();
      const { sources, packed } = pack(jobs);
      const request: WorkerRequest = { id: ++serial, sources, jobs: packed, own: [...own] };
      const answer = new Promise<readonly MailResult[]>((resolve, reject) =>
        waiting.set(request.id, { resolve, reject }),
      );
      worker.postMessage(request, [sources]);
      const results = await answer;
      if (!keepSource) return results;
      return results.map((result, index) => {
        const source = jobs[index]?.source;
        return source ? { ...result, message: { ...result.message, source } } : result;
      });
    },
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
}

/** All sources in one fresh buffer that is handed over rather than copied a second time. */
function pack(jobs: readonly MailJob[]): { sources: ArrayBuffer; packed: PackedJob[] } {
  const total = jobs.reduce((sum, { source }) => sum + source.length, 0);
  const sources = new ArrayBuffer(total);
  const bytes = new Uint8Array(sources);
  let at = 0;
  const packed = jobs.map(({ source, ...rest }) => {
    const start = at;
    bytes.set(source, start);
    at += source.length;
    return { ...rest, start, end: at };
  });
  return { sources, packed };
}
