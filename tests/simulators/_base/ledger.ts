/** One thing the network has accepted and will stand by. */
export interface Entry<T> {
  readonly seq: number;
  /** Network time, Unix ms. */
  readonly at: number;
  readonly kind: string;
  readonly what: T;
}
/**
 * What the network has accepted, in order: the truth that a client's database is compared with. A request that was
 * refused, or cut off before it was acted upon, is not in it; one whose answer got lost is.
 */
export class Ledger<T = unknown> {
  readonly #entries: Entry<T>[] = [];
  readonly #watchers = new Set<() => void>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }
  record(kind: string, what: T): void {
    this.#entries.push({ seq: this.#entries.length + 1, at: this.#now(), kind, what });
    for (const watcher of [...this.#watchers]) watcher();
  }
  get entries(): readonly Entry<T>[] {
    return this.#entries;
  }
  of(kind: string): readonly T[] {
    return this.#entries.flatMap((entry) => (entry.kind === kind ? [entry.what] : []));
  }
  /** Resolves once `wanted` holds, looked at after every entry; rejects with the signal's reason. */
  until(wanted: (ledger: this) => boolean, signal: AbortSignal = AbortSignal.timeout(20_000)): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (end: () => void) => {
        this.#watchers.delete(look);
        signal.removeEventListener('abort', stop);
        end();
      };
      const look = () => {
        if (wanted(this)) done(resolve);
      };
      const stop = () => done(() => reject(signal.reason));
      if (signal.aborted) return reject(signal.reason);
      this.#watchers.add(look);
      signal.addEventListener('abort', stop, { once: true });
      look();
    });
  }
}
