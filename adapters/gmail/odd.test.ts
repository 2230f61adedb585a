import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Log } from '../../src-shared/channel.ts';
import { asMessageKey, sourceRef } from '../../src-shared/model/index.ts';
import { client } from '../../tests/simulators/google/index.ts';
import { type GmailWorld, gmailWorld, keepParser, letter, sending } from './testing/world.ts';

let world: GmailWorld;
let endParser: () => Promise<void>;
beforeAll(async () => {
  endParser = await keepParser();
});
afterAll(() => endParser());
beforeEach(async () => {
  world = await gmailWorld({ talks: 2, messages: 8 });
});
afterEach(() => world.stop());

const whole = () =>
  expect(world.memory.messages.map(({ key }) => String(key)).toSorted()).toEqual(
    world.google.mailbox.messages.map(({ id }) => id).toSorted(),
  );

it('keeps a message it cannot read as Gmail told it, and all the others', async () => {
  const spoil = [
    (body: string) => body.slice(0, body.length / 2),
    (body: string) => body.replace('"payload"', '"load"'),
    (body: string) => body.replaceAll(/"id":"[^"]*"/g, '"id":17'),
    () => '[]',
  ];
  for (const change of spoil) world.google.faults.arm({ path: /messages\/[0-9a-f]+$/ }, { is: 'spoilt', change });
  const { record, settle } = world.open();
  await settle();
  whole();
  expect(record.states.at(-1)).toEqual({ is: 'online' });
  const odd = world.memory.messages.filter(({ parts }) => parts[0]?.kind === 'unsupported');
  expect(odd).toHaveLength(spoil.length);
  for (const { raw } of odd) expect(raw).toHaveProperty('gmail');
  expect(odd.some(({ raw }) => JSON.stringify(raw).includes('"load"'))).toBe(true);
});

it('compares by ids when a part of the history cannot be read', async () => {
  const { session, record, settle } = world.open();
  await settle();
  const change = (body: string) => body.replaceAll(/"message":\{"id":"[^"]*"/g, '"message":{"id":{}');
  const id = world.google.write();
  world.google.faults.arm({ path: /history$/ }, { is: 'spoilt', change });
  await world.until(() => record.memory.scopes.has('all') && world.google.faults.waiting === 0);
  await world.until(() => record.batches.some(({ events }) => events.some(({ type }) => type === 'gap')));
  const { signal } = new AbortController();
  const page = await world.passing(session.backfill.fetch({ scope: 'all', cursor: undefined, limit: 200, signal }));
  expect(page.events.flatMap((event) => (event.type === 'message' ? [event.message.key] : []))).toEqual([id]);
});

it('hands out the whole message as it came, and refuses words for files that are not there', async () => {
  const { session, settle } = world.open();
  await settle();
  const [first] = world.google.mailbox.messages;
  if (!first) throw new Error('no message');
  const message = asMessageKey(first.id);
  const { signal } = new AbortController();
  const bytes: Uint8Array[] = [];
  for await (const piece of await world.passing(session.openBlob({ message, ref: sourceRef }, signal)))
    bytes.push(piece);
  expect(Buffer.concat(bytes)).toEqual(first.raw);
});

it('writes nothing secret into a log, whatever goes wrong', async () => {
  const lines: string[] = [];
  const seen = (value: unknown): unknown =>
    value instanceof Error ? { ...value, text: value.stack, cause: seen(value.cause) } : value;
  const write = (message: string, data: object = {}) =>
    void lines.push(
      message,
      JSON.stringify(data, (_name, value: unknown) => seen(value)),
    );
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const { session, record, settle } = world.open({ log });
  const { faults, grants } = world.google;
  faults.arm({ path: /messages\/[0-9a-f]+$/ }, { is: 'cut-mid-body' });
  faults.arm({ path: /messages\/[0-9a-f]+$/ }, { is: 'answer', reply: { status: 500, json: {} } });
  grants.expire();
  await settle();
  faults.arm({ path: /send$/ }, { is: 'cut-after' });
  const parts = [{ kind: 'text' as const, format: 'plain' as const, text: 'a-private-word' }];
  await world
    .passing(session.send(letter(world.clock, { parts }), sending('txn')))
    .catch((error: unknown) => write('failed', { error }));
  grants.revoke();
  await world.until(() => record.states.at(-1)?.is === 'needs-login');
  const all = [...lines, JSON.stringify(record.states)].join('\n');
  expect(lines.length).toBeGreaterThan(30);
  for (const secret of ['sim-secret', client.secret, 'a-private-word', 'Authorization', 'refresh_token'])
    expect(all).not.toContain(secret);
});
