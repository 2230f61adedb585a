import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { PictureQuery } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asBlobRef, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { ala, letter, PretendNetwork } from '../testing/network.ts';
import { openWorld, type World } from '../testing/world.ts';

let clock: FakeClock;
let network: PretendNetwork;
let world: World;
let account: AccountId;
beforeEach(async () => {
  clock = fakeClock();
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
