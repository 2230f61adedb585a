import { describe, expect, it, vi } from 'vitest';
import { asConversationKey, asMessageKey, asTxnId, type ChannelEvent } from '../../src-shared/model/index.ts';
import { eachOnTelegram, forum, hana, keyOf, news, patience } from '../../tests/simulators/telegram/joined.ts';
import { Reactions } from './map/reactions.ts';
import type { Plain } from './remote/plain.ts';

vi.setConfig({ testTimeout: 120_000 });

const { signal } = new AbortController();
const { join, joined } = eachOnTelegram();

describe('reactions on Telegram', () => {
  it('that are only counted are told with the history, and my own with them', async () => {
    const member = await join();
    const [first, second] = member.network.world.messages(news);
    if (!first || !second) throw new Error('there is no news');
    member.network.telling.crowd(first, { '👍': 1200, '🔥': 3 });
    const { session, record } = await member.connect();
    await member.backfill({ session, record });
    expect(record.memory.countsOf(keyOf(first))).toEqual(['👍 1200', '🔥 3']);
    expect(record.memory.reactionsOf(keyOf(first))).toEqual([]);
    expect(record.memory.countsOf(keyOf(second))).toEqual([]);
    const target = { message: keyOf(first), conversation: asConversationKey('n50') };
    const set = (on: boolean) => session.react.set(target, '🔥', on, { txn: asTxnId(`fire ${on}`), signal });
    await record.context.emit({ ...(await set(true)), origin: 'live' });
    expect(record.memory.countsOf(keyOf(first))).toEqual(['👍 1200', '🔥 4, mine']);
    expect(record.memory.reactionsOf(keyOf(first))).toEqual(['me 🔥']);
    await record.context.emit({ ...(await set(false)), origin: 'live' });
    expect(record.memory.countsOf(keyOf(first))).toEqual(['👍 1200', '🔥 3']);
    expect(record.memory.reactionsOf(keyOf(first))).toEqual([]);
  });

  it('put and taken back while nobody looked are known once the conversation is in front, and go on being asked for', async () => {
    const member = await join();
    const { telling, world } = member.network;
    const [post] = world.messages(news);
    const { message } = telling.post(hana, hana, { text: 'Well?' });
    if (!post) throw new Error('there is no news');
    telling.unseen(message, hana.id, ['🔥']);
    const before = await member.connect();
    await member.backfill(before);
    expect(before.record.memory.reactionsOf(keyOf(message))).toEqual([`u${hana.id} 🔥`]);
    await before.session.disconnect();

    telling.unseen(message, hana.id, []);
    telling.crowd(post, { '👍': 7 });
    let round: () => void = () => undefined;
    const { session, record } = await member.connect(before.record.memory, (context) => ({
      ...context,
      clock: {
        ...context.clock,
        now: () => context.clock.now(),
        // The pause between two looks lasts until it is to end.
        sleep: (ms, stop) =>
          ms === 20_000
            ? new Promise((resolve, reject) => {
                round = resolve;
                stop?.addEventListener('abort', () => reject(stop.reason), { once: true });
              })
            : context.clock.sleep(ms, stop),
      },
    }));
    expect(record.memory.countsOf(keyOf(message))).toEqual(['🔥 1']);
    session.focus?.(asConversationKey(`u${hana.id}`));
    await record.until(() => record.memory.countsOf(keyOf(message)).length === 0, patience());

    session.focus?.(asConversationKey('n50'));
    await record.until(() => record.memory.countsOf(keyOf(post)).join() === '👍 7', patience());
    const { message: later } = telling.post(news, news, { text: 'Bulletin 14' });
    await record.until(() => record.memory.message(keyOf(later)) !== undefined, patience());
    telling.crowd(later, { '🎉': 2 });
    const asked = () => {
      round();
      return record.memory.countsOf(keyOf(later));
    };
    await expect.poll(asked, { timeout: 60_000 }).toEqual(['🎉 2']);
  });

  it('of many keep the names that only made room for others, and drop those there is no room for', async () => {
    const { member, network, session, record, arrived } = await joined();
    const { telling, world } = network;
    await member.backfill({ session, record });
    const { message } = telling.post(forum, hana, { text: 'Who comes?' });
    await arrived(message);
    const people = [...world.people.values()].filter(({ bot, id }) => !bot && id !== world.me.id).slice(0, 5);
    for (const { id } of people) telling.react(message, id, ['👍']);
    await record.until(() => record.memory.countsOf(keyOf(message)).join() === '👍 5', patience());
    expect(record.memory.reactionsOf(keyOf(message))).toHaveLength(5);
    telling.react(message, people[4]?.id ?? 0, []);
    await record.until(() => record.memory.countsOf(keyOf(message)).join() === '👍 4', patience());
    const three = people.slice(1, 4).map(({ id }) => `u${id} 👍`);
    expect(record.memory.reactionsOf(keyOf(message)).toSorted()).toEqual(three.toSorted());
  });

  it('told late do not undo what was told meanwhile, and say nothing of my own where they are told to everybody', () => {
    let now = 10_000;
    const reactions = new Reactions(() => now);
    const target = asMessageKey('m1');
    const told = (count: number, more: object = {}): Plain => ({
      _: 'MessageReactions',
      results: [{ _: 'ReactionCount', count, reaction: { _: 'ReactionEmoji', emoticon: '👍' }, ...more }],
    });
    const counted = (events: readonly ChannelEvent[]) =>
      events.flatMap((event) => (event.type === 'reaction-counts' ? [[event.counts[0]?.count, event.mine]] : []));
    const timesOf = (events: readonly ChannelEvent[]) => events.flatMap((event) => ('at' in event ? [event.at] : []));
    const first = reactions.events(target, told(2, { chosenOrder: 0 }), '1', 9000);
    expect(counted(first)).toEqual([[2, ['👍']]]);
    now = 10_500;
    const live = reactions.events(target, { ...told(3), min: true }, '1', 9000);
    expect(counted(live)).toEqual([[3, undefined]]);
    expect(Math.min(...timesOf(live))).toBeGreaterThan(Math.max(...timesOf(first)));
    // Asked for before, answered after.
    expect(reactions.events(target, told(2), '1', 10_200, 10_200)).toEqual([]);
    expect(counted(reactions.events(target, told(2), '1', 10_600, 10_600))).toEqual([[2, []]]);
    expect(counted(reactions.events(target, undefined, '1', 10_700))).toEqual([[undefined, []]]);
    expect(reactions.events(asMessageKey('m2'), undefined, '1', 10_700)).toEqual([]);
  });
});
