import { afterEach, describe, expect, it, vi } from 'vitest';
import { asTxnId, type ChannelEvent } from '../../src-shared/model/index.ts';
import { Member } from '../../tests/simulators/telegram/member.ts';
import { called } from '../../tests/simulators/telegram/people.ts';
import type { Message, Peer } from '../../tests/simulators/telegram/world.ts';
import { conversationKey, messageKey } from './ids.ts';

vi.setConfig({ testTimeout: 120_000 });

const hana: Peer = { kind: 'user', id: called('hana') };
const forum: Peer = { kind: 'channel', id: 3 };
const drawings = conversationKey({ kind: 'channel', id: '3' }, 2);
const general = conversationKey({ kind: 'channel', id: '3' });
const keyOf = ({ peer, id }: Message) => messageKey({ kind: peer.kind, id: String(peer.id) }, id);
const { signal } = new AbortController();
const options = (name: string) => ({ txn: asTxnId(name), signal });
const patience = () => AbortSignal.timeout(60_000);

let member: Member | undefined;
afterEach(async () => {
  await member?.leave();
  member = undefined;
});
async function joined() {
  member = await Member.join();
  const { network } = member;
  const { session, record } = await member.connect();
  const told = (wanted: (event: ChannelEvent) => boolean) =>
    record.until(() => record.batches.some(({ events }) => events.some(wanted)), patience());
  const fact = (key: string, field: string) => record.memory.fact('conversation', key, field);
  const asked = (method: string) => network.ledger.of('asked').filter((one) => one.method === method).length;
  return { member, network, session, record, told, fact, asked };
}
const readUpTo = (message: Message) => (event: ChannelEvent) =>
  event.type === 'receipt' && event.by === 'me' && event.upTo === keyOf(message);

describe('a topic of a forum', () => {
  it('is read by itself, here and elsewhere, and known to be read after a restart', async () => {
    const { member, network, session, record, told, asked } = await joined();
    const { telling, world } = network;
    const [first, other] = [
      telling.post(forum, hana, { text: 'a', topic: 2 }),
      telling.post(forum, hana, { text: 'b' }),
    ];
    await record.until(() => record.memory.message(keyOf(other.message)) !== undefined, patience());
    await session.receipts.markRead({ message: keyOf(first.message), conversation: drawings }, options('read'));
    expect(world.topic(forum, 2).readInbox).toBe(first.message.id);
    expect(world.topic(forum, 1).readInbox).toBeLessThan(other.message.id);
    await session.receipts.markRead({ message: keyOf(other.message), conversation: general }, options('general'));
    expect(world.topic(forum, 1).readInbox).toBe(other.message.id);
    expect([asked('messages.ReadDiscussion'), asked('channels.ReadHistory')]).toEqual([2, 0]);

    const { message: second } = telling.post(forum, hana, { text: 'c', topic: 2 });
    await record.until(() => record.memory.message(keyOf(second)) !== undefined, patience());
    telling.readTopic(forum, 2, second.id);
    await told(readUpTo(second));
    await session.disconnect();

    const { message: third } = telling.post(forum, hana, { text: 'd', topic: 2 });
    const { message: unread } = telling.post(forum, hana, { text: 'e' });
    world.topic(forum, 2).readInbox = third.id;
    const again = await member.connect(record.memory);
    await again.record.until(() => again.record.batches.some(({ events }) => events.some(readUpTo(third))), patience());
    expect(again.record.batches.some(({ events }) => events.some(readUpTo(unread)))).toBe(false);
  });

  it('is muted by itself, here and elsewhere, and put away here alone', async () => {
    const { network, session, record, fact, asked } = await joined();
    const { telling, world } = network;
    await record.context.emit({ ...(await session.mute.set(drawings, true, options('mute'))), origin: 'live' });
    expect([world.topic(forum, 2).mutedUntil, world.dialog(forum).mutedUntil]).toEqual([2_147_483_647, 0]);
    expect([fact(drawings, 'muted'), fact(general, 'muted')]).toEqual([true, false]);
    const before = record.batches.length;
    telling.muted(forum, 2, 0);
    const unmuted = (event: ChannelEvent) =>
      event.type === 'conversation' && event.key === drawings && event.patch.muted === false;
    await record.until(() => record.batches.slice(before).some(({ events }) => events.some(unmuted)), patience());
    expect(fact(general, 'muted')).toBe(false);
    const { events } = await session.archive.set(drawings, true, options('archive'));
    expect(events).toMatchObject([{ type: 'conversation', key: drawings, patch: { archived: true } }]);
    expect([world.dialog(forum).archived, asked('folders.EditPeerFolders')]).toEqual([false, 0]);
  });

  it('is known by its name, however many there are, and muted with its forum', async () => {
    member = await Member.join();
    const { world } = member.network;
    const channel = world.channels.get(forum.id);
    if (!channel) throw new Error('there is no forum');
    const more = Array.from({ length: 240 }, (_, index) => ({ id: 1000 + index, title: `Topic ${index}` }));
    world.channels.set(forum.id, { ...channel, topics: [...channel.topics, ...more] });
    world.dialog(forum).mutedUntil = 2_147_483_647;
    const { record } = await member.connect();
    const titles = more.map(({ id }) => record.memory.fact('conversation', `n3/${id}`, 'title'));
    expect(titles).toEqual(more.map(({ title }) => title));
    expect(record.memory.fact('conversation', 'n3/1000', 'muted')).toBe(true);
  });
});

describe('an edit of Telegram', () => {
  it('that is not to be shown as one is told as none', async () => {
    const { network, record, told } = await joined();
    const { message } = network.telling.post(hana, hana, { text: 'as it was' });
    await record.until(() => record.memory.message(keyOf(message)) !== undefined, patience());
    network.telling.edit(message, { text: 'with a button', editHidden: true });
    await told((event) => event.type === 'edited' && event.target === keyOf(message) && event.quiet === true);
    network.telling.edit(message, { text: 'in other words' });
    await told((event) => event.type === 'edited' && event.target === keyOf(message) && event.quiet === undefined);
  });
});
