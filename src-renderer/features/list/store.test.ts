import { expect, test } from 'vitest';
import { memoryHub } from '../../testing/transport.ts';
import { row } from '../../testing/views.ts';
import { home } from '../navigation/place.ts';
import { isSelected, sizeOf } from './selection.ts';
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

const many = Array.from({ length: 3000 }, (_, index) => row(index + 1));
/** A hub whose cursors are positions. */
const longList = (left: ReadonlySet<number> = new Set()) =>
  memoryHub({
    'inbox.page': (input) => {
      const limit = input.limit ?? 50;
      const list = many.filter((one) => !left.has(one.id));
      if (input.only) {
        const rows = list.filter((one) => input.only?.includes(one.id)).map((one) => ({ ...one, unread: 7 }));
        return { rows };
      }
      const to = input.back ? Number(input.cursor) : list.length;
      const from = input.back ? Math.max(0, to - limit) : Number(input.cursor ?? input.offset ?? 0);
      const rows = list.slice(from, Math.min(to, from + limit));
      const end = from + rows.length;
      return {
        rows,
        ...(end < list.length ? { next: String(end) } : {}),
        ...(from > 0 ? { previous: String(from) } : {}),
      };
    },
    'inbox.total': () => ({ total: many.length - left.size }),
  });

test('rows far down that changed are fetched by name, and those that left the place go', async () => {
  const left = new Set<number>();
  const list = createListStore(longList(left).client);
  await list.getState().show(home);
  while (list.getState().rows.length < 500) await list.getState().loadMore();
  const { length } = list.getState().rows;
  left.add(401);
  await list.getState().refresh([row(400).id, row(401).id]);
  expect(list.getState().rows).toHaveLength(length - 1);
  expect(list.getState().rows[399]?.unread).toBe(7);
  expect(list.getState().total).toBe(2999);
});

test('news are asked for in one call, and rows that are as they were stay the same objects, which are not drawn again', async () => {
  const rows = [row(2), row(3), row(4)];
  const hub = memoryHub({ 'inbox.page': () => ({ rows: structuredClone(rows) }) });
  const list = createListStore(hub.client);
  await list.getState().show(home);
  const before = list.getState().rows;
  const asked = hub.asked.length;
  rows.unshift(row(1));
  rows[2] = row(3, { unread: 1 });
  await list.getState().refresh([row(1).id, row(3).id]);
  expect(hub.asked.slice(asked).map(({ name }) => name)).toEqual(['inbox.page']);
  const now = list.getState().rows;
  expect(now.map((one) => one.id)).toEqual([1, 2, 3, 4]);
  expect([now[1], now[3]]).toEqual([before[0], before[2]]);
  expect(now[1]).toBe(before[0]);
  expect(now[3]).toBe(before[2]);
  expect(now[2]).not.toBe(before[1]);
});

test('a row that comes back into the middle finds its place', async () => {
  const left = new Set<number>([50]);
  const list = createListStore(longList(left).client);
  await list.getState().show(home);
  left.clear();
  await list.getState().refresh([row(50).id]);
  expect(list.getState().rows[49]?.id).toBe(50);
});

test('changes that come while one is looked at are looked at together', async () => {
  const asked: (readonly number[] | undefined)[] = [];
  let answer: (() => void) | undefined;
  const hub = memoryHub({
    'inbox.page': async (input) => {
      asked.push(input.only);
      if (asked.length === 2) await new Promise<void>((resolve) => (answer = resolve));
      return { rows: input.only ? [] : [row(1), row(2), row(3)] };
    },
  });
  const list = createListStore(hub.client);
  await list.getState().show(home);
  const all = [row(1), row(8), row(9)].map(({ id }) => list.getState().refresh([id]));
  answer?.();
  await Promise.all(all);
  expect(asked).toEqual([undefined, undefined, undefined, [8, 9]]);
});

test('however far one scrolls, only so many rows are kept, and every one has its place', async () => {
  const list = createListStore(longList().client);
  await list.getState().show(home);
  expect(list.getState().total).toBe(3000);
  const inPlace = (): boolean => {
    const { rows, start } = list.getState();
    return rows.every((one, index) => one.id === start + index + 1);
  };
  while (list.getState().more) {
    await list.getState().loadMore();
    expect(list.getState().rows.length).toBeLessThanOrEqual(1200);
    expect(inPlace()).toBe(true);
  }
  expect(list.getState().start + list.getState().rows.length).toBe(3000);
  while (list.getState().before) {
    await list.getState().loadBefore();
    expect(list.getState().rows.length).toBeLessThanOrEqual(1200);
    expect(inPlace()).toBe(true);
  }
  expect(list.getState().rows[0]?.id).toBe(1);
  await list.getState().jump(2000);
  expect(inPlace()).toBe(true);
  expect(list.getState().rows.some((one) => one.id === 2001)).toBe(true);
});

test('a jump to a position puts the cursor on the row there, wherever that is and once more', async () => {
  const list = createListStore(longList().client);
  await list.getState().show(home);
  for (const position of [2000, 80, 0, 2999, 2999]) {
    await list.getState().jump(position, 'land');
    expect(list.getState().cursor).toBe(position + 1);
    expect(list.getState().rows.some((one) => one.id === position + 1)).toBe(true);
  }
  await list.getState().jump(3000, 'land');
  expect(list.getState().cursor).toBe(3000);
});

test('a selection grows and shrinks from where it began, and may be everything that matches', async () => {
  const list = createListStore(longList().client);
  await list.getState().show(home);
  const { moveTo, extend, selectTo, selectAll, toggle } = list.getState();
  const chosen = () => [...list.getState().selected].sort((a, b) => a - b);
  moveTo(row(3).id);
  extend(1);
  extend(1);
  expect(chosen()).toEqual([3, 4, 5]);
  extend(-1);
  expect(chosen()).toEqual([3, 4]);
  selectTo(row(1).id);
  expect(chosen()).toEqual([1, 2, 3]);
  selectAll();
  expect(chosen()).toHaveLength(60);
  expect(list.getState().allMatching).toBe(false);
  selectAll();
  toggle(row(2).id);
  expect(sizeOf(list.getState(), list.getState().total)).toBe(2999);
  expect(isSelected(list.getState(), row(2500).id)).toBe(true);
  expect(isSelected(list.getState(), row(2).id)).toBe(false);
});

test('a page that cannot be had says why', async () => {
  const list = createListStore(memoryHub({}).client);
  await list.getState().show(home);
  expect(list.getState().error).toBe('No answer to inbox.page');
});
