import type { Batch } from '../../../src-shared/channel.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Commands, Store } from '../../store/api.ts';

type Request = Commands['ingest']['input'];
export type Ingested = Commands['ingest']['output'];
interface Waiting {
  request: Omit<Request, 'account'>;
  readonly promises: { resolve(value: Ingested): void; reject(reason: unknown): void }[];
}

/** Events of one transaction at most, when small batches are put together. */
const largestMerge = 500;
/** A session that emits without awaiting is refused beyond this many waiting events, lest it fill the memory. */
const mostWaiting = 50_000;

/**
 * Applies the batches of one account strictly in the order given. Small ones that wait while the writer is busy are
 * put into one transaction, so that a storm of single events costs few commits.
 */
export class IngestQueue {
  readonly #store: Store;
  readonly #account: AccountId;
  readonly #waiting: Waiting[] = [];
  #events = 0;
  #running: Promise<void> | undefined;

  constructor(store: Store, account: AccountId) {
    this.#store = store;
    this.#account = account;
  }

  get full(): boolean {
    return this.#events >= mostWaiting;
  }

  /** Resolves when committed. */
  push(request: Omit<Request, 'account'>): Promise<Ingested> {
    return new Promise((resolve, reject) => {
      this.#events += request.batch.events.length;
      const last = this.#waiting.at(-1);
      const merged = last && merge(last.request, request);
      if (last && merged) {
        last.request = merged;
        last.promises.push({ resolve, reject });
      } else this.#waiting.push({ request, promises: [{ resolve, reject }] });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when all that was pushed so far is settled. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // what is pushed in the same turn goes together
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        const result = await this.#store.command('ingest', { account: this.#account, ...next.request });
        for (const promise of next.promises) promise.resolve(result);
      } catch (error) {
        for (const promise of next.promises) promise.reject(error);
      } finally {
        this.#events -= next.request.batch.events.length;
      }
    }
    this.#running = undefined;
  }
}

/** Both in one transaction, where that says the same: same origin, and no more than one scope's checkpoint. */
function merge(a: Omit<Request, 'account'>, b: Omit<Request, 'account'>): Omit<Request, 'account'> | undefined {
  if (a.task || b.task || a.import || b.import || a.batch.origin !== b.batch.origin) return undefined;
  if (a.batch.events.length + b.batch.events.length > largestMerge) return undefined;
  const [first, second] = [a.batch.checkpoint, b.batch.checkpoint];
  if (first && second && first.scope !== second.scope) return undefined;
  const checkpoint = second ?? first;
  const batch: Batch = {
    events: [...a.batch.events, ...b.batch.events],
    origin: a.batch.origin,
    ...(checkpoint ? { checkpoint } : {}),
  };
  return { batch };
}
