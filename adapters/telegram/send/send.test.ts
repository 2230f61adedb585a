import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SendOptions } from '../../../src-shared/channel.ts';
import {
  asBlobRef,
  asTxnId,
  asUserKey,
  mediaOf,
  type OutgoingMessage,
  type Part,
} from '../../../src-shared/model/index.ts';
import { Member } from '../../../tests/simulators/telegram/member.ts';
import { bot, called } from '../../../tests/simulators/telegram/people.ts';
import type { Peer } from '../../../tests/simulators/telegram/world.ts';
import { conversationKey, messageKey } from '../ids.ts';

vi.setConfig({ testTimeout: 120_000 });

const hana: Peer = { kind: 'user', id: called('hana') };
const conversation = conversationKey({ kind: 'user', id: String(hana.id) });
const { signal } = new AbortController();
const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => index % 251);
const options = (txn: string, more: Partial<SendOptions> = {}): SendOptions => ({
  txn: asTxnId(txn),
  signal,
  stage: undefined,
  reached: async () => {},
  open: async () => bytes(3000),
  progress: () => {},
  ...more,
});
const text = (words: string): Part => ({ kind: 'text', format: 'markdown', text: words });
const message = (...parts: Part[]): OutgoingMessage => ({ conversation, parts, at: Date.now() });
const userOf = (id: string) => asUserKey(`u${called(id)}`);
const file = (kind: 'image' | 'document', name: string, mime: string): Part => ({
  kind,
  media: { ref: asBlobRef(name), mime, name, bytes: 3000 },
});

let member: Member | undefined;
afterEach(async () => {
  await member?.leave();
  member = undefined;
});
async function ready() {
  member = await Member.join();
  return { member, network: member.network, ...(await member.connect()) };
}
const mine = (network: Member['network'], words: string) =>
  network.world.messages(hana).filter((one) => one.out && one.text === words);

describe('sending to Telegram', () => {
  it('carries formatting, an answer and a mention', async () => {
    const { member, network, session, record } = await ready();
    const asked = network.world.messages(hana).at(-1);
    const outgoing: OutgoingMessage = {
      ...message(text('**Bold**, `code` and [a link](https://example.org/) for Ewa')),
      replyTo: messageKey({ kind: 'user', id: String(hana.id) }, asked?.id ?? 0),
      mentions: [{ key: userOf('ewa'), name: 'Ewa' }],
    };
    const result = await session.send(outgoing, options('formatted'));
    expect(result.is).toBe('sent');
    const sent = mine(network, 'Bold, code and a link for Ewa')[0];
    expect(sent?.entities?.map(({ className, offset, length }) => [className, offset, length])).toEqual(
      expect.arrayContaining([
        ['MessageEntityBold', 0, 4],
        ['MessageEntityCode', 6, 4],
        ['MessageEntityTextUrl', 15, 6],
        ['MessageEntityMentionName', 26, 3],
      ]),
    );
    expect(sent?.replyTo).toBe(asked?.id);
    await member.backfill({ session, record });
    const back = sent && record.memory.message(messageKey({ kind: 'user', id: String(hana.id) }, sent.id));
    expect(back).toMatchObject({ txn: 'formatted', from: { is: 'me' } });
  });

  it('sends once although the answer was lost, and knows what became of it', async () => {
    const { network, session, record } = await ready();
    network.faults.next('messages.SendMessage', { is: 'lost-answer' });
    const first = session.send(message(text('lost answer')), options('lost'));
    await expect(first).rejects.toMatchObject({ outcome: 'unknown' });
    const states = () => record.states.map(({ is }) => is);
    await record.until(() => states().includes('offline') && states().at(-1) === 'online', AbortSignal.timeout(60_000));
    const again = await session.send(message(text('lost answer')), options('lost'));
    const [only, ...others] = mine(network, 'lost answer');
    expect(others).toEqual([]);
    expect(again).toMatchObject({ is: 'sent', key: `m${only?.id}` });
    expect(record.memory.messages.filter(({ key }) => key === `m${only?.id}`)).toHaveLength(1);
  });

  it('sends once over a restart in between', async () => {
    const { member, network, session, record } = await ready();
    network.faults.next('messages.SendMessage', { is: 'lost-answer' });
    await expect(session.send(message(text('over a restart')), options('restart'))).rejects.toThrow();
    await session.disconnect();
    const { session: second } = await member.connect(record.memory);
    const again = await second.send(message(text('over a restart')), options('restart'));
    const [only, ...others] = mine(network, 'over a restart');
    expect(others).toEqual([]);
    expect(again).toMatchObject({ is: 'sent', key: `m${only?.id}` });
  });

  it('takes a refused duplicate for sent even if nobody ever said as what', async () => {
    const { member, network, session, record } = await ready();
    await session.send(message(text('said before')), options('before'));
    await session.disconnect();
    // As on another computer: what was committed there is not here.
    const { session: second } = await member.connect();
    const again = await second.send(message(text('said before')), options('before'));
    expect(again).toMatchObject({ is: 'sent', key: `m${mine(network, 'said before')[0]?.id}` });
    expect(mine(network, 'said before')).toHaveLength(1);
    expect(record.memory.messages.length).toBeGreaterThan(0);
  });

  it('keeps the wait Telegram asks for, without asking again before it is over; slow mode holds up its group alone', async () => {
    const { network, session } = await ready();
    const busy = { code: 'busy', outcome: 'not-done' };
    const slow = { is: 'error', code: 420, message: 'SLOWMODE_WAIT_60' } as const;
    network.faults.next('messages.SendMessage', slow);
    const group = { ...message(text('slowly')), conversation: conversationKey({ kind: 'chat', id: '2' }) };
    await expect(session.send(group, options('slow'))).rejects.toMatchObject({ ...busy, retryAfterMs: 60_000 });
    await session.send(message(text('meanwhile')), options('meanwhile'));
    expect(mine(network, 'meanwhile')).toHaveLength(1);
    network.faults.flood('messages.SendMessage', 30);
    await expect(session.send(message(text('patience')), options('flood'))).rejects.toMatchObject({
      ...busy,
      retryAfterMs: 30_000,
    });
    await expect(session.send(message(text('patience')), options('flood'))).rejects.toMatchObject(busy);
    expect(network.ledger.of('asked').filter(({ method }) => method === 'messages.SendMessage')).toHaveLength(3);
    expect(mine(network, 'patience')).toEqual([]);
  });

  it('says why a message was refused', async () => {
    const { session } = await ready();
    const outgoing = { ...message(text('news')), conversation: conversationKey({ kind: 'channel', id: '50' }) };
    await expect(session.send(outgoing, options('refused'))).rejects.toMatchObject({
      outcome: 'refused',
      message: 'You may not write here.',
    });
  });

  it('sends pictures as one album with the words on the first, and tells how far it is', async () => {
    const { network, session, record } = await ready();
    const told: number[] = [];
    const outgoing = message(file('image', 'a.jpg', 'image/jpeg'), file('image', 'b.jpg', 'image/jpeg'), text('Two'));
    const result = await session.send(outgoing, options('album', { progress: (sent) => void told.push(sent) }));
    const album = network.world.messages(hana).slice(-2);
    expect(album.map(({ text: words }) => words)).toEqual(['Two', '']);
    expect(album[0]?.album).toBe(album[1]?.album);
    expect(album[0]?.album).toBeDefined();
    expect(told).toEqual([3000, 6000]);
    expect(result).toMatchObject({ is: 'sent', key: `m${album[0]?.id}` });
    expect(result.events?.filter(({ type }) => type === 'message').length).toBeGreaterThan(0);
    // They come back as they are kept: a message each, of one album.
    const back = () =>
      album.map(({ id }) => record.memory.content(messageKey({ kind: 'user', id: String(hana.id) }, id)));
    await record.until(() => back().every((one) => one !== undefined), AbortSignal.timeout(60_000));
    const albums = back().flatMap((one) => one?.parts.flatMap(mediaOf).map((media) => media.album));
    expect(albums).toEqual([String(album[0]?.album), String(album[0]?.album)]);
  });

  it('sends a large file in parts, and gets the same bytes back', async () => {
    const { session, record } = await ready();
    const whole = bytes(10 * 1024 * 1024 + 17);
    const outgoing = message({
      kind: 'document',
      media: { ref: asBlobRef('big'), mime: 'application/zip', name: 'plans.zip', bytes: whole.length },
    });
    const result = await session.send(outgoing, options('big', { open: async () => whole }));
    if (result.is !== 'sent') throw new Error('the file was not sent');
    const stored = record.memory.message(result.key);
    const [part] = stored?.parts ?? [];
    if (part?.kind !== 'document') throw new Error('no file came back');
    expect(part.media).toMatchObject({ name: 'plans.zip', bytes: whole.length, mime: 'application/zip' });
    const got: Uint8Array[] = [];
    const stream = await session.openBlob({ message: result.key, ref: part.media.ref }, signal);
    for await (const chunk of stream) got.push(chunk);
    expect(Buffer.concat(got).equals(Buffer.from(whole))).toBe(true);
  });

  it('sends a place, a contact and a poll, and reads them back as such', async () => {
    const { network, session } = await ready();
    const parts: Part[] = [
      { kind: 'location', latitude: 50.08, longitude: 14.42 },
      { kind: 'contact', name: 'Inês Carvalho', phones: ['+447700900104'], emails: [] },
      {
        kind: 'poll',
        question: 'Which?',
        options: [
          { id: 'a', text: 'Oak' },
          { id: 'b', text: 'Larch' },
        ],
        multiple: false,
        closed: false,
      },
    ];
    const result = await session.send(message(...parts), options('kinds'));
    const kinds = (result.events ?? []).flatMap((event) => (event.type === 'message' ? event.message.parts : []));
    expect(kinds.map(({ kind }) => kind)).toEqual(['location', 'contact', 'poll']);
    expect(
      network.world
        .messages(hana)
        .slice(-3)
        .every(({ out }) => out),
    ).toBe(true);
  });

  it('writes into a topic of a forum', async () => {
    const { network, session, record } = await ready();
    const topic = conversationKey({ kind: 'channel', id: '3' }, 2);
    const result = await session.send({ ...message(text('on topic')), conversation: topic }, options('topic'));
    if (result.is !== 'sent') throw new Error('not sent');
    expect(record.memory.message(result.key)?.conversation).toBe('n3/2');
    expect(network.world.messages({ kind: 'channel', id: 3 }).at(-1)).toMatchObject({ topic: 2, text: 'on topic' });
  });

  it('presses the buttons of a bot, and hears what the bot says', async () => {
    const { network, session, record } = await ready();
    const train: Peer = { kind: 'user', id: bot };
    const [asked] = network.world.messages(train);
    const key = messageKey({ kind: 'user', id: String(bot) }, asked?.id ?? 0);
    const parts = record.memory.message(key)?.parts ?? [];
    const buttons = parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
    expect(buttons.map(({ label, action }) => `${label} ${action}`)).toEqual([
      'Praha callback',
      'Brno callback',
      'Timetable url',
    ]);
    const target = { message: key, conversation: conversationKey({ kind: 'user', id: String(bot) }) };
    const press = (button: string) => session.press.apply(target, { button }, { txn: asTxnId(button), signal });
    expect(await press(buttons[1]?.id ?? '')).toMatchObject({ notice: 'You chose Brno.' });
    await record.until(
      () => JSON.stringify(record.memory.content(key)).includes('Brno: done.'),
      AbortSignal.timeout(60_000),
    );
    await expect(press(buttons[2]?.id ?? '')).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('answers a poll, and shows the vote', async () => {
    const { member, network, session, record } = await ready();
    await member.backfill({ session, record });
    const poll = record.memory.messages.find(({ parts }) => parts.some(({ kind }) => kind === 'poll'));
    const [part] = poll?.parts ?? [];
    if (!poll || part?.kind !== 'poll') throw new Error('there is no poll');
    const target = { message: poll.key, conversation: poll.conversation };
    const choice = { options: [part.options[1]?.id ?? ''] };
    const done = await session.press.apply(target, choice, { txn: asTxnId('vote'), signal });
    record.memory.apply(done);
    const [after] = record.memory.content(poll.key)?.parts ?? [];
    expect(after?.kind === 'poll' ? after.options.map(({ text: words, mine: chosen }) => [words, chosen]) : []).toEqual(
      [
        ['Oak', undefined],
        ['Larch', true],
      ],
    );
    expect(network.ledger.of('asked').some(({ method }) => method === 'messages.SendVote')).toBe(true);
  });

  it('opens a group with people it knows', async () => {
    const { network, session } = await ready();
    const key = await session.group.create('Quay walk', [userOf('hana'), userOf('ewa')], {
      txn: asTxnId('group'),
      signal,
    });
    expect(network.world.groups.get(Number(key.slice(1)))?.title).toBe('Quay walk');
  });
});
