import type {
  AccountDescription,
  Batch,
  Clock,
  ConnectionState,
  Log,
  SessionContext,
} from '../../../src-shared/channel.ts';
import { ChannelEvent } from '../../../src-shared/model/index.ts';
import { Memory } from './memory.ts';

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface RecorderOptions {
  readonly account: AccountDescription;
  readonly clock: Clock;
  readonly memory?: Memory;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
  readonly log?: Log;
}
/** A session's context with the meaning it has in the hub: what is emitted is committed, in order, or not at all. */
export interface Recorder {
  readonly context: SessionContext;
  readonly memory: Memory;
  readonly batches: readonly Batch[];
  readonly states: readonly ConnectionState[];
  /** How often delivery was proven. */
  readonly proofs: number;
  readonly account: AccountDescription;
  /** From now on nothing is committed and `emit` rejects, as when the hub has gone. */
  crash(): void;
  /** Resolves when `wanted` holds, looked at after every commit and change of state; rejects with the signal's reason. */
  until(wanted: () => boolean, signal: AbortSignal): Promise<void>;
}

export function recorder(options: RecorderOptions): Recorder {
  const memory = options.memory ?? new Memory();
  const batches: Batch[] = [];
  const states: ConnectionState[] = [];
  const secrets = new Map(Object.entries(options.secrets ?? {}));
  const watchers = new Set<() => void>();
  let account = options.account;
  let proofs = 0;
  let over = false;
  const look = () => {
    for (const watcher of watchers) watcher();
  };

  const context: SessionContext = {
    get account() {
      return account;
    },
    log: options.log ?? silent,
    clock: options.clock,
    fetch: options.fetch ?? fetch,
    secrets: {
      get: async (name) => secrets.get(name),
      set: async (name, value) => void secrets.set(name, value),
    },
    lookup: memory.lookup,
    checkpoint: async (scope) => memory.checkpoint(scope),
    async emit(batch) {
      if (over) throw new DOMException('the session is over', 'AbortError');
      // What the model does not know must not get in: a ZodError here is the adapter's mistake.
      for (const event of batch.events) ChannelEvent.parse(event);
      memory.apply(batch);
      batches.push(batch);
      look();
    },
    state(state) {
      states.push(state);
      look();
    },
    proven() {
      proofs++;
    },
    async describe(change) {
      account = { ...account, ...change };
    },
  };
  return {
    context,
    memory,
    batches,
    states,
    get proofs() {
      return proofs;
    },
    get account() {
      return account;
    },
    crash() {
      over = true;
    },
    until: (wanted, signal) =>
      new Promise((resolve, reject) => {
        const done = (end: () => void) => {
          watchers.delete(watcher);
          signal.removeEventListener('abort', stop);
          end();
        };
        const watcher = () => {
          if (wanted()) done(resolve);
        };
        const stop = () => done(() => reject(signal.reason));
        if (signal.aborted) return reject(signal.reason);
        watchers.add(watcher);
        signal.addEventListener('abort', stop, { once: true });
        watcher();
      }),
  };
}
