import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { PictureQuery } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asBlobRef, asUserKey, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { eventually } from '../testing/harness.ts';
import { ala, letter, PretendNetwork } from '../testing/network.ts';
import { openWorld, type World } from '../testing/world.ts';

const day = 86_400_000;
let fake: FakeClock;
/** Days that have gone by without anybody waking for them, ms. */
let later: number;
let clock: FakeClock;
let network: PretendNetwork;
let world: World;
let account: AccountId;
beforeEach(async () => {
  later = 0;
  fake = fakeClock();
  clock = { ...fake, now: () => fake.now() + later };
  network = new PretendNetwork();
  world = await openWorld(clock, network);
  account = await world.bench.login();
});
afterEach(() => world.bench.close());

const emit = async (...events: readonly ChannelEvent[]): Promise<void> =>
  world.acts.sessions.at(-1)?.context.emit({ events, origin: 'live' });
const pictured = async (avatar: string) => {
  const patch = { name: 'Ala', avatar: asBlobRef(avatar) };
  await emit({ type: 'user', key: ala, patch, at: clock.now() }, letter('a', { at: clock.now() }));
  const [one] = await world.bench.call('people.reach', { text: 'ala' });
  if (!one) throw new Error('nobody');
  return one;
};
const asked = () => network.done.filter((line) => line.startsWith('picture'));
const picture = (query: PictureQuery) => world.bench.call('people.picture', query);
/** What was asked for anew in the background is stored. */
const keptSince = (query: PictureQuery, at: number) =>
  eventually(async () => (await world.bench.store.query('people.pictured', query))?.kept?.fetchedAt === at);

it('a picture is fetched when somebody looks, once however many do, and stands in the view by a word of its own', async () => {
  const { identity, picture: word } = await pictured('face 1');
  expect(word).toBe('face 1');
  expect(asked()).toEqual([]);
  const [first, second] = await Promise.all([picture({ identity }), picture({ identity })]);
  expect(first).toEqual({
    mime: 'image/png',
    base64: Buffer.from('\x89PNG\r\n\x1a\nface 1', 'latin1').toString('base64'),
  });
  expect([second, await picture({ identity })]).toEqual([first, first]);
  expect(asked()).toEqual(['picture face 1']);

  await clock.advance(1000);
  expect((await pictured('face 2')).picture).toBe('face 2');
  expect((await picture({ identity }))?.base64).not.toBe(first?.base64);
  expect((await picture({ account, emoji: ':party:' }))?.mime).toBe('image/png');
  expect(asked()).toEqual(['picture face 1', 'picture face 2', 'picture :party:']);
});

it('what is gone or is no picture is none and not asked for again; what failed may be later', async () => {
  for (const ref of ['gone', 'page']) {
    const { identity } = await pictured(ref);
    expect([await picture({ identity }), await picture({ identity })]).toEqual([null, null]);
    await clock.advance(1000);
  }
  expect(asked()).toEqual(['picture gone', 'picture page']);
  network.refusals.push(new ChannelError('network', 'not-done', 'No answer.'));
  await expect(picture({ account, emoji: ':late:' })).rejects.toThrow('fetch-failed');
  expect(await picture({ account, emoji: ':late:' })).not.toBeNull();
  const [row] = (await world.bench.call('inbox.page', { view: 'inbox' })).rows;
  expect(row && (await picture({ conversation: row.id }))).toBeNull();
});

it('after a restart what was fetched stands without the network, also that there is none', async () => {
  const { identity } = await pictured('face 1');
  const face = await picture({ identity });
  await emit({
    type: 'user',
    key: asUserKey('bob'),
    patch: { name: 'Bob', avatar: asBlobRef('gone') },
    at: clock.now(),
  });
  const [bob] = await world.bench.call('people.reach', { text: 'bob' });
  if (!bob) throw new Error('nobody');
  expect(await picture({ identity: bob.identity })).toBeNull();
  expect(asked()).toEqual(['picture face 1', 'picture gone']);

  // With nobody connected.
  await world.bench.restart({ offline: true });
  expect(await picture({ identity })).toEqual(face);
  expect(await picture({ identity: bob.identity })).toBeNull();
  await expect(picture({ account, emoji: ':party:' })).rejects.toThrow('offline');
  expect(asked()).toHaveLength(2);
});

it('what is kept stands while it is asked for anew: a picture after a week, that there is none after two days', async () => {
  const emoji = { account, emoji: ':party:' };
  const none = { account, emoji: 'page' };
  const first = await picture(emoji);
  expect(await picture(none)).toBeNull();
  later += 2 * day;
  expect([await picture(emoji), await picture(none)]).toEqual([first, null]);
  await keptSince(none, clock.now());
  later += 5 * day;
  network.repaint = ' anew';
  expect(await picture(emoji)).toEqual(first);
  await keptSince(emoji, clock.now());
  const last = await picture(emoji);
  expect(Buffer.from(last?.base64 ?? '', 'base64').toString('latin1')).toContain(':party: anew');
  expect(asked()).toEqual(['picture :party:', 'picture page', 'picture page', 'picture :party:']);
});

it('what cannot be fetched anew, or by this login, takes nothing away', async () => {
  const emoji = { account, emoji: ':party:' };
  const first = await picture(emoji);
  later += 8 * day;
  network.refusals.push(new ChannelError('auth', 'refused', 'Log in again.'));
  expect(await picture(emoji)).toEqual(first);
  await eventually(() => network.refusals.length === 0);
  await eventually(async () => {
    expect(await picture(emoji)).toEqual(first);
    return asked().length === 2;
  });
  await keptSince(emoji, clock.now());
});

it('a network tells its own emoji to whoever may pick one; none while it is in trouble', async () => {
  const own = () => world.bench.call('people.ownEmoji', { account });
  expect(await own()).toEqual([':party:']);
  network.refusals.push(new ChannelError('network', 'not-done', 'No answer.'));
  expect([await own(), await own()]).toEqual([[], [':party:']]);
});

it('who is there is told to whoever asks, as long as the network says', async () => {
  const there = { by: ala, state: 'online' } as const;
  await emit({ type: 'presence', ...there, until: clock.now() + 60_000 });
  expect(await world.bench.call('people.presence', {})).toMatchObject([{ account, key: ala, state: 'online' }]);
  await clock.advance(61_000);
  expect(await world.bench.call('people.presence', {})).toEqual([]);
});
