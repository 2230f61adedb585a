import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { type AccountId, asMessageKey } from '../../../src-shared/model/index.ts';
import { eventually } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';
import { openWorld, type World } from '../testing/world.ts';

let clock: FakeClock;
let world: World;
let account: AccountId;
beforeEach(async () => {
  clock = fakeClock();
  world = await openWorld(clock, new PretendNetwork());
  account = await world.bench.login();
});
afterEach(() => world.bench.close());

type Event = Parameters<NonNullable<World['acts']['sessions'][number]>['context']['emit']>[0]['events'][number];
const emit = async (...events: readonly Event[]): Promise<void> =>
  world.acts.sessions.at(-1)?.context.emit({ events, origin: 'live' });
const arrive = (id: string): Promise<void> => emit(letter(id, { at: clock.now(), ref: `1:${id}` }));
const heard = (event: 'notify' | 'unnotify') =>
  world.bench.heard.filter((one) => one.event === event).map(({ payload }) => payload);
/** Changes are told once a frame. */
const withdrawn = async (count: number): Promise<boolean> => {
  await clock.advance(20);
  return heard('unnotify').length === count;
};
const listed = () => world.bench.call('notifications.list', {});
/** Whatever was to be told before has been told once this one is. */
const marker = async (): Promise<void> => {
  await world.bench.call('settings.set', { patch: { notifyRules: {}, quietHours: null } });
  await arrive('marker');
  await eventually(() => JSON.stringify(heard('notify')).includes('Text of marker'));
};

describe('a notice', () => {
  it('is kept for the notification centre and taken back when the message is read elsewhere', async () => {
    await arrive('a');
    await eventually(() => heard('notify').length === 1);
    const { groups, messages } = await listed();
    expect(messages).toBe(1);
    expect(groups[0]?.messages).toMatchObject([{ author: 'Ala Nowak', preview: 'Text of a' }]);
    await emit({ type: 'flags', target: asMessageKey('a@example.org'), flags: { read: true }, at: clock.now() + 1 });
    await eventually(() => withdrawn(1));
    expect(heard('unnotify')).toEqual([{ messages: [groups[0]?.messages[0]?.message] }]);
    expect((await listed()).messages).toBe(0);
  });

  it('is not given for what was read elsewhere by the time it came, and not twice', async () => {
    await emit(letter('a', { at: clock.now(), ref: '1:a', flags: { read: true } }));
    await arrive('b');
    await arrive('b');
    await marker();
    expect(heard('notify')).toMatchObject([{ body: 'Text of b' }, { body: 'Text of marker' }]);
  });

  it('is neither given nor kept where a rule says off, or says mentions and nobody was mentioned', async () => {
    for (const mode of ['off', 'mentions'] as const) {
      await world.bench.call('settings.set', { patch: { notifyRules: { [`account:${account}`]: { mode } } } });
      await arrive(mode);
      await eventually(async () => (await listed()).messages === 0 && world.bench.commits('notifications.clear') > 0);
    }
    await marker();
    expect(heard('notify')).toMatchObject([{ body: 'Text of marker' }]);
  });

  it('does not ring in quiet hours, and waits in the centre', async () => {
    await world.bench.call('settings.set', { patch: { quietHours: { from: 0, to: 1440 } } });
    await arrive('a');
    expect((await listed()).messages).toBe(1);
    await world.bench.call('settings.set', {
      patch: { notifyRules: { [`account:${account}`]: { mode: 'on', quiet: 'never' } } },
    });
    await arrive('b');
    await eventually(() => heard('notify').length === 1);
    expect(heard('notify')).toMatchObject([{ body: 'Text of b' }]);
    expect((await listed()).messages).toBe(2);
  });

  it('is given to each of a few, and in a storm to the newest of what came within two seconds', async () => {
    const bodies = () => heard('notify').map((notice) => (notice as { readonly body: string }).body);
    for (let n = 1; n <= 6; n++) {
      await arrive(`m${n}`);
      await eventually(() => heard('notify').length === n);
    }
    for (let n = 7; n <= 20; n++) await arrive(`m${n}`);
    expect((await listed()).messages).toBe(20);
    expect(bodies()).toHaveLength(6);
    await clock.advance(2_000);
    await eventually(() => heard('notify').length === 9);
    expect(bodies().slice(6)).toEqual(['Text of m18', 'Text of m19', 'Text of m20']);
  });

  it('is taken back when it is put away or its conversation is done', async () => {
    await arrive('a');
    await arrive('b');
    await eventually(() => heard('notify').length === 2);
    const [first, second] = (await listed()).groups;
    if (!first || !second) throw new Error('two were expected');
    await world.bench.call('notifications.clear', { conversations: [first.conversation.id] });
    await eventually(() => withdrawn(1));
    await world.bench.call('act.archive', { conversations: [second.conversation.id], on: true });
    await eventually(() => withdrawn(2));
    expect((await listed()).groups).toEqual([]);
  });
});

describe('a rule for a person', () => {
  it('goes with them when they are merged into another', async () => {
    await arrive('a');
    await emit({
      type: 'message',
      message: {
        key: asMessageKey('z@example.org'),
        links: ['z@example.org'],
        from: { is: 'user', key: 'zed@example.org' as never, name: 'Zed' },
        at: clock.now(),
        parts: [{ kind: 'text', format: 'plain', text: 'Hello' }],
      },
    });
    const { people } = await world.bench.call('people.page', { sort: 'name' });
    const [ala, zed] = people;
    if (!ala || !zed) throw new Error('two people were expected');
    await world.bench.call('settings.set', { patch: { notifyRules: { [`person:${zed.id}`]: { mode: 'off' } } } });
    await world.bench.call('people.merge', { into: ala.id, from: zed.id });
    const { notifyRules } = await world.bench.call('settings.get', {});
    expect(notifyRules).toEqual({ [`person:${ala.id}`]: { mode: 'off' } });
    await expect(world.bench.call('people.merge', { into: ala.id, from: zed.id })).rejects.toThrow('not-found');
    await expect(world.bench.call('people.merge', { into: ala.id, from: ala.id })).rejects.toThrow('invalid-input');
  });
});
