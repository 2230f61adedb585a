import { Api } from 'teleproto/tl/index.js';
import { describe, expect, it, vi } from 'vitest';
import { asTxnId, type ChannelEvent } from '../../src-shared/model/index.ts';
import { eachOnTelegram, forum, hana, keyOf, patience } from '../../tests/simulators/telegram/joined.ts';
import type { Message } from '../../tests/simulators/telegram/world.ts';
import { conversationKey } from './ids.ts';

vi.setConfig({ testTimeout: 120_000 });

const peer = { kind: 'channel', id: '3' } as const;
const drawings = conversationKey(peer, 2);
const general = conversationKey(peer);
const forEver = 2_147_483_647;
const { signal } = new AbortController();
const options = (name: string) => ({ txn: asTxnId(name), signal });
const { join, joined } = eachOnTelegram();
const readUpTo = (message: Message) => (event: ChannelEvent) =>
  event.type === 'receipt' && event.by === 'me' && event.upTo === keyOf(message);

describe('a topic of a forum', () => {
  it('is read by itself, here and elsewhere, and known to be read after a restart', async () => {
    const { member, network, session, record, told, arrived, asked } = await joined();
    const { telling, world } = network;
    const [first, other] = [
      telling.post(forum, hana, { text: 'a', topic: 2 }),
      telling.post(forum, hana, { text: 'b' }),
    ];
    await arrived(other.message);
    await session.receipts.markRead({ message: keyOf(first.message), conversation: drawings }, options('read'));
    expect(world.topic(forum, 2).readInbox).toBe(first.message.id);
    expect(world.topic(forum, 1).readInbox).toBeLessThan(other.message.id);
    await session.receipts.markRead({ message: keyOf(other.message), conversation: general }, options('general'));
    expect(world.topic(forum, 1).readInbox).toBe(other.message.id);
    expect([asked('messages.ReadDiscussion'), asked('channels.ReadHistory')]).toEqual([2, 0]);

    const { message: second } = telling.post(forum, hana, { text: 'c', topic: 2 });
    await arrived(second);
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
    const muted = (key: string) => fact('conversation', key, 'muted');
    await record.context.emit({ ...(await session.mute.set(drawings, true, options('mute'))), origin: 'live' });
    expect([world.topic(forum, 2).mutedUntil, world.dialog(forum).mutedUntil]).toEqual([2_147_483_647, 0]);
    expect([muted(drawings), muted(general)]).toEqual([true, false]);
    telling.muted(forum, 2, 0);
    await record.until(() => muted(drawings) === false, patience());
    expect(muted(general)).toBe(false);
    const { events } = await session.archive.set(drawings, true, options('archive'));
    expect(events).toMatchObject([{ type: 'conversation', key: drawings, patch: { archived: true } }]);
    expect([world.dialog(forum).archived, asked('folders.EditPeerFolders')]).toEqual([false, 0]);
  });

  it('goes with its forum where it has no setting of its own, also one that was just opened', async () => {
    const { network, session, record, fact, arrived } = await joined();
    const { telling } = network;
    const opened = (title: string) => {
      const action = new Api.MessageActionTopicCreate({ title, iconColor: 0 });
      return telling.post(forum, hana, { action }).message;
    };
    const fields = (field: string, ...topics: readonly Message[]) =>
      [general, drawings, ...topics.map(({ id }) => conversationKey(peer, id))].map((key) =>
        fact('conversation', key, field),
      );
    const settled = (field: string, all: readonly boolean[], ...topics: readonly Message[]) =>
      record.until(() => fields(field, ...topics).join() === all.join(), patience());
    telling.muted(forum, undefined, forEver);
    await settled('muted', [true, true]);
    const late = opened('Late');
    await arrived(late);
    expect(fields('muted', late)).toEqual([true, true, true]);
    telling.muted(forum, 2, 0);
    await settled('muted', [true, false, true], late);
    telling.muted(forum, 2, undefined);
    await settled('muted', [true, true, true], late);
    telling.muted(forum, late.id, forEver);
    await settled('muted', [true, true, true], late);
    telling.muted(forum, undefined, 0);
    await settled('muted', [false, false, true], late);
    const { events } = await session.mute.set(general, true, options('mute'));
    expect(events.map((event) => event.type === 'conversation' && event.key)).toEqual([general, drawings]);
    for (const on of [true, false]) {
      telling.folder(forum, on);
      await settled('archived', [on, on, on], late);
    }
  });

  it('is known by its name, however many there are, and muted with its forum', async () => {
    const member = await join();
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
    const { network, told, arrived } = await joined();
    const { message } = network.telling.post(hana, hana, { text: 'as it was' });
    await arrived(message);
    network.telling.edit(message, { text: 'with a button', editHidden: true });
    await told((event) => event.type === 'edited' && event.target === keyOf(message) && event.quiet === true);
    network.telling.edit(message, { text: 'in other words' });
    await told((event) => event.type === 'edited' && event.target === keyOf(message) && event.quiet === undefined);
  });
});
