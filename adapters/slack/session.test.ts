import { describe, expect, it } from 'vitest';
import { asBlobRef, type OutgoingMessage } from '../../src-shared/model/index.ts';
import { appToken, type Slack, userToken } from '../../tests/simulators/slack/index.ts';
import { fileRef } from './ids.ts';
import { type Account, collectBytes, keyOf, listeningLog, never, onSlack, sending, text } from './testing/index.ts';

let running: Slack;
const connect = onSlack((started) => {
  running = started;
});
const file = (name: string): OutgoingMessage['parts'][number] => ({
  kind: 'document',
  media: { ref: asBlobRef(`upload/${name}`), mime: 'text/plain', name, bytes: 6 },
});

describe('without the app-level token', () => {
  it('finds by asking what is new, changed and gone', async () => {
    const one = await connect({ live: false });
    await one.backfill();
    const { memory } = one.record;
    const { id } = running.channel('public');
    one.session.focus?.(text(id, '').conversation);
    const [kept, doomed] = [running.say('Kept', { channel: id }), running.say('Doomed', { channel: id })];
    await one.until(() => memory.message(keyOf(id, doomed.ts)) !== undefined);
    running.workspace.edit(id, kept.ts, { text: 'Kept, changed' });
    running.workspace.remove(id, doomed.ts);
    one.session.focus?.(text(id, '').conversation);
    await one.until(() => memory.isRemoved(keyOf(id, doomed.ts)));
    expect(JSON.stringify(memory.content(keyOf(id, kept.ts)))).toContain('Kept, changed');
    expect(running.seen.some(({ path }) => path.includes('apps.connections'))).toBe(false);
    // So much of an allowance is used up that it is not whole again before it is looked at.
    const fetches = Array.from({ length: 25 }, () =>
      one.session.backfill.fetch({ scope: id, cursor: undefined, limit: 1, signal: never }),
    );
    await Promise.all(fetches);
    const standing = one.session.standing?.();
    expect(standing?.nextLookAt).toBeGreaterThan(0);
    expect(standing?.allowances.map(({ of }) => of)).toContain('conversations.history');
  });
});

it('finds late answers by asking, too', async () => {
  const { id } = running.channel('public');
  const old = running.say('Long ago', { channel: id });
  for (let index = 0; index < 120; index++) running.say(`Since then ${index}`, { channel: id });
  const one = await connect({ live: false });
  await one.backfill();
  await one.session.disconnect();
  const { memory } = one.record;
  const late = running.say('Better late', { channel: id, thread: old.ts });
  const next = await connect({ live: false, memory });
  await next.until(() => memory.message(keyOf(id, late.ts)) !== undefined);
});

describe('a token that does not work', () => {
  const states = (one: Account) => one.record.states.at(-1);
  const refused = async (arrange: () => void): Promise<Account> => {
    const one = await connect({ online: false });
    arrange();
    await one.session.connect(never);
    return one;
  };

  it.each([
    ['revoked', /user token: the token was revoked/],
    ['expired', /user token: the token has expired/],
  ] as const)('because it was %s asks for a new login and says which one', async (state, words) => {
    const one = await refused(() => running.tokens.become(userToken, state));
    expect(states(one)).toMatchObject({ is: 'needs-login', code: 'auth', message: expect.stringMatching(words) });
  });

  it('because the app-level token was revoked names that one', async () => {
    const one = await refused(() => running.tokens.become(appToken, 'revoked'));
    expect(states(one)).toMatchObject({ is: 'needs-login', message: expect.stringContaining('app-level token') });
  });

  it('because a permission was taken away names it', async () => {
    const one = await refused(() =>
      running.tokens.grant(userToken, ['channels:read', 'groups:read', 'im:read', 'mpim:read']),
    );
    expect(states(one)).toMatchObject({
      is: 'needs-login',
      code: 'scope',
      message: expect.stringContaining('chat:write'),
    });
  });

  it('is noticed while connected, when Slack says that it was revoked', async () => {
    const one = await connect();
    running.workspace.tell({ type: 'tokens_revoked', tokens: { oauth: [running.workspace.me] } });
    await one.until(() => states(one)?.is === 'needs-login');
  });

  it('is noticed when the connection is renewed', async () => {
    const one = await connect();
    running.tokens.become(appToken, 'revoked');
    running.socketMode.cut();
    await one.until(() => states(one)?.is === 'needs-login');
  });
});

it('outlives events spoilt in every field, and loses none after them', async () => {
  const one = await connect();
  await one.backfill();
  const { id } = running.channel('public');
  const said = running.say('Target', { channel: id });
  const junk = [null, 0, -1, '', 'x', [], {}, [null], true];
  const event = {
    type: 'message',
    subtype: 'message_changed',
    channel: id,
    ts: '1700000000.000001',
    event_ts: '1700000000.000001',
    message: {
      type: 'message',
      user: 'U0INES',
      text: 'x',
      ts: said.ts,
      edited: { user: 'U0INES', ts: '1700000000.000002' },
    },
    previous_message: { text: 'y' },
    deleted_ts: said.ts,
    user: 'U0INES',
    reaction: 'x',
    item: { type: 'message', channel: id, ts: said.ts },
  };
  const subtypes = ['message_changed', 'message_deleted', 'message_replied', 'constructor', undefined];
  const types = [
    'message',
    'reaction_added',
    'user_change',
    'channel_rename',
    'member_joined_channel',
    'toString',
    'emoji_changed',
  ];
  let round = 0;
  for (const type of types)
    for (const subtype of subtypes)
      for (const field of Object.keys(event).filter((name) => name !== 'type')) {
        const spoilt = { ...event, type, subtype, [field]: junk[round % junk.length] };
        running.socketMode.deliver({ event_id: `Ev0SPOILT${round}`, event: spoilt });
        round++;
      }
  const last = running.say('Still here', { channel: id });
  await one.until(() => one.record.memory.message(keyOf(id, last.ts)) !== undefined);
  await running.socketMode.until(({ unacked }) => unacked === 0);
  expect(one.record.states.at(-1)).toEqual({ is: 'online' });
});

it('is offline, not lost, while Slack is in trouble', async () => {
  const one = await connect({ online: false });
  running.faults.arm({ path: /auth\.test/, times: 4 }, { is: 'answer', reply: { status: 503 } });
  await one.session.connect(never);
  expect(one.record.states.at(-1)).toMatchObject({ is: 'offline' });
  await one.until(() => one.record.states.at(-1)?.is === 'online');
});

it('writes no token, no words of people and no address of a file into its log', async () => {
  const log = listeningLog();
  const one = await connect({ log });
  await one.backfill();
  const { id } = running.channel('public');
  running.faults.arm({ path: /chat\.postMessage/ }, { is: 'cut-after' });
  const message = { ...text(id, 'quite private'), parts: [...text(id, 'quite private').parts, file('secret.txt')] };
  await one.session.send(message, sending('l1'));
  await one.session.send(text(id, 'quite private'), sending('l2')).catch(() => undefined);
  const [held] = running.workspace.files.values();
  if (!held) throw new Error('the scene has no file');
  await collectBytes(await one.session.openBlob({ message: keyOf(id, '1.000000'), ref: fileRef(held.id) }, never));
  running.socketMode.raw('{"type":"events_api","envelope_id":"x","payload":{"token":"sim-verification","event":5}}');
  running.tokens.become(appToken, 'revoked');
  running.socketMode.cut();
  await one.until(() => one.record.states.at(-1)?.is === 'needs-login');
  expect(log.lines.length).toBeGreaterThan(10);
  const everything = log.lines.join('\n');
  for (const secret of [
    userToken,
    appToken,
    'xoxp-',
    'xapp-',
    'sim-verification',
    'ticket=sim',
    'quite private',
    'secret.txt',
    held.name,
  ])
    expect(everything).not.toContain(secret);
});
