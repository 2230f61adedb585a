import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DraftView, OutboxView, RemoteDraft } from '../../../src-shared/ipc/index.ts';
import type { DraftId, OutboxId } from '../../../src-shared/model/index.ts';
import type { Client } from '../../client/index.ts';
import { newest } from '../../state/newest.ts';

export interface OutboxState {
  readonly rows: readonly OutboxView[];
  readonly drafts: readonly DraftView[];
  /** Drafts on a network that nobody has gone on with here. */
  readonly remoteDrafts: readonly RemoteDraft[];
  load(): Promise<void>;
  loadDrafts(): Promise<void>;
  retry(id: OutboxId): Promise<void>;
  settle(id: OutboxId, as: 'sent' | 'failed'): Promise<void>;
  cancel(id: OutboxId): Promise<{ cancelled: boolean; draft: DraftId | null }>;
}

/** What waits to go out, what could not, and what is still being written. */
export function createOutboxStore(client: Client): StoreApi<OutboxState> {
  return createStore<OutboxState>()((set, get) => {
    const asked = { rows: newest(), drafts: newest() };
    return {
      rows: [],
      drafts: [],
      remoteDrafts: [],
      async load() {
        const isNews = asked.rows();
        const rows = await client.call('outbox.list', {});
        if (isNews()) set({ rows });
      },
      async loadDrafts() {
        const isNews = asked.drafts();
        const [drafts, remoteDrafts] = await Promise.all([
          client.call('drafts.list', { limit: 200 }),
          client.call('drafts.remote', { limit: 200 }),
        ]);
        if (isNews()) set({ drafts, remoteDrafts });
      },
      async retry(id) {
        await client.call('outbox.retry', { outbox: id });
        await get().load();
      },
      async settle(id, as) {
        await client.call('outbox.settle', { outbox: id, as });
        await get().load();
      },
      async cancel(id) {
        const result = await client.call('outbox.cancel', { outbox: id });
        // What it became does not wait for a look at the rest.
        get()
          .load()
          .catch(() => undefined);
        return result;
      },
    };
  });
}
