import fc from 'fast-check';
import { Api, extensions } from 'teleproto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../src-shared/channel.ts';
import { asTxnId, ChannelEvent } from '../../src-shared/model/index.ts';
import { startTelegram, type Telegram } from '../../tests/simulators/telegram/index.ts';
import { Member } from '../../tests/simulators/telegram/member.ts';
import { called } from '../../tests/simulators/telegram/people.ts';
import { long, messageOf } from '../../tests/simulators/telegram/tl.ts';
import { Forums } from './forums.ts';
import { conversationKey } from './ids.ts';
import { updatesIn } from './live/sort.ts';
import { Polls } from './map/poll.ts';
import { Previews } from './map/previews.ts';
import { Reactions } from './map/reactions.ts';
import { type UpdateContext, updateEvents } from './map/updates.ts';
import { listCount, mend } from './remote/codec.ts';
import type { Plain } from './remote/plain.ts';
import { answerOf } from './remote/tl.ts';
import { Rights } from './rights.ts';

vi.setConfig({ testTimeout: 120_000 });

let network: Telegram | undefined;
let member: Member | undefined;
afterEach(async () => {
  await member?.leave();
  await network?.stop();
  [member, network] = [undefined, undefined];
});
const context = (): UpdateContext => ({
  me: '1',
  reactions: new Reactions(() => 0),
  previews: new Previews(),
  forums: new Forums(new Rights()),
  restricted: () => [],
  met: () => undefined,
  polls: new Polls(),
  isForum: ({ id }) => id === '3',
  readUpTo: () => 10,
  txnOf: () => undefined,
  nameOf: () => 'Somebody',
  read: () => {},
});
/** Things no field should hold. */
const rubbish = fc.oneof(
  fc.constantFrom(null, undefined, '', 'x'.repeat(5000), -1, 0, 2 ** 40, Number.NaN, true, [], {}, { _: 'Unheard' }),
  fc.string(),
  fc.integer(),
  fc.uint8Array({ maxLength: 8 }),
);
/** A copy with one field, anywhere in it, made something else. */
function mutated(value: unknown, luck: () => number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return by;
  const keys = Object.keys(value);
  const key = keys[Math.floor(luck() * keys.length)];
  if (key === undefined || luck() < 0.15) return by;
  const inner = mutated(Reflect.get(value, key), luck, by);
  return Array.isArray(value)
    ? value.map((one, index) => (String(index) === key ? inner : one))
    : { ...value, [key]: inner };
}
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && '_' in value && typeof value._ === 'string';

describe('what Telegram should never say', () => {
  it('is told in events the model knows, or not at all, and never throws', async () => {
    network = await startTelegram({ messages: 40 });
    const updates: Plain[] = network.world.all().map((message) => ({
      _: message.id % 3 === 0 ? 'UpdateEditMessage' : 'UpdateNewMessage',
      pts: 5,
      ptsCount: 1,
      message: answerOf(messageOf(message)),
    }));
    fc.assert(
      fc.property(
        fc.constantFrom(...updates),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        rubbish,
        (update, lucks, by) => {
          const made = mutated(update, () => lucks.next().value ?? 0, by);
          if (!isPlain(made)) return;
          for (const one of updatesIn(made, '1') ?? [])
            for (const event of updateEvents(one, context(), 1_700_000_000_000))
              expect(ChannelEvent.safeParse(event).error).toBeUndefined();
        },
      ),
      { numRuns: 4000, seed: 20_261_122 },
    );
  });

  it('keeps what the model has no word for as the network said it', async () => {
    network = await startTelegram({ messages: 6 });
    const events = network.world
      .all()
      .flatMap((message) =>
        updateEvents({ _: 'UpdateNewMessage', message: answerOf(messageOf(message)) }, context(), 1),
      );
    const unsupported = events.flatMap((event) =>
      event.type === 'message' && event.message.parts.some(({ kind }) => kind === 'unsupported') ? [event.message] : [],
    );
    expect(unsupported.length).toBeGreaterThan(0);
    for (const { raw } of unsupported) expect(JSON.stringify(raw)).toContain('MessageMediaUnsupported');
  });

  it('does not end a session: what follows is still told', async () => {
    member = await Member.join();
    const { network: running } = member;
    const { record } = await member.connect();
    for (const one of running.connections) {
      one.push({ className: 'rubbish', getBytes: () => Buffer.from('deadbeef00000000', 'hex') });
      const typing = new Api.UpdateUserTyping({ userId: long(9), action: new Api.SendMessageTypingAction() });
      const whole = running.telling.container([typing]).getBytes();
      one.push({ className: 'cut', getBytes: () => whole.subarray(0, 16) });
      // An unknown constructor within a list: 0xdeadbeef for the first update.
      const strange = Buffer.from(whole);
      strange.writeUInt32LE(0xdeadbeef, 12);
      one.push({ className: 'strange', getBytes: () => strange });
    }
    await record.until(() => record.states.at(-1)?.is === 'online', AbortSignal.timeout(60_000));
    const hana = { kind: 'user', id: called('hana') } as const;
    const { message } = running.telling.post(hana, hana, { text: 'after the rubbish' });
    await record.until(
      () => record.memory.messages.some(({ key }) => key === `m${message.id}`),
      AbortSignal.timeout(60_000),
    );
  });
});

describe('the codec', () => {
  it('reads lists as before after one that could not be read', () => {
    expect(listCount).toBeGreaterThan(100);
    const updates = [new Api.UpdateLoginToken(), new Api.UpdateLoginToken()];
    const whole = new Api.Updates({ updates, users: [], chats: [], date: 1, seq: 0 }).getBytes();
    const strange = Buffer.from(whole);
    strange.writeUInt32LE(0xdeadbeef, 12);
    const read = (bytes: Buffer): unknown => new extensions.BinaryReader(bytes).tgReadObject();
    expect(() => read(strange)).toThrow();
    mend();
    expect(answerOf(read(whole)).updates).toHaveLength(2);
  });
});

describe('the log', () => {
  it('never holds a secret, on good days and on bad ones', async () => {
    const lines: string[] = [];
    const write = (message: string, data?: unknown) => void lines.push(`${message} ${JSON.stringify(data)}`);
    const log: Log = { debug: write, info: write, warn: write, error: write };
    member = await Member.join({ password: 'a long password', log });
    const { network: running, login } = member;
    const { session, record } = await member.connect();
    running.faults.next('messages.SendMessage', { is: 'error', code: 500, message: 'INTERNAL' });
    const outgoing = {
      conversation: conversationKey({ kind: 'user', id: String(called('hana')) }),
      parts: [{ kind: 'text', format: 'plain', text: 'the words of a letter' } as const],
      at: Date.now(),
    };
    const { signal } = new AbortController();
    const options = { txn: asTxnId('t'), signal, stage: undefined, reached: async () => {}, progress: () => {} };
    await session.send(outgoing, { ...options, open: async () => new Uint8Array() }).catch(() => undefined);
    running.revoke();
    running.disconnect();
    await record.until(() => record.states.at(-1)?.is === 'needs-login', AbortSignal.timeout(60_000));
    write('the end', record.states);
    const place: unknown = JSON.parse(login.secrets.session ?? '{}');
    const key = typeof place === 'object' && place !== null && 'key' in place ? String(place.key) : '';
    const secrets = [key, login.secrets.apiHash ?? '', 'a long password', running.credentials.code, 'the words of'];
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(4);
      expect(lines.join('\n')).not.toContain(secret);
    }
  });
});
