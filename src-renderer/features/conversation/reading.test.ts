import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { conversation, message, row } from '../../testing/views.ts';
import { createListStore } from '../list/store.ts';
import { home } from '../navigation/place.ts';
import { createNavigationStore } from '../navigation/store.ts';
import { createReading } from './reading.ts';
import { createConversationStore } from './store.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());
const one = row(1).id;
const two = row(2).id;

/** A window with two conversations and a hub that keeps what is unread in them; `answers` holds marks back until asked. */
async function seat() {
  const unread = new Map<number, number>([
    [one, 0],
    [two, 0],
  ]);
  const said = new Map<number, MessageView[]>([
    [one, [message(1)]],
    [two, [message(2)]],
  ]);
  const rows = () => [row(1, { unread: unread.get(one) ?? 0 }), row(2, { unread: unread.get(two) ?? 0 })];
  const hub = memoryHub({
    'act.focus': () => null,
    'inbox.page': () => ({ rows: rows() }),
    'conversation.get': ({ conversation: id }) => conversation(id, { unread: unread.get(id) ?? 0 }),
    'conversation.page': ({ conversation: id }) => ({ messages: said.get(id) ?? [], incomplete: false }),
  });
  const heard: [string, () => void][] = [];
  const addEventListener = (name: string, listener: () => void): void => void heard.push([name, listener]);
  const document = { visibilityState: 'visible', addEventListener, removeEventListener: () => undefined };
  const page = { document, addEventListener, removeEventListener: () => undefined };
  const address = { history: { pushState: () => undefined }, location: { hash: '' }, addEventListener };
  const parts = {
    navigation: createNavigationStore(address as never),
    conversation: createConversationStore(hub.client),
    list: createListStore(hub.client),
  };
  const begun = performance.now();
  const marks: (readonly [number, ConversationId])[] = [];
  let answered: Promise<void> = Promise.resolve();
  const reading = createReading(parts, async (id) => {
    marks.push([performance.now() - begun, id]);
    await answered;
    unread.set(id, 0);
  });
  await parts.list.getState().show(home);
  reading.follow(page as never);
  const open = async (id: ConversationId | null, how = { peek: false }): Promise<void> => {
    if (id === null) parts.navigation.getState().close();
    else parts.navigation.getState().open(id, null, how);
    await parts.conversation.getState().open(id, null);
  };
  const rowsSeen: number[] = [];
  parts.list.subscribe(({ rows }) => void rowsSeen.push(rows[0]?.unread ?? 0));
  return {
    marks,
    reading,
    open,
    /** What the row of the first conversation has shown. */
    rowsSeen,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      answered = promise;
      return resolve;
    },
    async arrives(id: ConversationId): Promise<void> {
      const before = said.get(id) ?? [];
      said.set(id, [...before, message((before.at(-1)?.id ?? 0) + 10)]);
      unread.set(id, (unread.get(id) ?? 0) + 1);
      await Promise.all([parts.conversation.getState().refresh(), parts.list.getState().refresh([id])]);
    },
    async leave(how: 'blur' | 'visibilitychange', visible = true): Promise<void> {
      document.visibilityState = visible ? 'visible' : 'hidden';
      for (const [name, listener] of heard) if (name === how) listener();
      await vi.advanceTimersByTimeAsync(0);
    },
    refresh: () => parts.list.getState().refresh([one]),
  };
}

test('of a stream the first is marked read at once and the rest once a second; no row ever shows it unread', async () => {
  const { marks, open, arrives, rowsSeen, reading } = await seat();
  await open(one);
  expect([marks, reading.front()]).toEqual([[], one]);
  for (let count = 0; count < 25; count++) {
    await arrives(one);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(marks.map(([at]) => at)).toEqual([0, 1000, 2000]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(marks.map(([at]) => at)).toEqual([0, 1000, 2000, 3000]);
  expect(new Set(rowsSeen)).toEqual(new Set([0]));
});

test('a mark waits for the answer to the one before', async () => {
  const { marks, open, arrives, hold } = await seat();
  await open(one);
  const answer = hold();
  await arrives(one);
  await arrives(one);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(marks).toHaveLength(1);
  answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(marks.map(([at]) => at)).toEqual([0, 5_000]);
});

type Seat = Awaited<ReturnType<typeof seat>>;
const ways: readonly [string, (seat: Seat) => Promise<void>][] = [
  ['another conversation', ({ open }) => open(two)],
  ['the list', ({ open }) => open(null)],
  ['the window for another', ({ leave }) => leave('blur')],
  ['the window for the background', ({ leave }) => leave('visibilitychange', false)],
];
test.each(ways)('leaving for %s marks what was read until then, once', async (_where, leave) => {
  const here = await seat();
  await here.open(one);
  await here.arrives(one);
  await here.arrives(one);
  await leave(here);
  expect(here.marks).toEqual([
    [0, one],
    [0, one],
  ]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(here.marks).toHaveLength(2);
});

test('what comes while nobody looks is unread, and read when somebody does', async () => {
  const { marks, open, arrives, leave, rowsSeen, reading } = await seat();
  await open(one);
  await leave('visibilitychange', false);
  await arrives(one);
  expect([marks, rowsSeen.at(-1), reading.front()]).toEqual([[], 1, undefined]);
  await leave('visibilitychange', true);
  expect([marks, rowsSeen.at(-1), reading.front()]).toEqual([[[0, one]], 0, one]);
});

test('each conversation is marked at once when it is opened', async () => {
  const { marks, open, arrives } = await seat();
  await arrives(one);
  await arrives(two);
  await open(one);
  await open(two);
  expect(marks).toEqual([
    [0, one],
    [0, two],
  ]);
});

test('what is to be unread stays so until more comes or it is opened anew; what is only peeked at stays so too', async () => {
  const { marks, open, arrives, reading, rowsSeen, refresh } = await seat();
  await open(one);
  await arrives(one);
  await arrives(one);
  reading.keepUnread([one]);
  await vi.advanceTimersByTimeAsync(5_000);
  await refresh();
  expect([marks.length, rowsSeen.at(-1), reading.front()]).toEqual([1, 1, undefined]);
  await open(null);
  await open(one, { peek: true });
  await open(null);
  expect(marks).toHaveLength(1);
  await open(one);
  expect(marks).toHaveLength(2);
});
