import { expect, test } from 'vitest';
import { memoryHub } from '../../testing/transport.ts';
import { row } from '../../testing/views.ts';
import { home } from '../navigation/place.ts';
import { goToDay } from './by-date.ts';
import { createListStore } from './store.ts';

const noon = (day: number): number => new Date(2026, 2, day, 12).getTime();
/** One a day through March 2026, of which the 20th to the 22nd are missing; those of odd days are unread. */
const newest = Array.from({ length: 31 }, (_, index) => 31 - index)
  .filter((day) => day < 20 || day > 22)
  .map((day) => row(day, { lastAt: noon(day), unread: day % 2 }));

function world() {
  const hub = memoryHub({
    'inbox.page': ({ sort, offset = 0, limit = 50 }) => {
      const unreadFirst = [...newest.filter((one) => one.unread > 0), ...newest.filter((one) => one.unread === 0)];
      const all = sort === 'oldest' ? newest.toReversed() : sort === 'unread' ? unreadFirst : newest;
      return { rows: all.slice(offset, offset + limit), ...(offset > 0 ? { previous: String(offset) } : {}) };
    },
    'inbox.total': () => ({ total: newest.length }),
    'inbox.newer': ({ than }) => ({ count: newest.filter((one) => one.lastAt > than).length }),
  });
  return { client: hub.client, list: createListStore(hub.client) };
}
const day = (of: number): number => new Date(2026, 2, of).getTime();

test('a day is gone to: to the last that happened then or, where nothing did, before', async () => {
  const { client, list } = world();
  await list.getState().show(home);
  for (const [asked, found] of [
    [10, 10],
    [22, 19],
    [31, 31],
  ] as const) {
    await goToDay({ client, list }, day(asked));
    expect(list.getState().cursor).toBe(found);
  }
  await goToDay({ client, list }, new Date(2020, 0, 1).getTime());
  expect(list.getState().cursor).toBe(1);
});

test('in a list that begins with the oldest it is the first of that day or after', async () => {
  const { client, list } = world();
  await list.getState().show(home);
  await list.getState().setFilter({ sort: 'oldest' });
  for (const [asked, found] of [
    [10, 10],
    [20, 23],
  ] as const) {
    await goToDay({ client, list }, day(asked));
    expect(list.getState().cursor).toBe(found);
  }
});

test('a list that has what is unread first is put in the order of time', async () => {
  const { client, list } = world();
  await list.getState().show(home);
  await list.getState().setFilter({ sort: 'unread' });
  await goToDay({ client, list }, day(10));
  expect(list.getState()).toMatchObject({ cursor: 10, filter: { sort: 'newest' } });
});
