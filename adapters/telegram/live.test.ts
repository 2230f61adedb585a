import { Api } from 'teleproto/tl/index.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Clock, SessionContext } from '../../src-shared/channel.ts';
import { Member } from '../../tests/simulators/telegram/member.ts';
import { called } from '../../tests/simulators/telegram/people.ts';
import { long } from '../../tests/simulators/telegram/tl.ts';
import type { Message, Peer } from '../../tests/simulators/telegram/world.ts';
import type { Memory, Recorder } from '../_kit/testing/index.ts';
import { messageKey } from './ids.ts';

vi.setConfig({ testTimeout: 120_000 });

const hana: Peer = { kind: 'user', id: called('hana') };
const forum: Peer = { kind: 'channel', id: 3 };
const keyOf = ({ peer, id }: Message) => messageKey({ kind: peer.kind, id: String(peer.id) }, id);
const patience = () => AbortSignal.timeout(60_000);
const texts = (memory: Memory): readonly string[] =>
  memory.messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'text' ? [part.plain ?? part.text] : [])),
  );
const arrives = (record: Recorder, ...messages: readonly Message[]) =>
  record.until(() => messages.every((one) => record.memory.message(keyOf(one))), patience());
/** How often a message was told as news. */
const told = (record: Recorder, message: Message) =>
  record.batches
    .filter(({ origin }) => origin === 'live')
    .flatMap(({ events }) => events)
    .filter((event) => event.type === 'message' && event.message.key === keyOf(message)).length;

let member: Member | undefined;
afterEach(async () => {
  await member?.leave();
  member = undefined;
});
const joined = async (change?: (context: SessionContext) => SessionContext) => {
  member = await Member.join();
  return { member, network: member.network, ...(await member.connect(undefined, change)) };
};
/** Whoever waits less than a second waits for ever: what is still missing then is never asked for. */
const patient = (context: SessionContext): SessionContext => {
  const { clock } = context;
  const sleep: Clock['sleep'] = (ms, signal) => clock.sleep(ms < 1000 ? 3_600_000 : ms, signal);
  return { ...context, clock: { ...clock, sleep } };
};
const post = (network: Member['network'], peer: Peer, text: string, from: Peer = hana) =>
  network.telling.post(peer, from, { text }).message;

describe('following Telegram', () => {
  it('closes a gap by asking for the difference, and tells everything once', async () => {
    const { network, record } = await joined();
    network.faults.mishaps('drop');
    const lost = post(network, hana, 'lost on the way');
    const after = post(network, hana, 'after it');
    await arrives(record, lost, after);
    expect([told(record, lost), told(record, after)]).toEqual([1, 1]);
    expect(network.ledger.of('asked').filter(({ method }) => method === 'updates.GetDifference')).toHaveLength(1);
  });

  it('closes a gap of a channel by the difference of that channel', async () => {
    const { network, record } = await joined();
    network.faults.mishaps('drop');
    const lost = post(network, forum, 'lost in the forum');
    const after = post(network, forum, 'after it in the forum');
    await arrives(record, lost, after);
    expect(told(record, lost)).toBe(1);
    expect(network.ledger.of('asked').some(({ method }) => method === 'updates.GetChannelDifference')).toBe(true);
  });

  it('loses nothing of a channel that comes out of sequence', async () => {
    const { network, record } = await joined();
    const numbered = (seq: number, peer: Peer, text: string) => {
      network.faults.mishaps('drop');
      const { message, updates } = network.telling.post(peer, hana, { text });
      updates.seq = seq;
      for (const one of network.connections) one.push(updates);
      return message;
    };
    await arrives(record, numbered(5, hana, 'in sequence'), numbered(9, forum, 'ahead of it'));
  });

  it('is told what was said in a channel it was shut out of once it is back in it', async () => {
    const { network, record } = await joined();
    const limits = () => JSON.stringify(record.memory.fact('conversation', `n${forum.id}`, 'limits'));
    network.faults.next('updates.GetChannelDifference', { is: 'error', code: 400, message: 'CHANNEL_PRIVATE' });
    network.faults.mishaps('drop');
    const missed = [post(network, forum, 'at the door'), post(network, forum, 'behind it')];
    await record.until(() => limits().includes('no longer in it'), patience());
    network.telling.rights(forum, {});
    await record.until(() => limits() === '{}', patience());
    await arrives(record, ...missed, post(network, forum, 'through it'));
  });

  it('tells what comes twice once, and what comes in the wrong order in the right one without asking', async () => {
    const { network, record } = await joined(patient);
    network.faults.mishaps('duplicate', 'swap');
    const twice = post(network, hana, 'said once');
    const first = post(network, hana, 'first');
    const second = post(network, hana, 'second');
    await arrives(record, twice, first, second);
    expect(told(record, twice)).toBe(1);
    const order = texts(record.memory);
    expect(order.indexOf('first')).toBeLessThan(order.indexOf('second'));
    expect(network.ledger.of('asked').some(({ method }) => method === 'updates.GetDifference')).toBe(false);
  });

  it('comes back after a broken connection and misses nothing, in chats and channels', async () => {
    const { network, record } = await joined();
    network.disconnect();
    const [chat, channel] = [post(network, hana, 'while away'), post(network, forum, 'while away in the forum')];
    await arrives(record, chat, channel);
    await record.until(() => record.states.at(-1)?.is === 'online', patience());
    expect(record.states.some(({ is }) => is === 'offline')).toBe(true);
    const more = post(network, hana, 'back again');
    await arrives(record, more);
  });

  it('is told after a restart, slice by slice, what happened meanwhile', async () => {
    const { member, network, record, session } = await joined();
    await session.disconnect();
    network.faults.slice = 3;
    const missed = Array.from({ length: 8 }, (_, index) => post(network, hana, `missed ${index}`));
    const [gone, changed] = [post(network, hana, 'taken back'), post(network, hana, 'missed too')];
    network.telling.remove(hana, [gone.id]);
    network.telling.edit(changed, { text: 'missed, and changed' });
    const { record: again } = await member.connect(record.memory);
    await arrives(again, ...missed, changed);
    expect(JSON.stringify(again.memory.content(keyOf(changed)))).toContain('and changed');
    expect(again.memory.isRemoved(keyOf(gone))).toBe(true);
  });

  it('looks at histories again when too much happened to be told', async () => {
    const { member, network, record, session } = await joined();
    await session.disconnect();
    network.faults.tooLong = true;
    network.faults.channelTooLong = true;
    const chat = post(network, hana, 'too much of it');
    const channel = post(network, forum, 'too much in the forum');
    const { record: again, session: second } = await member.connect(record.memory);
    const gaps = again.batches.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'gap' ? [event.scope] : [])),
    );
    expect(gaps).toEqual(expect.arrayContaining([`u${hana.id}`, `n${forum.id}`]));
    await member.backfill({ session: second, record: again });
    expect(again.memory.message(keyOf(chat))).toBeDefined();
    expect(again.memory.message(keyOf(channel))).toBeDefined();
    const next = post(network, hana, 'and on it goes');
    await arrives(again, next);
  });

  it('tells edits, removals, reactions, reading and typing', async () => {
    const { member, network, record, session } = await joined();
    await member.backfill({ session, record });
    const { telling, world } = network;
    const message = post(network, hana, 'to be changed');
    const gone = post(network, hana, 'to be removed');
    await arrives(record, message, gone);
    telling.edit(message, { text: 'changed' });
    telling.remove(hana, [gone.id]);
    telling.react(message, hana.id, ['🔥']);
    telling.typing(hana.id);
    await record.until(() => record.memory.isRemoved(keyOf(gone)), patience());
    await record.until(() => record.memory.reactionsOf(keyOf(message)).length > 0, patience());
    expect(JSON.stringify(record.memory.content(keyOf(message)))).toContain('"changed"');
    expect(record.memory.reactionsOf(keyOf(message))).toEqual([`u${hana.id} 🔥`]);
    telling.react(message, hana.id, []);
    await record.until(() => record.memory.reactionsOf(keyOf(message)).length === 0, patience());
    const mine = world.messages(hana).findLast(({ out }) => out);
    telling.seen(hana, mine?.id ?? 0);
    const events = () => record.batches.flatMap(({ events: all }) => all);
    await record.until(
      () =>
        events().some(
          (event) => event.type === 'receipt' && event.by === `u${hana.id}` && mine && event.upTo === keyOf(mine),
        ),
      patience(),
    );
    expect(events().some((event) => event.type === 'typing' && event.by === `u${hana.id}`)).toBe(true);
  });

  it('looks at a poll again when others have voted', async () => {
    const { member, network, record, session } = await joined();
    await member.backfill({ session, record });
    const poll = network.world.messages(hana).find(({ media }) => media?.className === 'MessageMediaPoll');
    if (!poll) throw new Error('there is no poll');
    const votes = () =>
      record.memory
        .content(keyOf(poll))
        ?.parts.flatMap((part) => (part.kind === 'poll' ? part.options.map((one) => one.votes ?? 0) : []));
    network.telling.voted(poll, [1, 0]);
    network.telling.voted(poll, [1, 1]);
    network.telling.voted(poll, [2, 1]);
    await record.until(() => String(votes()) === '2,1', patience());
  });

  it('keeps topics of a forum apart, with their names', async () => {
    const { network, record } = await joined();
    const { message } = network.telling.post(forum, hana, { text: 'about drawings', topic: 2 });
    await arrives(record, message);
    expect(record.memory.message(keyOf(message))?.conversation).toBe('n3/2');
    expect(record.memory.fact('conversation', 'n3/2', 'title')).toBe('Drawings');
    expect(record.memory.fact('conversation', 'n50', 'limits')).toMatchObject({ readOnly: expect.any(String) });
  });

  it('follows a channel that was joined elsewhere while nobody was here', async () => {
    const { member, network, record, session } = await joined();
    await session.disconnect();
    const tides: Peer = { kind: 'channel', id: 60 };
    network.world.channels.set(60, { id: 60, hash: 61, title: 'Tides', kind: 'broadcast', topics: [] });
    network.telling.recall(tides, tides, { text: 'High water', at: network.world.now() });
    const { record: again } = await member.connect(record.memory);
    network.telling.passing(new Api.UpdateChannelTooLong({ channelId: long(60) }));
    network.faults.mishaps('drop');
    await arrives(again, post(network, tides, 'Falling', tides), post(network, tides, 'Low water', tides));
  });

  it('believes what is told last, whatever the clock of this machine says', async () => {
    const { network, record } = await joined((context) => {
      const { clock } = context;
      return { ...context, clock: { ...clock, now: () => clock.now() + 3_600_000 } };
    });
    for (const muted of [true, false, true]) {
      network.telling.muted(hana, undefined, muted ? 2_147_483_647 : 0);
      await record.until(() => record.memory.fact('conversation', `u${hana.id}`, 'muted') === muted, patience());
    }
  });

  it('meets a conversation that begins now, with its people and its history', async () => {
    const { network, record } = await joined();
    const ewa: Peer = { kind: 'user', id: called('ewa') };
    const known = record.memory.scopes.has(`u${ewa.id}`);
    const message = network.telling.short(ewa.id, 'a new talk');
    await arrives(record, message);
    expect(known).toBe(false);
    expect(record.memory.scopes.has(`u${ewa.id}`)).toBe(true);
    expect(record.memory.fact('conversation', `u${ewa.id}`, 'title')).toBe('Ewa Morgan');
  });

  it('asks for a new login when the session was ended elsewhere or its key is not known any more', async () => {
    const { member, network, record, session } = await joined();
    network.revoke();
    network.disconnect();
    await record.until(() => record.states.at(-1)?.is === 'needs-login', patience());
    await session.disconnect();
    network.forgetKeys();
    const { record: again } = await member.connect(record.memory);
    expect(again.states.at(-1)).toMatchObject({ is: 'needs-login', code: 'auth' });
    expect(again.memory.messages.length).toBeGreaterThan(0);
  });

  it('waits as long as Telegram asks while catching up, and then goes on', async () => {
    const { member, network, record, session } = await joined();
    await session.disconnect();
    const missed = post(network, hana, 'behind the wait');
    network.faults.flood('updates.GetDifference', 1);
    const before = performance.now();
    const { record: again } = await member.connect(record.memory);
    await arrives(again, missed);
    // A timer counts whole milliseconds and may be early by one.
    expect(performance.now() - before).toBeGreaterThan(990);
    const asked = network.ledger.of('asked').filter(({ method }) => method === 'updates.GetDifference');
    expect(asked).toHaveLength(2);
  });

  it('survives a server in trouble while catching up', async () => {
    const { member, network, record, session } = await joined();
    await session.disconnect();
    const missed = post(network, hana, 'behind the trouble');
    network.faults.next('updates.GetDifference', { is: 'error', code: 500, message: 'INTERNAL' });
    const { record: again } = await member.connect(record.memory);
    await arrives(again, missed);
    expect(again.states.map(({ is }) => is)).toContain('offline');
  });
});
