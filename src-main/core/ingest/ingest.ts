import type { Batch, Log } from '../../../src-shared/channel.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { PresenceView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, EventOf } from '../../../src-shared/model/index.ts';
import type { Arrival, Commands, Store } from '../../store/api.ts';
import type { Changes } from '../changes/index.ts';
import { type Ingested, IngestQueue } from './queue.ts';
import { type Sorted, sortEvents } from './validate.ts';

type Extra = Pick<Commands['ingest']['input'], 'task' | 'import'>;
export interface IngestOptions {
  readonly store: Store;
  readonly changes: Changes;
  readonly log: Log;
  readonly now: () => number;
  /** New live messages, after their commit. */
  readonly arrived: (arrivals: readonly Arrival[]) => void;
  /** The account's outbox or backfill tasks may have new work. */
  readonly stirred: (account: AccountId) => void;
}

/** The one way into the store for what networks tell. */
export class Ingest {
  readonly #options: IngestOptions;
  readonly #queues = new Map<AccountId, IngestQueue>();
  readonly #ready = new WeakMap<Batch['events'], Sorted>();

  constructor(options: IngestOptions) {
    this.#options = options;
  }

  /** Does already what `apply` would with these very events before it asks the store: for whoever still waits for the last batch. */
  makeReady(events: Batch['events']): void {
    const { store, log } = this.#options;
    const sorted = sortEvents(events, log);
    store.prepare(sorted.events);
    this.#ready.set(events, sorted);
  }

  /**
   * Resolves when committed; rejects with a `ChannelError` "busy" when the account has far too much waiting, and with
   * the store's error when the transaction failed. Events that are not valid are left out or kept raw.
   */
  async apply(account: AccountId, batch: Batch, extra: Extra = {}): Promise<Ingested> {
    const { store, changes, log, now } = this.#options;
    const queue = this.#queue(account);
    if (queue.full) throw new ChannelError('busy', 'not-done', 'Too many events are waiting to be stored.');
    const { events, ephemeral } = this.#ready.get(batch.events) ?? sortEvents(batch.events, log);
    for (const event of ephemeral)
      if (event.type === 'typing') void passOnTyping(store, changes, now, account, event).catch(() => undefined);
      else changes.emit('presence', presenceOf(account, event));
    if (events.length === 0 && !batch.checkpoint && !extra.task && !extra.import)
      return { arrivals: [], added: 0, settled: [], topics: [] };
    const result = await queue.push({ batch: { ...batch, events }, ...extra });
    if (result.arrivals.length > 0) this.#options.arrived(result.arrivals);
    if (result.settled.length > 0 || events.some((event) => event.type === 'history' || event.type === 'gap'))
      this.#options.stirred(account);
    return result;
  }

  /** Everything pushed so far is committed or has failed. */
  async drained(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.drained()));
  }

  forget(account: AccountId): void {
    this.#queues.delete(account);
  }

  #queue(account: AccountId): IngestQueue {
    const known = this.#queues.get(account);
    if (known) return known;
    const queue = new IngestQueue(this.#options.store, account);
    this.#queues.set(account, queue);
    return queue;
  }
}

const presenceOf = (account: AccountId, { by, state, until }: EventOf<'presence'>): PresenceView => ({
  account,
  key: by,
  state,
  ...(until !== undefined && { until }),
});

async function passOnTyping(
  store: Store,
  changes: Changes,
  now: () => number,
  account: AccountId,
  event: EventOf<'typing'>,
): Promise<void> {
  const found = await store.query('lookup.typing', { account, conversation: event.conversation, by: event.by });
  if (found) changes.emit('typing', { conversation: found.conversation, name: found.name, until: now() + event.ttlMs });
}
