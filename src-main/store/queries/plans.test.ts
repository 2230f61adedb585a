import { expect, test } from 'vitest';
import { systemViews } from '../../../src-shared/ipc/index.ts';
import {
  type AccountId,
  asConversationKey,
  asMessageKey,
  asUserKey,
  type ConversationId,
} from '../../../src-shared/model/index.ts';
import type { Value } from '../connection/sql.ts';
import { MemoryStore } from '../testing/memory.ts';

/** Notes every statement a piece of work runs, with the plan SQLite has for it. */
function plansOf(store: MemoryStore, work: () => unknown): string[] {
  const { sql } = store;
  const seen = new Map<string, readonly Value[]>();
  const get = sql.get.bind(sql);
  const all = sql.all.bind(sql);
  sql.get = <R>(text: string, ...values: Value[]) => {
    seen.set(text, values);
    return get<R>(text, ...values);
  };
  sql.all = <R>(text: string, ...values: Value[]) => {
    seen.set(text, values);
    return all<R>(text, ...values);
  };
  try {
    work();
  } finally {
    sql.get = get;
    sql.all = all;
  }
  return [...seen].flatMap(([text, values]) =>
    sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, ...values).map(({ detail }) => detail),
  );
}
/** Walks whole tables or sorts: neither may happen where the work must not grow with the mailbox. */
const slow = (plan: string): boolean =>
  (/^SCAN (?!json_each|value)/.test(plan) && !/^SCAN (accounts|n|\(subquery)/.test(plan)) ||
  plan.includes('TEMP B-TREE');

function filled(): { store: MemoryStore; account: AccountId; conversation: ConversationId } {
  const store = new MemoryStore();
  const { account } = store.command('account.save', {
    channel: 'test',
    inboxIsLabel: false,
    description: { key: asUserKey('me@example.org'), label: 'Mine', identities: [], config: {} },
  });
  store.command('ingest', {
    account,
    batch: {
      origin: 'history',
      events: Array.from({ length: 40 }, (_, i) => ({
        type: 'message' as const,
        message: {
          key: asMessageKey(`m${i}`),
          links: [`m${i}`, `m${i % 4}`],
          from: { is: 'user' as const, key: asUserKey(`u${i % 3}@example.org`) },
          at: 1_600_000_000_000 + i * 60_000,
          parts: [{ kind: 'text' as const, format: 'plain' as const, text: `text ${i}` }],
        },
      })),
    },
  });
  const [row] = store.query('list.page', { view: 'inbox', sort: 'newest', limit: 1 }).rows;
  if (!row) throw new Error('nothing in the inbox');
  return { store, account, conversation: row.id };
}

for (const view of systemViews) {
  test(`a page of ${view} comes from its own index in its own order, first and next`, () => {
    const { store } = filled();
    for (const sort of ['newest', 'oldest'] as const) {
      const plans = plansOf(store, () => {
        store.query('list.page', { view, sort, limit: 50 });
        store.query('list.page', { view, sort, limit: 50, cursor: '1600000000000.5' });
      });
      expect(plans.filter(slow)).toEqual([]);
      expect(plans).toContainEqual(expect.stringMatching(new RegExp(`USING (COVERING )?INDEX conversations_${view} `)));
    }
  });
}

test('unread first, backwards and far down read no more than the indexes of their lists', () => {
  const { store } = filled();
  const plans = plansOf(store, () => {
    store.query('list.page', { view: 'inbox', sort: 'unread', limit: 50 });
    store.query('list.page', { view: 'inbox', sort: 'newest', back: true, limit: 50, cursor: '1600000000000.5' });
    store.query('list.page', { view: 'inbox', sort: 'newest', offset: 20, limit: 50 });
    store.query('list.total', { view: 'inbox' });
    store.query('list.ids', { view: 'inbox' });
  });
  expect(plans.filter(slow)).toEqual([]);
});

test('unread in the inbox and everything with files have indexes of their own', () => {
  const { store } = filled();
  const plans = plansOf(store, () => {
    store.query('list.page', { view: 'inbox', unread: true, sort: 'newest', limit: 50 });
    store.query('list.page', { view: 'all', hasAttachment: true, sort: 'newest', limit: 50 });
  });
  expect(plans.filter(slow)).toEqual([]);
  expect(plans).toContainEqual(expect.stringContaining('conversations_inbox_unread'));
  expect(plans).toContainEqual(expect.stringContaining('conversations_files'));
});

test('drafts of the network are found in the few conversations that have any', () => {
  const { store, conversation } = filled();
  for (const where of [{}, { conversation }]) {
    const plans = plansOf(store, () => store.query('drafts.remote', { limit: 50, ...where }));
    expect(plans).toContainEqual(expect.stringMatching(/SEARCH m USING INDEX messages_order \(conversation=/));
    expect(plans.filter((plan) => /^SCAN (?!c USING INDEX conversations_drafts)/.test(plan))).toEqual([]);
  }
});

test('a page under a label is read in order from its index', () => {
  const { store } = filled();
  const plans = plansOf(store, () =>
    store.query('list.page', { label: 1 as never, sort: 'newest', limit: 50, cursor: '1600000000000.5' }),
  );
  expect(plans.filter(slow)).toEqual([]);
  expect(plans).toContainEqual(expect.stringContaining('conversation_labels_time'));
});

test('counts come from partial indexes alone', () => {
  const { store } = filled();
  const plans = plansOf(store, () => store.query('list.counts', {})).filter((plan) => plan.includes('conversations'));
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).toMatch(/USING (COVERING )?INDEX conversations_/);
});

test('a page of a conversation is read from its order, from either end, from a cursor and around a message', () => {
  const { store, conversation } = filled();
  const plans = plansOf(store, () => {
    const page = store.query('conversation.page', { conversation, limit: 3 });
    const [first] = page.messages;
    if (!first || page.older === undefined) throw new Error('too few messages');
    const older = store.query('conversation.page', { conversation, limit: 3, cursor: page.older });
    if (older.newer === undefined) throw new Error('no way back');
    store.query('conversation.page', { conversation, limit: 3, cursor: older.newer });
    store.query('conversation.page', { conversation, limit: 3, around: first.id });
  });
  expect(plans.filter((plan) => plan.includes('messages_order'))).toHaveLength(3);
  // Whether it is in a thread is looked up among replies alone.
  expect(plans.filter((plan) => plan.includes('messages_thread')).length).toBeGreaterThan(0);
  // A message's own few reactions and attachments are sorted; the messages themselves never are.
  expect(plans.filter((plan) => plan.startsWith('SCAN') && !plan.includes('json_each'))).toEqual([]);
});

test('ingest looks everything up by key, one message as well as a batch of them', () => {
  const { store, account } = filled();
  const messages = (names: readonly string[]) =>
    names.map((name) => ({
      type: 'message' as const,
      message: {
        key: asMessageKey(name),
        ...(name.startsWith('chat') ? { conversation: asConversationKey(name) } : { links: [name, 'm1', 'm2'] }),
        from: { is: 'user' as const, key: asUserKey('u1@example.org') },
        at: 1_600_000_000_000,
        parts: [],
        placements: [{ label: 'inbox' as never, ref: '1' }],
      },
    }));
  const plans = plansOf(store, () => {
    const removed = { type: 'removed' as const, target: asMessageKey('m3'), at: 1_700_000_000_000 };
    store.command('ingest', { account, batch: { origin: 'live', events: [...messages(['new']), removed] } });
    const batch = messages(['m5', 'a', 'b', 'chat 1', 'chat 2']);
    store.command('ingest', { account, batch: { origin: 'history', events: batch } });
  });
  // Few or none: what waits, and the drafts that have a copy on the network.
  expect(
    plans.filter((plan) => /^SCAN (?!parked|masks|labels|asked|json_each|.* INDEX (drafts|outbox)_copy)/.test(plan)),
  ).toEqual([]);
});
