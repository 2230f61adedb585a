import { describe, expect, it } from 'vitest';
import type { SendOptions } from '../../src-shared/channel.ts';
import { asTxnId, asUserKey, type ChannelEvent, type OutgoingMessage } from '../../src-shared/model/index.ts';
import { driveLogin, fakeClock, Memory, type Recorder, recorder } from '../_kit/testing/index.ts';
import { demo } from './index.ts';
import type { NetworkId } from './networks.ts';
import { conversationKey } from './world/build.ts';

const second = 1000;
async function begin(
  network: NetworkId,
  options: { memory?: Memory; clock?: ReturnType<typeof fakeClock>; speed?: string } = {},
) {
  const clock = options.clock ?? fakeClock();
  const { done } = await driveLogin(demo, {
    flow: 'world',
    clock,
    answer: () => ({ choice: network, epoch: String(Date.UTC(2026, 10, 20, 15, 0)), speed: options.speed ?? '1' }),
  });
  if (!done) throw new Error('no account');
  const record = recorder({ account: done.account, clock, ...(options.memory ? { memory: options.memory } : {}) });
  const session = demo.open(record.context);
  await session.connect(new AbortController().signal);
  return { clock, record, session, account: done.account };
}
const sending = (txn: string): SendOptions => ({
  txn: asTxnId(txn),
  signal: new AbortController().signal,
  stage: undefined,
  reached: async () => {},
  open: async () => new Uint8Array(10),
  progress: () => {},
});
const text = (words: string): OutgoingMessage['parts'] => [{ kind: 'text', format: 'plain', text: words }];
const events = (record: Recorder, type: ChannelEvent['type']) =>
  record.batches.flatMap((batch) => batch.events.filter((event) => event.type === type));
const arrived = (record: Recorder) =>
  record.batches
    .filter(({ origin }) => origin === 'live')
    .flatMap((batch) => batch.events.flatMap((event) => (event.type === 'message' ? [event.message] : [])));

describe('life in the pretend world', () => {
  it('begins eight seconds after the connection stands and goes on every few minutes', async () => {
    const { clock, record, session } = await begin('team');
    await clock.advance(7.9 * second);
    expect(arrived(record)).toHaveLength(0);
    await clock.advance(4 * second);
    expect(arrived(record)).toHaveLength(1);
    await clock.advance(3600 * second);
    expect(arrived(record).length).toBeGreaterThanOrEqual(10);
    expect(arrived(record).length).toBeLessThanOrEqual(31);
    await session.disconnect();
  });

  it('goes on after a restart where it was, without telling anything twice', async () => {
    const memory = new Memory();
    const first = await begin('family', { memory });
    await first.clock.advance(600 * second);
    await first.session.disconnect();
    const before = arrived(first.record).map(({ key }) => key);
    const next = await begin('family', { memory, clock: first.clock });
    await next.clock.advance(600 * second);
    await next.session.disconnect();
    const after = arrived(next.record).map(({ key }) => key);
    expect(before.length).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(0);
    expect(after.filter((key) => before.includes(key))).toEqual([]);
  });

  it('runs as fast as the account says, or not at all', async () => {
    const fast = await begin('team', { speed: '20' });
    await fast.clock.advance(150 * second);
    expect(arrived(fast.record).length).toBeGreaterThanOrEqual(8);
    await fast.session.disconnect();
    const still = await begin('team', { speed: '0' });
    await still.clock.advance(3600 * second);
    expect(arrived(still.record)).toEqual([]);
    await still.session.disconnect();
  });

  it('lets people receive, read, think and answer in kind', async () => {
    const { clock, record, session } = await begin('family');
    const message = { conversation: conversationKey('family-zofia'), parts: text('Cześć Babciu'), at: clock.now() };
    await session.send(message, sending('hello'));
    await clock.advance(7.9 * second);
    const told = record.batches.flatMap((batch) => batch.events.map(({ type }) => type));
    expect(told.slice(-4)).toEqual(['receipt', 'receipt', 'typing', 'message']);
    expect(events(record, 'receipt')).toMatchObject([{ receipt: 'delivered' }, { receipt: 'read' }]);
    const [answer] = arrived(record);
    expect(answer).toMatchObject({ conversation: message.conversation, from: { is: 'user', name: 'Babcia Zofia' } });
    await session.disconnect();
  });

  it('answers letters with letters in the same thread', async () => {
    const { clock, record, session } = await begin('work-mail');
    const message: OutgoingMessage = {
      subject: 'Soup',
      recipients: [{ role: 'to', key: asUserKey('ines.carvalho@northwind.example') }],
      parts: text('Lunch?'),
      at: clock.now(),
    };
    const sent = await session.send(message, sending('soup'));
    await clock.advance(14 * second);
    const answer = arrived(record).find(({ subject }) => subject === 'Re: Soup');
    expect(answer?.links).toContain(sent.is === 'sent' ? sent.key : '');
    expect(JSON.stringify(answer?.parts)).toContain('> Lunch?');
    await session.disconnect();
  });

  it('misbehaves when asked to', async () => {
    const { clock, session } = await begin('team');
    const said = (words: string) =>
      session.send(
        { conversation: conversationKey('team-general'), parts: text(words), at: clock.now() },
        sending(words),
      );
    await expect(said('/refuse')).rejects.toMatchObject({ outcome: 'refused' });
    await expect(said('/busy')).rejects.toMatchObject({ outcome: 'not-done', retryAfterMs: 5000 });
    await expect(said('/unknown')).rejects.toMatchObject({ outcome: 'unknown' });
    await session.disconnect();
  });

  it('puts a whole conversation away and brings it back, also what it was told before', async () => {
    const { record, session, clock } = await begin('community');
    const conversation = conversationKey('meadow-garden');
    const fetching = session.backfill.fetch({
      scope: 'past',
      cursor: undefined,
      limit: 1000,
      signal: new AbortController().signal,
    });
    await clock.advance(second);
    await record.context.emit({ events: (await fetching).events, origin: 'history' });
    const under = () =>
      record.memory.messages
        .filter((one) => one.conversation === conversation)
        .map(({ key }) =>
          record.memory
            .placementsOf(key)
            .map(({ label }) => label)
            .join(),
        );
    expect(new Set(under())).toEqual(new Set(['inbox']));
    const options = { txn: asTxnId('away'), signal: new AbortController().signal };
    await clock.advance(second);
    record.memory.apply(await session.archive.set(conversation, true, options));
    expect(new Set(under())).toEqual(new Set(['archive']));
    await clock.advance(second);
    record.memory.apply(await session.archive.set(conversation, false, options));
    expect(new Set(under())).toEqual(new Set(['inbox']));
    await session.disconnect();
  });
});
