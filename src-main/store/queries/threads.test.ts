import { beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountId,
  asConversationKey,
  asMessageKey,
  asUserKey,
  type ChannelEvent,
  type ConversationId,
  type MessageId,
  type MessageKey,
} from '../../../src-shared/model/index.ts';
import { MemoryStore } from '../testing/memory.ts';

const room = asConversationKey('room');
const root = asMessageKey('root');
const said = (key: MessageKey, at: number, more: object = {}): ChannelEvent => ({
  type: 'message',
  message: {
    key,
    conversation: room,
    from: { is: 'user', key: asUserKey('ann'), name: 'Ann' },
    at: 1_700_000_000_000 + at * 1000,
    parts: [{ kind: 'text', format: 'plain', text: `about ${key}` }],
    ...more,
  },
});
let store: MemoryStore;
let account: AccountId;
let conversation: ConversationId;
const tell = (...events: readonly ChannelEvent[]) =>
  store.command('ingest', { account, batch: { origin: 'history', events } });
const page = () => store.query('conversation.page', { conversation, limit: 200 }).messages;
const idOf = (key: string): MessageId => {
  const found = page().find((message) => message.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found.id;
};
const keys = (messages: readonly { readonly key: MessageKey }[]) => messages.map(({ key }) => key);

beforeEach(() => {
  store = new MemoryStore();
  account = store.command('account.save', {
    channel: 'test',
    inboxIsLabel: false,
    description: { key: asUserKey('me'), label: 'Mine', identities: [{ key: asUserKey('me') }], config: {} },
  }).account;
  tell(said(root, 0), said(asMessageKey('aside'), 1), said(asMessageKey('one'), 2, { threadRoot: root }));
  conversation = store.query('list.page', { view: 'all', sort: 'newest', limit: 1 }).rows[0]?.id ?? conversation;
});

describe('threads', () => {
  it('are told on what began them and on their answers, and on nothing else', () => {
    tell(said(asMessageKey('two'), 3, { threadRoot: root, flags: { read: true } }));
    const thread = {
      root: idOf('root'),
      author: 'Ann',
      snippet: 'about root',
      replies: 2,
      unread: 1,
      lastAt: 1_700_000_003_000,
    };
    expect(page().map((message) => message.thread)).toEqual([thread, undefined, thread, thread]);
  });

  it('are the same page by any of their messages, oldest first, and earlier answers page by page', () => {
    for (let i = 3; i < 9; i++) tell(said(asMessageKey(`answer ${i}`), i, { threadRoot: root }));
    const whole = store.query('conversation.thread', { message: idOf('root'), limit: 50 });
    expect(whole?.root?.key).toBe('root');
    expect(keys(whole?.replies ?? [])).toEqual(['one', ...[3, 4, 5, 6, 7, 8].map((i) => `answer ${i}`)]);
    expect(whole?.earlier).toBe(false);
    const last = store.query('conversation.thread', { message: idOf('one'), limit: 3 });
    expect([keys(last?.replies ?? []), last?.earlier]).toEqual([['answer 6', 'answer 7', 'answer 8'], true]);
    const before = store.query('conversation.thread', { message: idOf('one'), before: idOf('answer 6'), limit: 3 });
    expect([keys(before?.replies ?? []), before?.earlier]).toEqual([['answer 3', 'answer 4', 'answer 5'], true]);
  });

  it('are there while what began them is not', () => {
    tell(said(asMessageKey('orphan'), 5, { threadRoot: asMessageKey('gone') }));
    const orphan = store.query('conversation.thread', { message: idOf('orphan'), limit: 50 });
    expect([orphan?.root, keys(orphan?.replies ?? [])]).toEqual([null, ['orphan']]);
    expect(page().find(({ key }) => key === 'orphan')?.thread).toMatchObject({ root: null, replies: 1 });
  });
});

describe('pins', () => {
  it('are listed newest first while they last', () => {
    const pin = (key: string, on: boolean, at: number): ChannelEvent => ({
      type: 'flags',
      target: asMessageKey(key),
      flags: { pinned: on },
      at: 1_700_000_100_000 + at,
    });
    tell(pin('root', true, 0), pin('aside', true, 1), pin('one', true, 2));
    expect(keys(store.query('conversation.pins', { conversation }))).toEqual(['one', 'aside', 'root']);
    tell(pin('aside', false, 3));
    // Said late, of before.
    tell(pin('aside', true, 2));
    expect(keys(store.query('conversation.pins', { conversation }))).toEqual(['one', 'root']);
  });
});

describe('mentions', () => {
  it('say who is meant by each name', () => {
    const mentions = [
      { key: asUserKey('ann'), name: 'Ann' },
      { key: asUserKey('me'), name: 'Maja' },
      { key: asUserKey('nobody') },
    ];
    tell(said(asMessageKey('named'), 9, { mentions }));
    const named = page().find(({ key }) => key === 'named')?.mentions;
    expect(named?.map(({ name, me, person }) => [name, me, person !== null])).toEqual([
      ['Ann', false, true],
      ['Maja', true, false],
    ]);
  });
});

describe('whom one can write to', () => {
  it('is everybody but oneself, by account, found by a part of a name', () => {
    const found = store.query('people.reach', { text: 'an', limit: 10 });
    expect(found.map(({ key, channel, account: by }) => [key, channel, by])).toEqual([['ann', 'test', account]]);
    // Found by an address another network told, on every network that knows them.
    tell({ type: 'user', key: asUserKey('ann'), patch: { addresses: ['mailto:ann@example.org'] }, at: 1 });
    const other = store.command('account.save', {
      channel: 'mail',
      inboxIsLabel: false,
      description: { key: asUserKey('m'), label: 'Mail', identities: [], config: {} },
    }).account;
    store.command('ingest', {
      account: other,
      batch: {
        origin: 'history',
        events: [
          {
            type: 'user',
            key: asUserKey('a-1'),
            patch: { name: 'Ännchen', addresses: ['mailto:ann@example.org'] },
            at: 1,
          },
        ],
      },
    });
    const both = store.query('people.reach', { text: 'nnch', limit: 10 });
    expect(new Set(both.map(({ key }) => key))).toEqual(new Set(['ann', 'a-1']));
    expect(store.query('people.reach', { text: '', account: other, limit: 10 }).map(({ key }) => key)).toEqual(['a-1']);
  });
});
