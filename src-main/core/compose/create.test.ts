import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { type AccountId, asUserKey, type ChannelEvent, type ConversationId } from '../../../src-shared/model/index.ts';
import { eventually } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';
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
const arrive = async (id: string): Promise<ConversationId> => {
  await emit(letter(id, { at: clock.now() }));
  const [row] = (await world.bench.call('inbox.page', { view: 'inbox' })).rows;
  if (!row) throw new Error('The inbox is empty');
  return row.id;
};
const members = [asUserKey('ala@example.org'), asUserKey('ola@example.org')];

describe('a conversation', () => {
  it('is begun on the network and stands here at once, the same one every time', async () => {
    const { conversation } = await world.bench.call('conversation.create', { account, title: 'Roof', members });
    expect(network.done).toContain('group Roof ala@example.org,ola@example.org');
    expect(await world.bench.call('conversation.get', { conversation })).toMatchObject({
      title: 'Roof',
      kind: 'group',
      members: [{ key: 'ala@example.org' }, { key: 'ola@example.org' }],
    });
    const again = await world.bench.call('conversation.create', { account, members });
    expect(again.conversation).toBe(conversation);
  });

  it('is not begun with more people than the network takes', async () => {
    const many = [...members, asUserKey('ula@example.org')];
    await expect(world.bench.call('conversation.create', { account, members: many })).rejects.toThrow('refused');
    expect(network.done.filter((line) => line.startsWith('group'))).toEqual([]);
  });

  it('needs the account to be connected', async () => {
    await world.bench.call('accounts.update', { account, paused: true });
    await expect(world.bench.call('conversation.create', { account, members })).rejects.toThrow('offline');
  });
});

describe('a message', () => {
  it('is pinned at once here, then there, and stays so', async () => {
    const conversation = await arrive('a');
    const [message] = (await world.bench.call('conversation.page', { conversation })).messages;
    if (!message) throw new Error('no message');
    await world.bench.call('act.pinMessage', { message: message.id, on: true });
    const pinned = async () => (await world.bench.call('conversation.pins', { conversation })).map(({ id }) => id);
    expect(await pinned()).toEqual([message.id]);
    await eventually(() => network.done.includes('pin a@example.org true'));
    await eventually(async () => (await world.bench.call('app.stats', {})).outboxWaiting === 0);
    expect(await pinned()).toEqual([message.id]);
    // Of what is said at the same time, "pinned" wins.
    await clock.advance(1000);
    await world.bench.call('act.pinMessage', { message: message.id, on: false });
    expect(await pinned()).toEqual([]);
    await eventually(() => network.done.includes('pin a@example.org false'));
  });
});

describe('somebody', () => {
  it('is there as long as the network says, and windows are told', async () => {
    const conversation = await arrive('a');
    const [person] = (await world.bench.call('conversation.get', { conversation }))?.members ?? [];
    if (!person) throw new Error('nobody');
    await emit({ type: 'presence', by: person.key, state: 'online', until: clock.now() + 60_000 });
    const presence = async () => (await world.bench.call('conversation.get', { conversation }))?.presence;
    expect(await presence()).toMatchObject([{ key: person.key, state: 'online' }]);
    expect(world.bench.heard.filter(({ event }) => event === 'presence')).toHaveLength(1);
    await clock.advance(61_000);
    expect(await presence()).toBeUndefined();
  });
});
