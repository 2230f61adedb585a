import { describe, expect, test } from 'vitest';
import { memoryHub } from '../../testing/transport.ts';
import { conversation, message } from '../../testing/views.ts';
import { mergeMessages } from './merge.ts';
import { mostHeld } from './run.ts';
import { createConversationStore } from './store.ts';
import { timeline } from './timeline.ts';
import { toRead } from './to-read.ts';

const ids = (messages: readonly { id: number }[]): readonly number[] => messages.map((one) => one.id);
const some = (...numbers: number[]) => numbers.map((id) => message(id));

describe('runs of messages', () => {
  test('join at either end', () => {
    expect(ids(mergeMessages(some(5, 6), some(3, 4)))).toEqual([3, 4, 5, 6]);
    expect(ids(mergeMessages(some(5, 6), some(7, 8)))).toEqual([5, 6, 7, 8]);
  });
  test('lose what was taken back at the end', () => {
    expect(ids(mergeMessages(some(1, 2, 3), some(1, 2), { last: true }))).toEqual([1, 2]);
    expect(ids(mergeMessages(some(1, 2, 3), some(1, 2)))).toEqual([1, 2, 3]);
  });
  test('take the fresher of what both hold, and lose what is gone', () => {
    const fresh = [message(2), message(4, { removed: true }), message(5)];
    const merged = mergeMessages(some(1, 2, 3, 4), fresh);
    expect(ids(merged)).toEqual([1, 2, 4, 5]);
    expect(merged[2]?.removed).toBe(true);
  });
});

describe('what is drawn down a conversation', () => {
  const options = { unreadFrom: null, incomplete: false, days: true };
  test('days part the messages', () => {
    const later = message(2, { at: message(1).at + 86_400_000 });
    expect(timeline([message(1), later], options).map((item) => item.is)).toEqual(['day', 'message', 'day', 'message']);
  });
  test('the unread marker counts what others wrote', () => {
    const items = timeline([message(1), message(2), message(3, { fromMe: true })], {
      ...options,
      unreadFrom: message(2).id,
    });
    expect(items.find((item) => item.is === 'unread')).toMatchObject({ count: 1 });
  });
  test('a gap stands first while history is on its way', () => {
    expect(timeline([message(1)], { ...options, incomplete: true })[0]?.is).toBe('gap');
  });
  test('messages of one author stand together until a pause', () => {
    const items = timeline([message(1), message(2), message(3, { at: message(2).at + 600_000 })], options);
    const runs = items.flatMap((item) => (item.is === 'message' ? [[item.starts, item.ends]] : []));
    expect(runs).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });
});

describe('what is to be read', () => {
  const view = { ...conversation(7), unread: 1 };
  test('is named by its newest message, so that one that came as the last was read is read as well', () => {
    const before = toRead({ view, messages: some(1, 2), newer: undefined }, view.id);
    const after = toRead({ view, messages: some(1, 2, 3), newer: undefined }, view.id);
    expect([before, after]).toEqual([`${view.id}/2`, `${view.id}/3`]);
  });
  test('is nothing while all is read, the newest is not in sight, or another conversation is open', () => {
    expect(toRead({ view: { ...view, unread: 0 }, messages: some(1), newer: undefined }, view.id)).toBe(null);
    expect(toRead({ view, messages: some(1), newer: 'more' }, view.id)).toBe(null);
    expect(toRead({ view, messages: some(1), newer: undefined }, conversation(8).id)).toBe(null);
    expect(toRead(null, view.id)).toBe(null);
  });
});

describe('the open conversation', () => {
  const all = Array.from({ length: 500 }, (_, index) => message(index + 1));
  const world = (firstUnread: number | null) => {
    const page = (from: number, to: number) => ({
      messages: all.slice(Math.max(0, from), to),
      ...(from > 0 ? { older: `older ${from}` } : {}),
      ...(to < all.length ? { newer: `newer ${to}` } : {}),
      incomplete: false,
    });
    return memoryHub({
      'act.focus': () => null,
      'conversation.get': () => conversation(1, { firstUnread: firstUnread === null ? null : message(firstUnread).id }),
      'conversation.page': ({ around, cursor, limit = 50 }) => {
        if (around !== undefined)
          return page(Math.max(0, around - 1 - limit / 2), Math.min(all.length, around + limit / 2));
        if (cursor === undefined) return page(Math.max(0, all.length - limit), all.length);
        const [way, at] = [cursor.split(' ')[0], Number(cursor.split(' ')[1])];
        return way === 'older' ? page(Math.max(0, at - limit), at) : page(at, Math.min(all.length, at + limit));
      },
    });
  };
  let store: ReturnType<typeof createConversationStore>;
  test('opens at the first unread message and remembers where that was', async () => {
    const hub = world(120);
    store = createConversationStore(hub.client);
    await store.getState().open(message(1).conversation, null);
    const { shown } = store.getState();
    expect(shown?.unreadFrom).toBe(120);
    expect(ids(shown?.messages ?? [])).toContain(120);
    expect(shown?.older).toBeDefined();
    expect(shown?.newer).toBeDefined();
  });
  test('goes through all of it both ways without a hole or a double, holding only so much', async () => {
    const hub = world(150);
    store = createConversationStore(hub.client);
    await store.getState().open(message(1).conversation, null);
    const held = () => ids(store.getState().shown?.messages ?? []);
    const whole = (): boolean => held().every((id, index) => id === (held()[0] ?? 0) + index);
    while (store.getState().shown?.older) {
      await store.getState().loadOlder();
      expect(held().length).toBeLessThanOrEqual(mostHeld);
      expect(whole()).toBe(true);
    }
    expect(held()[0]).toBe(1);
    while (store.getState().shown?.newer) {
      await store.getState().loadNewer();
      expect(held().length).toBeLessThanOrEqual(mostHeld);
      expect(whole()).toBe(true);
    }
    expect(held().at(-1)).toBe(all.length);
    await store.getState().goToNewest();
    expect(store.getState().shown).toMatchObject({ target: null, jumps: 1, newer: undefined });
  });
  test('looks at all that is held when something changed, and what did not change stays as it was', async () => {
    const hub = world(null);
    store = createConversationStore(hub.client);
    await store.getState().open(message(1).conversation, null);
    while ((store.getState().shown?.messages.length ?? 0) < mostHeld) await store.getState().loadOlder();
    const before = store.getState().shown;
    const [first] = before?.messages ?? [];
    if (!first) throw new Error('Nothing is held');
    all[first.id - 1] = { ...first, removed: true };
    await store.getState().refresh();
    await expect.poll(() => store.getState().shown?.messages[0]?.removed).toBe(true);
    const now = store.getState().shown;
    expect(now?.messages.length).toBe(before?.messages.length);
    expect(now?.messages[1]).toBe(before?.messages[1]);
    expect(now?.view).toBe(before?.view);
    all[first.id - 1] = first;
  });
  test('asks for little when the newest changed, and draws nothing anew where nothing did', async () => {
    const hub = world(null);
    store = createConversationStore(hub.client);
    await store.getState().open(message(1).conversation, null);
    const before = store.getState().shown;
    all.push(message(501));
    await store.getState().refresh();
    expect(hub.callsOf('conversation.page').at(-1)).toMatchObject({ limit: 15 });
    const after = store.getState().shown;
    expect(ids(after?.messages ?? [])).toEqual([...ids(before?.messages ?? []), 501]);
    all.pop();
    await store.getState().refresh();
    await expect.poll(() => ids(store.getState().shown?.messages ?? [])).toEqual(ids(before?.messages ?? []));
    const { shown } = store.getState();
    await store.getState().refresh();
    expect(store.getState().shown?.messages).toBe(shown?.messages);
  });
  test('when more came than a page holds, nothing between is left out', async () => {
    const rest = all.splice(100);
    const hub = world(null);
    store = createConversationStore(hub.client);
    await store.getState().open(message(1).conversation, null);
    all.push(...rest);
    await store.getState().refresh();
    const held = ids(store.getState().shown?.messages ?? []);
    expect(held.every((id, index) => id === (held[0] ?? 0) + index)).toBe(true);
    expect(held).toContain(101);
    expect(store.getState().shown?.newer).toBeDefined();
  });
  test('goes to a message that is not loaded, and on from there; to one that is, without asking', async () => {
    const hub = world(null);
    store = createConversationStore(hub.client);
    await store.getState().open(message(1).conversation, null);
    const asked = () => hub.callsOf('conversation.page').length;
    const before = asked();
    await store.getState().goTo({ message: message(100).id });
    expect(asked()).toBe(before + 1);
    const { shown } = store.getState();
    expect(shown).toMatchObject({ target: 100, jumps: 1, older: expect.any(String), newer: expect.any(String) });
    await store.getState().goTo({ message: message(101).id });
    expect(asked()).toBe(before + 1);
    expect(store.getState().shown).toMatchObject({ target: 101, jumps: 2 });
    expect(ids(store.getState().shown?.messages ?? [])).toContain(101);
  });
  test('a conversation that is gone says so', async () => {
    store = createConversationStore(memoryHub({ 'act.focus': () => null, 'conversation.get': () => null }).client);
    await store.getState().open(message(1).conversation, null);
    expect(store.getState()).toMatchObject({ missing: true, shown: null });
  });
});
