import { expect, test } from 'vitest';
import type { ListQuery } from '../../../src-shared/ipc/index.ts';
import { asUserKey } from '../../../src-shared/model/index.ts';
import { at, mail, Scene } from '../testing/scene.ts';

/** Mails m1..mN a minute apart; every third is read, every fourth starred. */
function scene(count: number): Scene {
  const scene = new Scene('mail');
  scene.tell(
    ...Array.from({ length: count }, (_, index) =>
      mail(`m${index + 1}`, {
        at: at(index + 1),
        flags: { read: (index + 1) % 3 === 0, starred: (index + 1) % 4 === 0 },
      }),
    ),
  );
  return scene;
}
const page = (scene: Scene, query: Partial<ListQuery>) =>
  scene.store.query('list.page', { view: 'inbox', sort: 'newest', limit: 5, ...query });
const times = (rows: readonly { readonly lastAt: number }[]) => rows.map((row) => (row.lastAt - at(0)) / 60_000);

test('V-5: pages lead there and back again, in each order', () => {
  const there = scene(23);
  for (const sort of ['newest', 'oldest', 'unread'] as const) {
    const pages = [page(there, { sort })];
    for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
      pages.push(page(there, { sort, cursor: next }));
    expect(pages.map(({ rows }) => rows.length)).toEqual([5, 5, 5, 5, 3]);
    const all = times(pages.flatMap(({ rows }) => rows));
    expect(new Set(all).size).toBe(23);
    expect(pages[0]?.previous).toBeUndefined();
    let back = pages.at(-1)?.previous;
    for (const before of pages.slice(0, -1).toReversed()) {
      const again = page(there, { sort, cursor: back, back: true });
      expect(times(again.rows)).toEqual(times(before.rows));
      back = again.previous;
    }
    expect(back).toBeUndefined();
    for (const offset of [1, 7, 20]) {
      const jumped = page(there, { sort, offset });
      expect(times(jumped.rows)).toEqual(all.slice(offset, offset + 5));
      expect(jumped.previous).toBeDefined();
    }
  }
});

test('unread first: all that is unread, newest first, then the rest', () => {
  const rows = page(scene(9), { sort: 'unread', limit: 50 }).rows;
  expect(times(rows)).toEqual([8, 7, 5, 4, 2, 1, 9, 6, 3]);
});

test('a jump over several accounts lands where walking would', () => {
  const here = scene(6);
  const { account } = here.store.command('account.save', {
    channel: 'other',
    inboxIsLabel: false,
    description: { key: asUserKey('me@other.example'), label: 'Other', identities: [], config: {} },
  });
  const events = Array.from({ length: 6 }, (_, index) =>
    mail(`o${index}`, { at: at(index + 1) + 30_000, placements: [] }),
  );
  here.store.command('ingest', { account, batch: { origin: 'history', events } });
  const all = page(here, { limit: 50 }).rows.map((row) => row.id);
  expect(all).toHaveLength(12);
  for (const sort of ['newest', 'oldest', 'unread'] as const) {
    const walked = page(here, { sort, limit: 50 }).rows.map((row) => row.id);
    expect(page(here, { sort, offset: 7 }).rows.map((row) => row.id)).toEqual(walked.slice(7, 12));
  }
  expect(here.store.query('list.total', { view: 'inbox', channel: 'other' })).toBe(6);
  expect(page(here, { channel: 'other', limit: 50 }).rows).toHaveLength(6);
});

test('filters hold together, for pages, totals and all ids alike', () => {
  const here = scene(24);
  const [label] = here.store.query('labels', {}).filter((one) => one.role === 'inbox');
  const [someone] = here.store.query('people.find', { text: 'Ada', limit: 1 });
  if (!label || !someone) throw new Error('no inbox, or nobody in it');
  const filters: readonly Partial<ListQuery>[] = [
    {},
    { unread: true },
    { unread: false, starred: true },
    { view: undefined, label: label.id, starred: true },
    { view: undefined, label: label.id, person: someone.id, unread: true, channel: 'test' },
    { view: undefined, person: someone.id, starred: true },
  ];
  const sizes = filters.map((filter) => {
    const rows = page(here, { limit: 100, ...filter }).rows;
    const query = { view: 'inbox' as const, ...filter };
    expect(here.store.query('list.total', query)).toBe(rows.length);
    expect(new Set(here.store.query('list.ids', query))).toEqual(new Set(rows.map((row) => row.id)));
    return rows.length;
  });
  expect(sizes).toEqual([24, 16, 2, 6, 16, 6]);
  expect(here.store.query('list.total', { label: label.id, channel: 'elsewhere' })).toBe(0);
});

test('what is newer than a time is counted as walking would find it', () => {
  const here = scene(23);
  for (const minute of [0, 1, 7, 22, 23, 50])
    for (const filter of [{}, { unread: true }]) {
      const than = at(minute);
      const newer = page(here, { ...filter, limit: 100 }).rows.filter((row) => row.lastAt > than);
      expect(here.store.query('list.newer', { view: 'inbox', ...filter, than })).toBe(newer.length);
    }
});

test('of some named, a page has those that belong to the list', () => {
  const here = scene(9);
  const [first, second, third] = page(here, {}).rows;
  if (!first || !second || !third) throw new Error('too few');
  here.store.command('conversation.local', { conversations: [second.id], snoozedUntil: at(5000) });
  const only = [third.id, second.id, first.id];
  expect(page(here, { only }).rows.map((row) => row.id)).toEqual([first.id, third.id]);
});

test('V-6: what is kept to come back to is counted whole, the rest by what is unread', () => {
  const here = scene(24);
  const { views } = here.store.query('list.counts', {});
  expect(views.inbox).toBe(16);
  expect(views.unread).toBe(16);
  expect(views.starred).toBe(6);
  const [row] = page(here, {}).rows;
  if (!row) throw new Error('nothing there');
  here.store.command('conversation.local', { conversations: [row.id], snoozedUntil: at(5000) });
  expect(here.store.query('list.counts', {}).views.snoozed).toBe(1);
});

test('V-6: what is before the eyes counts as read, whether it is by now or not', () => {
  const here = scene(24);
  const rows = page(here, { limit: 100 }).rows;
  const [unread, read] = [rows.find((row) => row.unread > 0), rows.find((row) => row.unread === 0)];
  if (!unread || !read) throw new Error('not both there');
  const all = here.store.query('list.counts', {});
  expect(here.store.query('list.counts', { reading: read.id })).toEqual(all);
  expect(here.store.query('list.counts', { reading: unread.id })).toEqual({
    ...all,
    views: { ...all.views, inbox: 15, unread: 15 },
    accounts: all.accounts.map(({ id, unread: n }) => ({ id, unread: id === unread.account ? n - 1 : n })),
  });
});
