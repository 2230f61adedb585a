import { Worker } from 'node:worker_threads';
import { StoreError } from '../connection/errors.ts';
import { closing, type Failure, opening, type Request, type Response, type Setup } from './protocol.ts';

/** Where a worker's code is: beside this file when run from source, `store-<name>.js` beside the bundle when built. */
export function workerUrl(name: 'writer' | 'reader'): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(`./${name}.ts`, import.meta.url)
    : new URL(`./store-${name}.js`, import.meta.url);
}

/** What is read lives briefly: a bigger nursery (MB) only holds memory and wins no time. */
const forRows = 16;
/** A batch being written lives through its whole transaction, and is copied again and again where the nursery is small. */
export const forBatches = 32;

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/**
 * Calls into one worker. Should the worker die, everything under way is rejected with a StoreError `io` (a transaction it
 * had open is rolled back by SQLite) and the next call starts it anew.
 */
export class WorkerClient {
  readonly #url: URL;
  #setup: Setup;
  readonly #pending = new Map<number, Pending>();
  #worker: Promise<Worker> | undefined;
  #lastId = 0;
  #closed = false;
  readonly #nurseryMb: number;

  constructor(url: URL, setup: Setup, nurseryMb = forRows) {
    this.#url = url;
    this.#setup = setup;
    this.#nurseryMb = nurseryMb;
  }

  /**
   * Resolves once the worker has its connection; rejects with the StoreError that kept it from having one. It opens only
   * after `after`, and not at all when that rejects.
   */
  async start(after: Promise<unknown> = Promise.resolve()): Promise<void> {
    this.#worker ??= this.#spawn(after);
    await this.#worker;
  }
  /** `handedOver`: buffers within `input` that are the worker's from now on. */
  async call(name: string, input: unknown, now: number, handedOver: readonly ArrayBuffer[] = []): Promise<unknown> {
    if (this.#closed) throw new StoreError('io', 'The store is closed.');
    const worker = await this.#started();
    return this.#send(worker, name, input, now, handedOver);
  }
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.#worker) return;
    const worker = await this.#worker;
    // A worker that has died meanwhile has nothing left to close.
    await this.#send(worker, closing, null, 0).catch(() => undefined);
    await worker.terminate();
  }

  /** Ends the worker as if it had died: what is under way is rejected, and the next call starts it anew. */
  giveUp(): void {
    void this.#worker?.then((worker) => worker.terminate()).catch(() => undefined);
  }

  #send(
    worker: Worker,
    name: string,
    input: unknown,
    now: number,
    handedOver: readonly ArrayBuffer[] = [],
  ): Promise<unknown> {
    this.#lastId += 1;
    const request: Request = { id: this.#lastId, name, input, now };
    return new Promise((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject });
      worker.postMessage(request, handedOver);
    });
  }

  #started(): Promise<Worker> {
    this.#worker ??= this.#spawn(Promise.resolve());
    return this.#worker;
  }
  #spawn(after: Promise<unknown>): Promise<Worker> {
    return new Promise((resolve, reject) => {
      const resourceLimits = { maxYoungGenerationSizeMb: this.#nurseryMb };
      const worker = new Worker(this.#url, { workerData: this.#setup, resourceLimits });
      let died = false;
      const dead = (error: Error) => {
        // Told of twice, by its error and by its end: between the two another may have taken its place.
        if (died) return;
        died = true;
        this.#worker = undefined;
        reject(error);
        for (const pending of this.#pending.values()) pending.reject(error);
        this.#pending.clear();
        void worker.terminate();
      };
      const open: Request = { id: 0, name: opening, input: null, now: 0 };
      after.then(() => worker.postMessage(open), dead);
      worker.on('message', (response: Response) => {
        if ('ready' in response) {
          this.#setup = { ...this.#setup, known: true };
          resolve(worker);
        } else if ('refused' in response) dead(errorOf(response.refused));
        else this.#settle(response);
      });
      worker.on('error', (error) =>
        dead(new StoreError('io', 'The store stopped working and was started anew.', error)),
      );
      worker.on('exit', (code) => {
        if (this.#pending.size > 0 || !this.#closed)
          dead(new StoreError('io', `The store ended unexpectedly (${code}) and was started anew.`));
      });
    });
  }
  #settle(response: Extract<Response, { id: number }>): void {
    const pending = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if ('failure' in response) pending?.reject(errorOf(response.failure));
    else pending?.resolve(response.output);
  }
}

function errorOf(failure: Failure): Error {
  const error = failure.code
    ? new StoreError(failure.code, failure.message)
    : failure.name === 'RangeError'
      ? new RangeError(failure.message)
      : new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
