import {
  type AccountDescription,
  type Batch,
  ChannelError,
  type Clock,
  type ConnectionState,
  type Log,
  type Lookup,
  type SessionContext,
} from '../../../src-shared/channel.ts';
import type { AccountId, LabelKey, MessageKey } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Ingest } from '../ingest/index.ts';
import type { AccountSecrets } from './secrets.ts';

export interface ContextOptions {
  readonly account: AccountId;
  readonly description: () => AccountDescription;
  readonly store: Store;
  readonly ingest: Ingest;
  readonly secrets: AccountSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** Aborts when the session is over; from then on nothing it does has any effect. */
  readonly over: AbortSignal;
  readonly state: (state: ConnectionState) => void;
  readonly proven: () => void;
  readonly describe: (change: Partial<AccountDescription>) => Promise<void>;
}

/** Everything one session may touch, cut off for good once the session is over. */
export function sessionContext(options: ContextOptions): SessionContext {
  const { over, store, account } = options;
  const alive = (): void => {
    if (over.aborted) throw new ChannelError('over', 'not-done', 'The session is over.');
  };
  return {
    get account() {
      return options.description();
    },
    log: options.log,
    clock: options.clock,
    fetch: options.fetch,
    secrets: {
      get: (name) => options.secrets.get(name),
      async set(name, value) {
        // A token that was renewed as the session ended must not get lost: the old one may be worth nothing any more.
        // Of an account that was removed there is nothing left to renew.
        if (over.aborted && (await options.secrets.get(name)) === undefined) alive();
        await options.secrets.set(name, value);
      },
    },
    lookup: lookupFor(store, account),
    checkpoint: async (scope) => (await store.query('checkpoint', { account, scope })) ?? undefined,
    async emit(batch: Batch) {
      alive();
      options.proven();
      await options.ingest.apply(account, batch);
    },
    state(state) {
      if (!over.aborted) options.state(state);
    },
    proven() {
      if (!over.aborted) options.proven();
    },
    async describe(change) {
      alive();
      await options.describe(change);
    },
  };
}

function lookupFor(store: Store, account: AccountId): Lookup {
  return {
    known: async (keys) => new Set(await store.query('lookup.known', { account, keys })),
    byRef: async (label: LabelKey, refs) => new Map(await store.query('lookup.byRef', { account, label, refs })),
    refs: (label) => store.query('lookup.refs', { account, label }),
    async placements(keys) {
      const found = new Map<MessageKey, { label: LabelKey; ref: string | undefined }[]>();
      for (const { key, label, ref } of await store.query('lookup.placements', { account, keys })) {
        const places = found.get(key) ?? [];
        places.push({ label, ref: ref ?? undefined });
        found.set(key, places);
      }
      return found;
    },
    flags: async (keys) =>
      new Map((await store.query('lookup.flags', { account, keys })).map(({ key, flags }) => [key, flags])),
    source: async (key) => (await store.query('lookup.source', { account, key })) ?? undefined,
  };
}
