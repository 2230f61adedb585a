import { expect, test } from 'vitest';
import { memoryHub } from '../../testing/transport.ts';
import { conversation, row } from '../../testing/views.ts';
import { home } from '../navigation/place.ts';
import { createListStore } from './store.ts';

test('a change made while a page is on its way does not flip back when the page arrives', async () => {
  let answer: (() => void) | undefined;
  let slow = false;
  const hub = memoryHub({
    'inbox.page': async () => {
      if (slow) await new Promise<void>((resolve) => (answer = resolve));
      return { rows: [row(1, { unread: 3 }), row(2)] };
    },
  });
  const list = createListStore(hub.client);
  await list.getState().show(home);
  slow = true;
  const refreshed = list.getState().refresh();
  const release = list.getState().patch({ ids: new Set([row(1).id]), change: (one) => ({ ...one, unread: 0 }) });
  answer?.();
  await refreshed;
  expect(list.getState().rows[0]?.unread).toBe(0);
  release();
  expect(list.getState().rows[0]?.unread).toBe(3);
});

test('the answer for a place one has left is thrown away', async () => {
  let first: (() => void) | undefined;
  const hub = memoryHub({
    'inbox.page': async (input) => {
      if (input.view === 'inbox') await new Promise<void>((resolve) => (first = resolve));
      return { rows: input.view === 'inbox' ? [row(1)] : [row(2)] };
    },
  });
  const list = createListStore(hub.client);
  const inbox = list.getState().show(home);
  await list.getState().show({ is: 'view', view: 'done', account: null });
  first?.();
  await inbox;
  expect(list.getState().rows.map((one) => one.id)).toEqual([2]);
});

test('pages follow one another by cursor, without doubling a row that moved between them', async () => {
  const hub = memoryHub({
    'inbox.page': (input) =>
      input.cursor === undefined ? { rows: [row(1), row(2)], next: 'after 2' } : { rows: [row(2), row(3)] },
  });
  const list = createListStore(hub.client);
  await list.getState().show(home);
  expect(list.getState().more).toBe(true);
  await list.getState().loadMore();
  expect(list.getState().rows.map((one) => one.id)).toEqual([1, 2, 3]);
  expect(list.getState().more).toBe(false);
});

test('a row far down that changed is fetched alone, and one that left the inbox goes', async () => {
  const many = Array.from({ length: 500 }, (_, index) => row(index + 1));
  const hub = memoryHub({
    'inbox.page': (input) => {
      const from = Number(input.cursor ?? 0);
      const rows = many.slice(from, from + (input.limit ?? 50));
      return { rows, ...(from + rows.length < many.length ? { next: String(from + rows.length) } : {}) };
    },
    'conversation.get': ({ conversation: id }) => conversation(id, id === 401 ? { inInbox: false } : { unread: 7 }),
  });
  const list = createListStore(hub.client);
  await list.getState().show(home);
  while (list.getState().more) await list.getState().loadMore();
  await list.getState().refresh([row(400).id, row(401).id]);
  expect(list.getState().rows).toHaveLength(499);
  expect(list.getState().rows[399]?.unread).toBe(7);
});

test('a page that cannot be had says why', async () => {
  const list = createListStore(memoryHub({}).client);
  await list.getState().show(home);
  expect(list.getState().error).toBe('No answer to inbox.page');
});
