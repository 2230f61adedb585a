import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccountId, asUserKey, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { drawn } from '../../../src-shared/testing/drawn.ts';
import { dump } from '../testing/dump.ts';
import { history } from '../testing/history.ts';
import { MemoryStore } from '../testing/memory.ts';

const identities = [{ key: asUserKey('me@example.org') }, { key: asUserKey('alias@example.org') }];
const description = { key: asUserKey('me@example.org'), label: 'Mine', identities, config: {} };
function storeWith(kind: 'mail' | 'chat', events: readonly ChannelEvent[]): { store: MemoryStore; account: AccountId } {
  const store = new MemoryStore();
  const { account } = store.command('account.save', { channel: 'test', inboxIsLabel: kind === 'mail', description });
  store.command('ingest', { account, batch: { origin: 'history', events } });
  return { store, account };
}

/** Export speaks of messages: what no message refers to (an empty label, a word about one that never came) is left out. */
function ofMessages(store: MemoryStore): ReturnType<typeof dump> {
  const { sql } = store;
  sql.run('DELETE FROM parked');
  sql.run('DELETE FROM backfill_tasks');
  sql.run('DELETE FROM labels WHERE id NOT IN (SELECT label FROM placements)');
  const empty = '(SELECT id FROM conversations WHERE id NOT IN (SELECT conversation FROM messages))';
  for (const table of ['conversation_told', 'participants', 'thread_links'])
    sql.run(`DELETE FROM ${table} WHERE conversation IN ${empty}`);
  sql.run(`DELETE FROM conversations WHERE id IN ${empty}`);
  // People known only from a sighting that another overruled are not said again either.
  const { identities: _, people: _people, addresses: _addresses, participants: _participants, ...rest } = dump(sql);
  const conversations = rest.conversations?.map(({ people: _named, people_count: _count, kind: _kind, ...row }) => row);
  return { ...rest, conversations: conversations ?? [] };
}

const withSource = (event: ChannelEvent, source: Uint8Array | null): ChannelEvent =>
  event.type === 'message' && source
    ? { ...event, message: { ...event.message, source: Uint8Array.from(source) } }
    : event;

for (const kind of ['mail', 'chat'] as const) {
  test(`E-1: what is exported of ${kind}, page by page, rebuilds the same messages elsewhere`, () => {
    fc.assert(
      fc.property(history(kind), fc.integer({ min: 1, max: 4 }), (events, limit) => {
        const { store, account } = storeWith(kind, events);
        const exported: ChannelEvent[] = [];
        for (let after: string | undefined; ; ) {
          const page = store.query('export.page', { account, limit, ...(after !== undefined && { after }) });
          for (const item of page.items) for (const event of item.events) exported.push(withSource(event, item.source));
          if (page.next === null) break;
          after = page.next;
        }
        const again = storeWith(kind, exported);
        try {
          expect(ofMessages(again.store)).toEqual(ofMessages(store));
        } finally {
          store.close();
          again.store.close();
        }
      }),
      { ...drawn, numRuns: 100 },
    );
  }, 120_000);
}
