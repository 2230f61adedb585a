import type { Batch } from '../../../src-shared/channel.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Commands, Store } from '../../store/api.ts';

type Request = Omit<Commands['ingest']['input'], 'account'>;
export type Ingested = Commands['ingest']['output'];
interface Waiting {
  readonly request: Request;
  resolve(value: Ingested): void;
  reject(reason: unknown): void;
}

/** Events of one transaction at most, when small batches are put together. */
const largestMerge = 500;
/** A session that emits without awaiting is refused beyond this many waiting events, lest it fill the memory. */
const mostWaiting = 50_000;

/**
 * Applies the batches of one account strictly in the order given. Small ones that wait while the writer is busy are
 * put into one transaction, so that a storm of single events costs few commits; the next is begun while the disk takes the last.
 */
export class IngestQueue {
  readonly #store: Store;
  readonly #account: AccountId;
  #waiting: Waiting[] = [];
  #events = 0;
  #running: Promise<void> | undefined;
  /** Everything handed to the store is settled. */
  #settled: Promise<unknown> = Promise.resolve();

  constructor(store: Store, account: AccountId) {
    this.#store = store;
    this.#account = account;
  }

  get full(): boolean {
    return this.#events >= mostWaiting;
  }

  /**
   * Resolves when committed and flushed. Of batches put together the first is answered what all of them brought, the others
   * nothing new. One that waits when another fails is rejected with it (SPEC, I-1).
   */
  push(request: Request): Promise<Ingested> {
    return new Promise((resolve, reject) => {
      this.#events += request.batch.events.length;
      this.#waiting.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when all that was pushed so far is settled. */
  async drained(): Promise<void> {
    await this.#running;
    await this.#settled;
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // what is pushed in the same turn goes together
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, joining(this.#waiting));
      const committed = Promise.withResolvers<void>();
      const done = this.#store
        .command('ingest', { account: this.#account, ...together(group) }, () => committed.resolve())
        .then(
          (result) => this.#answer(group, result),
          (error: unknown) => this.#fail(group, error),
        );
      const before = this.#settled;
      this.#settled = done.then(() => before);
      await Promise.race([committed.promise, done]);
    }
    this.#running = undefined;
  }

  #answer(group: readonly Waiting[], result: Ingested): void {
    const [first, ...others] = group;
    first?.resolve(result);
    for (const other of others) other.resolve({ ...result, arrivals: [], added: 0, settled: [] });
    this.#over(group);
  }
  #fail(group: readonly Waiting[], error: unknown): void {
    const following = this.#waiting.filter(({ request }) => isPlain(request));
    this.#waiting = this.#waiting.filter(({ request }) => !isPlain(request));
    for (const one of [...group, ...following]) one.reject(error);
    this.#over([...group, ...following]);
  }
  #over(group: readonly Waiting[]): void {
    for (const { request } of group) this.#events -= request.batch.events.length;
  }
}

/** A step of a task or an import stands for itself: its cursor says nothing of what others emit. */
const isPlain = ({ task, import: step }: Request): boolean => !task && !step;

/** How many of those that wait, from the first on, go into one transaction. */
function joining(waiting: readonly Waiting[]): number {
  let events = 0;
  const end = waiting.findIndex(({ request }) => {
    events += request.batch.events.length;
    return !isPlain(request) || events > largestMerge;
  });
  return end < 0 ? waiting.length : Math.max(1, end);
}

/** Adjacent batches that say the same of themselves as one: same origin, and no more than one scope's checkpoint. */
function together(group: readonly Waiting[]): Request {
  const [first, ...others] = group.map(({ request }) => request);
  if (!first) throw new RangeError('nothing to put together');
  if (others.length === 0) return first;
  const batches: Batch[] = [];
  for (const { batch } of [first, ...others]) {
    const last = batches.at(-1);
    const joined = last && join(last, batch);
    if (joined) batches[batches.length - 1] = joined;
    else batches.push(batch);
  }
  const [batch = first.batch, ...following] = batches;
  return { batch, following };
}
function join(a: Batch, b: Batch): Batch | undefined {
  if (a.origin !== b.origin) return undefined;
  if (a.checkpoint && b.checkpoint && a.checkpoint.scope !== b.checkpoint.scope) return undefined;
  const checkpoint = b.checkpoint ?? a.checkpoint;
  return { events: [...a.events, ...b.events], origin: a.origin, ...(checkpoint ? { checkpoint } : {}) };
}
