import { expect, test } from 'vitest';
import { asConversationKey, asLabelKey, asTxnId, asUserKey, type OutboxId } from '../../../src-shared/model/index.ts';
import type { Operation } from '../api.ts';
import { at, chat, key, mail, Scene } from '../testing/scene.ts';
import { dueQuery } from './due.ts';

let txns = 0;
const error = { code: 'x', message: 'no' };

function enqueue(
  scene: Scene,
  operation: Operation,
  more: {
    conversation?: ReturnType<Scene['only']>['id'];
    notBefore?: number;
    identity?: { key: ReturnType<typeof key>; links?: string[] };
  } = {},
) {
  txns += 1;
  return scene.store.command('outbox.enqueue', {
    account: scene.account,
    txn: asTxnId(`t${txns}`),
    conversation: more.conversation ?? null,
    operation,
    notBefore: more.notBefore ?? at(10),
    ...(more.identity && { identity: more.identity }),
  });
}
const send = (text: string, more: object = {}): Operation => ({
  op: 'send',
  archive: false,
  message: { parts: [{ kind: 'text', format: 'plain', text }], at: at(10), ...more },
});
const claim = (scene: Scene, minutes = 100) =>
  scene.store.command('outbox.claim', { account: scene.account, now: at(minutes) });
const settle = (scene: Scene, outbox: OutboxId, settlement: Parameters<Scene['store']['command']>[1] & object) =>
  scene.store.command('outbox.settle', { outbox, settlement: settlement as never });
const sent = (as: string | null = null) => ({
  as: 'sent',
  key: as === null ? null : key(as),
  at: null,
  order: null,
  events: [],
});
const flag = (scene: Scene, target: string, read: boolean): Operation => ({
  op: 'flag',
  flags: { read },
  targets: [{ id: scene.idOf(target), key: key(target), conversation: null }],
});

test('O-1: sending writes the row and shows the message at once, last in its conversation', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a', { order: '5' }));
  const { id } = scene.only();
  const { message, conversation } = enqueue(scene, send('hi'), { conversation: id });
  expect(conversation).toBe(id);
  expect(scene.messages(id).at(-1)).toMatchObject({
    id: message,
    fromMe: true,
    delivery: { state: 'queued', notBefore: at(10) },
  });
  expect(scene.only()).toMatchObject({ preview: 'hi', lastFromMe: true, messages: 2 });
});

test('O-1: the same transaction enqueued again changes nothing', () => {
  const scene = new Scene('chat');
  const input = {
    account: scene.account,
    txn: asTxnId('same'),
    conversation: null,
    operation: send('hi'),
    notBefore: 0,
  };
  expect(scene.store.command('outbox.enqueue', input).outbox).toBe(scene.store.command('outbox.enqueue', input).outbox);
  expect(scene.only().messages).toBe(1);
});

test('O-2: messages of one conversation leave in order, and a retry holds up those after it', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a'), chat('x', { conversation: 'c2' }));
  const [one, two] = scene.conversations().map((row) => row.id);
  if (one === undefined || two === undefined) throw new Error('no conversations');
  const first = enqueue(scene, send('1'), { conversation: one });
  enqueue(scene, send('2'), { conversation: one });
  const other = enqueue(scene, send('3'), { conversation: two });
  expect(claim(scene).row?.id).toBe(first.outbox);
  expect(claim(scene).row?.id).toBe(other.outbox);
  expect(claim(scene)).toMatchObject({ row: null, nextAt: null });
  settle(scene, first.outbox, { as: 'retry', notBefore: at(500), error });
  expect(claim(scene)).toMatchObject({ row: null, nextAt: at(500) });
  expect(claim(scene, 500).row).toMatchObject({ id: first.outbox, tries: 2 });
});

test('O-4: what was claimed unheard has the state it had before, and the try does not count; what is in hand is left alone', () => {
  const scene = new Scene('chat');
  const first = enqueue(scene, send('1'));
  const other = enqueue(scene, send('2'));
  const release = (...except: OutboxId[]) =>
    scene.store.command('outbox.release', { account: scene.account, except }).released;
  claim(scene);
  claim(scene);
  expect(release(other.outbox)).toEqual([first.outbox]);
  expect(claim(scene).row).toMatchObject({ id: first.outbox, state: 'queued', tries: 1 });
  settle(scene, first.outbox, { as: 'unknown', notBefore: at(11), error });
  claim(scene);
  release(other.outbox);
  // In the hands of a try that has not told its end.
  const held = { account: scene.account, now: at(100), except: [first.outbox] };
  expect(scene.store.command('outbox.claim', held).row).toBeNull();
  expect(claim(scene).row).toMatchObject({ id: first.outbox, state: 'unknown', tries: 2 });
});

test('O-2: what is meant for later does not hold up what is due now', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a'));
  const { id } = scene.only();
  enqueue(scene, send('tomorrow'), { conversation: id, notBefore: at(5000) });
  const now = enqueue(scene, send('now'), { conversation: id });
  expect(claim(scene).row?.id).toBe(now.outbox);
  settle(scene, now.outbox, sent('n'));
  expect(claim(scene)).toMatchObject({ row: null, nextAt: at(5000) });
});

test('O-2: a change that keeps failing holds up later ones of the same messages, and no others', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'), mail('b'), mail('c'));
  const over = (names: readonly string[], read: boolean): Operation => ({
    op: 'flag',
    flags: { read },
    targets: names.map((name) => ({ id: scene.idOf(name), key: key(name), conversation: null })),
  });
  const failing = enqueue(scene, over(['a', 'b'], true));
  const same = enqueue(scene, over(['b', 'c'], false));
  const other = enqueue(scene, over(['c'], true), { notBefore: at(9) });
  const draft = enqueue(scene, { op: 'draft-discard', key: key('d') });
  const later = enqueue(scene, { op: 'draft-discard', key: key('e') });
  expect(claim(scene).row?.id).toBe(other.outbox);
  settle(scene, other.outbox, sent());
  expect(claim(scene).row?.id).toBe(failing.outbox);
  settle(scene, failing.outbox, { as: 'retry', notBefore: at(500), error });
  expect(claim(scene).row?.id).toBe(draft.outbox);
  expect(claim(scene)).toMatchObject({ row: null, nextAt: at(500) });
  settle(scene, draft.outbox, sent());
  expect(claim(scene).row?.id).toBe(later.outbox);
  expect(claim(scene, 500).row?.id).toBe(failing.outbox);
  settle(scene, failing.outbox, sent());
  expect(claim(scene, 500).row?.id).toBe(same.outbox);
});

test('O-2: what is of unknown fate holds up its conversation until the person settles it, whichever way', () => {
  for (const as of ['sent', 'failed'] as const) {
    const scene = new Scene('chat');
    scene.tell(chat('a'));
    const { id } = scene.only();
    const first = enqueue(scene, send('1'), { conversation: id });
    const second = enqueue(scene, send('2'), { conversation: id });
    claim(scene);
    settle(scene, first.outbox, { as: 'unknown', notBefore: at(1_000_000), error });
    expect(claim(scene).row).toBeNull();
    settle(scene, first.outbox, as === 'sent' ? sent() : { as, error });
    expect(claim(scene).row?.id).toBe(second.outbox);
  }
});

test('O-3: a change shows at once, stands against the network while under way, and goes when it fails', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'));
  const { outbox } = enqueue(scene, flag(scene, 'a', true));
  expect(scene.only().unread).toBe(0);
  scene.tell({ type: 'flags', target: key('a'), flags: { read: false }, at: at(50) });
  expect(scene.only().unread).toBe(0);
  expect(scene.store.query('lookup.flags', { account: scene.account, keys: [key('a')] })).toMatchObject([
    { flags: { read: false } },
  ]);
  claim(scene);
  settle(scene, outbox, { as: 'failed', error });
  expect(scene.only().unread).toBe(1);
  expect(scene.store.query('list.counts', {}).failed).toBe(1);
});

test('O-3: a move under way shows in its new folder, and back in the old one when it fails', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'));
  const move = (): Operation => ({
    op: 'label',
    targets: [{ id: scene.idOf('a'), key: key('a'), conversation: null }],
    add: [asLabelKey('archive')],
    remove: [asLabelKey('inbox')],
  });
  const { outbox } = enqueue(scene, move());
  expect(scene.conversations('inbox')).toEqual([]);
  expect(scene.only('done').messages).toBe(1);
  claim(scene);
  settle(scene, outbox, { as: 'failed', error });
  expect(scene.only('inbox').messages).toBe(1);
});

test('O-4: a step that must not happen twice is remembered over a crash', () => {
  const scene = new Scene('chat');
  const { outbox } = enqueue(scene, send('hi'));
  claim(scene);
  scene.store.command('outbox.stage', { outbox, stage: 'accepted' });
  expect(scene.store.command('outbox.recover', { idempotentChannels: [] })).toMatchObject({ unknown: [outbox] });
  expect(claim(scene).row).toMatchObject({ id: outbox, state: 'unknown', stage: 'accepted' });
});

test('O-4: after a crash an idempotent channel simply tries again, and so does everything but sending', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'));
  enqueue(scene, send('hi'));
  enqueue(scene, flag(scene, 'a', true));
  claim(scene);
  claim(scene);
  expect(scene.store.command('outbox.recover', { idempotentChannels: ['test'] })).toMatchObject({ unknown: [] });
  expect([claim(scene).row?.state, claim(scene).row?.state]).toEqual(['queued', 'queued']);
});

test('O-5: a message taken back in time leaves no trace and comes back as its draft', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a'));
  const { id } = scene.only();
  const { outbox } = enqueue(scene, send('wait', { replyTo: key('a') }), { conversation: id });
  const { cancelled, draft } = scene.store.command('outbox.cancel', { outbox });
  expect(cancelled).toBe(true);
  expect(scene.only()).toMatchObject({ messages: 1, preview: 'text of a', hasDraft: true });
  expect(scene.store.query('draft', { draft: draft ?? undefined } as never)).toMatchObject({
    text: 'wait',
    replyTo: scene.idOf('a'),
  });
  expect(claim(scene).row).toBeNull();
});

test('O-5: once it is on its way it cannot be taken back', () => {
  const scene = new Scene('chat');
  const { outbox } = enqueue(scene, send('gone'));
  claim(scene);
  expect(scene.store.command('outbox.cancel', { outbox })).toMatchObject({ cancelled: false, draft: null });
});

test('O-6: what an operation leaves unsaid is taken as asked for', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'));
  const { outbox } = enqueue(scene, flag(scene, 'a', true));
  claim(scene);
  settle(scene, outbox, sent());
  expect(scene.only().unread).toBe(0);
  expect(scene.store.query('lookup.flags', { account: scene.account, keys: [key('a')] })).toMatchObject([
    { flags: { read: true } },
  ]);
  expect(scene.store.sql.all('SELECT * FROM masks')).toEqual([]);
});

test('O-6: a move the server numbers later does not leave the message standing in two places', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'));
  const target = { id: scene.idOf('a'), key: key('a'), conversation: null };
  const { outbox } = enqueue(scene, {
    op: 'label',
    targets: [target],
    add: [asLabelKey('archive')],
    remove: [asLabelKey('inbox')],
  });
  claim(scene);
  settle(scene, outbox, sent());
  expect(scene.only('done').messages).toBe(1);
  const where = { type: 'placed', target: key('a'), label: asLabelKey('archive'), ref: '2:9' } as const;
  scene.tell({ ...where, on: true, at: scene.store.now + 1 });
  scene.tell({ ...where, on: false, at: scene.store.now + 2 });
  expect(scene.conversations('all')).toEqual([]);
});

test('O-7: a message that comes back with its transaction is sent, whatever key it has and whatever the try said', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a', { order: '1' }));
  const { id } = scene.only();
  const { outbox, message } = enqueue(scene, send('hi'), { conversation: id });
  claim(scene);
  settle(scene, outbox, { as: 'unknown', notBefore: at(900), error });
  const echo = chat('net1', { from: { is: 'me' }, txn: asTxnId(`t${txns}`), order: '2', at: at(12) });
  expect(scene.tell(echo)).toMatchObject({ settled: [outbox], added: 0 });
  expect(scene.idOf('net1')).toBe(message);
  expect(scene.only().messages).toBe(2);
  settle(scene, outbox, { as: 'failed', error });
  expect(scene.keyed('net1').delivery).toMatchObject({ state: 'sent', error: null });
});

test('O-7: where the network’s copy came first under another key, the echo gives way to it', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a'));
  const { id } = scene.only();
  const { outbox } = enqueue(scene, send('hi'), { conversation: id });
  claim(scene);
  scene.tell(chat('net1', { from: { is: 'me' }, at: at(12) }));
  settle(scene, outbox, sent('net1'));
  expect(scene.messages(id).map((message) => message.key)).toEqual(['a', 'net1']);
  expect(scene.keyed('net1').delivery).toMatchObject({ state: 'sent', outbox });
});

test('O-7: the first message of a conversation the network names only then moves into it', () => {
  const scene = new Scene('chat');
  enqueue(scene, send('hi'));
  claim(scene);
  scene.tell(chat('net1', { from: { is: 'me' }, txn: asTxnId(`t${txns}`), conversation: 'new' }));
  const row = scene.only();
  expect(scene.store.query('conversation', { conversation: row.id })).toMatchObject({
    key: asConversationKey('new'),
    messages: 1,
  });
});

test('O-8: a reply by mail stands in its thread under the key it will have, and its Sent copy is the same message', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'));
  const { id } = scene.only();
  const { outbox } = enqueue(scene, send('re', { from: asUserKey('me@example.org') }), {
    conversation: id,
    identity: { key: key('own'), links: ['own', 'a'] },
  });
  claim(scene);
  settle(scene, outbox, sent('own'));
  scene.tell(
    mail('own', {
      from: { is: 'me' },
      links: ['a'],
      placements: [{ label: asLabelKey('sentbox'), ref: '4:1' }],
      at: at(11),
    }),
  );
  expect(scene.only()).toMatchObject({ id, messages: 2 });
  expect(scene.store.query('lookup.known', { account: scene.account, keys: [key('own')] })).toEqual(['own']);
});

test('O-9: a failed message stays to be seen and can be tried again', () => {
  const scene = new Scene('chat');
  const { outbox } = enqueue(scene, send('hi'));
  claim(scene);
  settle(scene, outbox, { as: 'failed', error: { code: '550', message: 'No such user' } });
  expect(scene.only()).toMatchObject({ hasFailed: true });
  expect(scene.store.query('outbox', {})).toMatchObject([{ state: 'failed', error: { message: 'No such user' } }]);
  scene.store.command('outbox.retry', { outbox, now: at(200) });
  expect(scene.only()).toMatchObject({ hasFailed: false });
  expect(claim(scene, 200).row).toMatchObject({ id: outbox, tries: 1 });
});

test('O-2: what may go is found behind many that may not, by an index in turn and not by sorting them', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a', { order: '5' }));
  const { id: conversation } = scene.only();
  const first = enqueue(scene, send('0'), { conversation });
  expect(claim(scene).row?.id).toBe(first.outbox);
  for (let n = 1; n <= 80; n++) enqueue(scene, send(`${n}`), { conversation });
  const elsewhere = enqueue(scene, send('elsewhere, with "ref": in its words'));
  const read = enqueue(scene, flag(scene, 'a', true));
  const busy = (...tracks: ('message' | 'change')[]) =>
    scene.store.command('outbox.claim', { account: scene.account, now: at(100), busy: tracks }).row?.id;
  expect(busy('message', 'change')).toBeUndefined();
  expect(busy('message')).toBe(read.outbox);
  expect(busy('change')).toBe(elsewhere.outbox);
  settle(scene, first.outbox, sent('0'));
  expect(claim(scene).row?.operation).toMatchObject({ message: { parts: [{ text: '1' }] } });
  const plan = scene.store.sql
    .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${dueQuery}`, scene.account, at(100), 0, 0, 1, 1)
    .map(({ detail }) => detail)
    .join();
  expect(plan).toContain('outbox_due');
  expect(plan).not.toContain('TEMP B-TREE');
});
