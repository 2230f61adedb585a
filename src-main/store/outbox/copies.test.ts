import { beforeEach, expect, test } from 'vitest';
import type { Composition } from '../../../src-shared/ipc/index.ts';
import { asLabelKey, asTxnId, asUserKey, type DraftId, type OutboxId } from '../../../src-shared/model/index.ts';
import type { Operation } from '../api.ts';
import { at, key, mail, Scene } from '../testing/scene.ts';

let scene: Scene;
let txns = 0;
const drafts = asLabelKey('drafts');
beforeEach(() => {
  scene = new Scene('mail');
  scene.tell({ type: 'label', key: drafts, patch: { role: 'drafts', kind: 'folder', name: 'Drafts' }, at: at(0) });
});

const composition = (text: string, over: Partial<Composition> = {}): Composition => ({
  account: scene.account,
  conversation: null,
  from: null,
  recipients: [],
  subject: 'Tea',
  text,
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
  ...over,
});
const write = (text: string, draft?: DraftId, over: Partial<Composition> = {}): DraftId =>
  scene.store.command('draft.save', {
    composition: composition(text, over),
    now: scene.store.now,
    ...(draft ? { draft } : {}),
  }).draft;
const save = (draft: DraftId, as: string) => {
  const found = scene.store.query('draft.composition', { draft });
  if (!found) throw new Error('there is no such draft');
  const message = { at: found.updatedAt, parts: [{ kind: 'text' as const, format: 'plain' as const, text: as }] };
  txns += 1;
  return scene.store.command('outbox.enqueue', {
    account: scene.account,
    txn: asTxnId(`draft ${txns}`),
    conversation: null,
    operation: { op: 'draft-save', draft, message, replaces: null, at: found.updatedAt },
    notBefore: at(10),
    identity: { key: key(as), links: [as] },
  }).outbox;
};
const send = (draft: DraftId, name: string) => {
  const operation: Operation = { op: 'send', archive: false, message: { at: at(11), parts: [] } };
  const identity = { key: key(name), links: [name] };
  const enqueue = { account: scene.account, conversation: null, operation, notBefore: at(10), draft, identity };
  return scene.store.command('outbox.enqueue', { ...enqueue, txn: asTxnId(name) }).outbox;
};
const claim = () => scene.store.command('outbox.claim', { account: scene.account, now: at(2000) }).row;
const done = (outbox: OutboxId, as: string | null, elsewhere = false) =>
  scene.store.command('outbox.settle', {
    outbox,
    settlement: { as: 'sent', key: as === null ? null : key(as), at: null, order: null, events: [], elsewhere },
  });
/** As the account's own other client, or the server, tells of a draft. */
const copy = (name: string, more: Parameters<typeof mail>[1] = {}) =>
  mail(name, {
    from: { is: 'me', key: asUserKey('me@example.org') },
    placements: [{ label: drafts, ref: `1:${name}` }],
    flags: { draft: true, read: true },
    ...more,
  });
const expunged = (name: string) =>
  ({ type: 'placed', target: key(name), label: drafts, ref: `1:${name}`, on: false, at: at(500) }) as const;
const local = () => scene.store.query('drafts', { limit: 10 });
const remote = () => scene.store.query('drafts.remote', { limit: 10 }).map(({ message }) => message);
const unkept = () => scene.store.query('drafts.unkept', {}).map(({ draft }) => draft);
const work = () => scene.store.query('outbox', {}).map(({ operation }) => operation);
/** A draft with its copy on the network. */
const kept = (text: string, as: string): DraftId => {
  const draft = write(text);
  const outbox = save(draft, as);
  claim();
  done(outbox, as);
  scene.tell(copy(as));
  return draft;
};

test('O-10: a draft is due until its last words are on the network', () => {
  const draft = write('one');
  expect(unkept()).toEqual([draft]);
  const outbox = save(draft, 'k1');
  expect(unkept()).toEqual([]);
  expect(claim()).toMatchObject({ id: outbox, operation: { op: 'draft-save', replaces: null } });
  write('one two', draft);
  expect(unkept()).toEqual([]);
  done(outbox, 'k1');
  expect(unkept()).toEqual([draft]);
  const again = save(draft, 'k2');
  expect(claim()).toMatchObject({ id: again, operation: { replaces: 'k1' } });
  done(again, 'k2');
  expect(unkept()).toEqual([]);
});

test('O-10: what waits untried says the newer words, so that a day offline is one save', () => {
  const draft = write('one');
  const outbox = save(draft, 'k1');
  write('one two', draft);
  expect(unkept()).toEqual([draft]);
  expect(save(draft, 'the newer')).toBe(outbox);
  expect(claim()).toMatchObject({ id: outbox, operation: { message: { parts: [{ text: 'the newer' }] } } });
  done(outbox, 'k1');
  expect(unkept()).toEqual([]);
});

test('O-10: a save our own death cut off may have got there: newer words wait for its end', () => {
  const draft = write('one');
  const outbox = save(draft, 'k1');
  claim();
  expect(scene.store.command('outbox.recover', { idempotentChannels: [] })).toMatchObject({ unknown: [] });
  scene.store.now += 60_000;
  write('one two', draft);
  expect(unkept()).toEqual([]);
  expect(save(draft, 'the newer')).toBe(outbox);
  expect(claim()).toMatchObject({ id: outbox, operation: { message: { parts: [{ text: 'k1' }] } } });
  done(outbox, 'k1');
  expect(unkept()).toEqual([draft]);
});

test('O-10: the same words saved again are no change', () => {
  const draft = kept('one', 'k1');
  scene.store.now += 60_000;
  write('one', draft);
  expect(unkept()).toEqual([]);
});

test('O-10: a save the network refused is not tried again before the draft says something else', () => {
  const draft = write('one');
  const outbox = save(draft, 'k1');
  claim();
  const error = { code: 'quota', message: 'The mailbox is full.' };
  scene.store.command('outbox.settle', { outbox, settlement: { as: 'failed', error } });
  expect(unkept()).toEqual([]);
  write('one two', draft);
  expect(unkept()).toEqual([draft]);
  const again = save(draft, 'k2');
  expect(again).not.toBe(outbox);
  expect(work()).toHaveLength(1);
});

test('O-11: a draft and its copy are one, whichever comes first', () => {
  const draft = write('one');
  const outbox = save(draft, 'k1');
  claim();
  // The server shows it before it answers.
  scene.tell(copy('k1'));
  expect([local().length, remote()]).toEqual([1, []]);
  expect(scene.store.query('list.counts', {}).views.drafts).toBe(1);
  done(outbox, 'k1');
  expect([local().length, remote()]).toEqual([1, []]);
  scene.store.command('maintenance.rebuild', {});
  expect([local().length, remote()]).toEqual([1, []]);
});

test('O-11: a draft of the network is shown until it is gone on with here, and is then that draft’s copy', () => {
  scene.tell(mail('question'), copy('k1', { links: ['question'] }));
  const message = scene.idOf('k1');
  const { id: conversation } = scene.only();
  expect(remote()).toEqual([message]);
  expect(scene.messages(conversation)).toHaveLength(2);
  const adopt = { message, version: 0, composition: composition('from there', { conversation }), now: scene.store.now };
  expect(scene.store.command('draft.adopt', { ...adopt, version: -1 }).draft).toBeNull();
  const { draft } = scene.store.command('draft.adopt', adopt);
  if (draft === null) throw new Error('it was not taken over');
  expect(scene.store.command('draft.adopt', adopt).draft).toBe(draft);
  expect([local().length, remote(), unkept()]).toEqual([1, [], []]);
  expect(scene.messages(conversation)).toHaveLength(1);
  write('and on', draft, { conversation });
  save(draft, 'k2');
  expect(claim()).toMatchObject({ operation: { replaces: 'k1', seen: 0 } });
});

test('O-11: sending a draft takes its copy away once it is sent, and undo brings both back', () => {
  const draft = kept('one', 'k1');
  const undone = send(draft, 'm1');
  expect([local().length, remote()]).toEqual([0, []]);
  const back = scene.store.command('outbox.cancel', { outbox: undone }).draft;
  if (back === null) throw new Error('no draft came back');
  expect([local().map(({ id }) => id), remote()]).toEqual([[back], []]);
  const sent = send(back, 'm2');
  claim();
  expect(work()).toMatchObject([{ op: 'send' }]);
  done(sent, 'm2');
  expect(work()).toEqual([{ op: 'draft-discard', key: 'k1' }]);
  expect(remote()).toEqual([]);
  const discard = claim();
  if (!discard) throw new Error('nothing to discard');
  done(discard.id, null);
  expect([local(), remote(), work()]).toEqual([[], [], []]);
  expect(scene.messages(scene.only('sent').id).map((message) => message.key)).toEqual(['m2']);
});

test('O-11: what is sent while its draft is being saved takes the copy away that comes of it', () => {
  const draft = write('one');
  const saving = save(draft, 'k1');
  claim();
  const sent = send(draft, 'm1');
  claim();
  done(sent, 'm1');
  expect(work()).toMatchObject([{ op: 'draft-save' }]);
  done(saving, 'k1');
  expect(work()).toEqual([{ op: 'draft-discard', key: 'k1' }]);
});

test('O-11: what is sent before its draft was saved is not saved', () => {
  const draft = write('one');
  save(draft, 'k1');
  send(draft, 'm1');
  expect(work()).toMatchObject([{ op: 'send' }]);
});

test('O-11: a draft thrown away is thrown away there too; where that is refused it shows again', () => {
  const draft = kept('one', 'k1');
  expect(scene.store.command('draft.discard', { draft }).account).toBe(scene.account);
  expect([local(), remote(), work()]).toEqual([[], [], [{ op: 'draft-discard', key: 'k1' }]]);
  const row = claim();
  if (!row) throw new Error('nothing to discard');
  const error = { code: 'no', message: 'No.' };
  scene.store.command('outbox.settle', { outbox: row.id, settlement: { as: 'failed', error } });
  expect(remote()).toEqual([scene.idOf('k1')]);
});

test('O-11: a draft that goes to another account leaves the first one’s server', () => {
  const draft = kept('one', 'k1');
  const other = scene.store.command('account.save', {
    channel: 'test',
    inboxIsLabel: true,
    description: { key: asUserKey('other@example.org'), label: 'Other', identities: [], config: {} },
  }).account;
  write('one', draft, { account: other });
  expect(work()).toEqual([{ op: 'draft-discard', key: 'k1' }]);
  expect(unkept()).toEqual([draft]);
});

test('O-12: a draft thrown away or replaced elsewhere goes here, if it says no more than its copy did', () => {
  kept('one', 'k1');
  scene.tell(expunged('k1'), copy('theirs'));
  expect([local(), remote()]).toEqual([[], [scene.idOf('theirs')]]);
  expect(scene.store.query('list.counts', {}).views.drafts).toBe(1);
});

test('O-12: a draft changed here and elsewhere stays, says so, and stands beside the other', () => {
  const draft = kept('one', 'k1');
  write('one two', draft);
  scene.tell(expunged('k1'), copy('theirs'));
  expect(local()).toMatchObject([{ id: draft, text: 'one two', elsewhere: true }]);
  expect(remote()).toEqual([scene.idOf('theirs')]);
  save(draft, 'k2');
  expect(claim()).toMatchObject({ operation: { replaces: null } });
});

test('O-12: the files of a draft are never lost to a change elsewhere', () => {
  const draft = write('one', undefined, {
    parts: [{ kind: 'document', media: { ref: 'upload:1' as never, mime: 'a/b' } }],
  });
  const outbox = save(draft, 'k1');
  claim();
  done(outbox, 'k1');
  scene.tell(copy('k1'), expunged('k1'));
  expect(local()).toMatchObject([{ id: draft, elsewhere: true }]);
});

test('O-12: a change elsewhere that shows only while saving is said too', () => {
  const draft = kept('one', 'k1');
  write('one two', draft);
  const outbox = save(draft, 'k2');
  claim();
  scene.tell(expunged('k1'), copy('theirs'));
  done(outbox, 'k2', true);
  expect(local()).toMatchObject([{ id: draft, elsewhere: true }]);
  expect(unkept()).toEqual([]);
});

/** Its copy as it was written under the same key at another time, in minutes. */
const rewritten = (name: string, text: string, version: number, more: Parameters<typeof mail>[1] = {}) =>
  copy(name, { parts: [{ kind: 'text', format: 'plain', text }], version: at(version), ...more });

test('O-12: a copy that says something else by now is the draft, where nobody has written here meanwhile', () => {
  const draft = kept('one', 'k1');
  scene.tell(rewritten('k1', 'text of k1', 20, { flags: { draft: true, starred: true } }));
  scene.tell(rewritten('k1', 'older', 19));
  expect([local().length, remote()]).toEqual([1, []]);
  scene.tell(rewritten('k1', 'theirs', 30));
  expect([local(), remote()]).toEqual([[], [scene.idOf('k1')]]);
  expect(scene.store.query('list.counts', {}).views.drafts).toBe(1);
  expect(scene.keyed('k1').parts).toMatchObject([{ text: 'theirs' }]);
  // Whoever was writing in it here all the same begins another.
  write('mine after all', draft);
  expect(local()).toMatchObject([{ text: 'mine after all', elsewhere: true }]);
  expect(remote()).toEqual([scene.idOf('k1')]);
});

test('O-12: a draft written on here, or on its way, stays when its copy is written anew elsewhere', () => {
  const draft = kept('one', 'k1');
  write('one two', draft);
  scene.tell(rewritten('k1', 'theirs', 20));
  expect([local().map(({ text }) => text), remote()]).toEqual([['one two'], []]);
  const outbox = save(draft, 'k2');
  claim();
  scene.tell(rewritten('k1', 'theirs again', 30));
  expect(local()).toHaveLength(1);
  // What the save itself tells of its copy, file after file, nobody else has written.
  const settlement = { as: 'sent', key: key('k2'), at: null, order: null, elsewhere: true } as const;
  scene.tell(rewritten('k2', 'one', 40));
  const events = [rewritten('k2', 'one two', 50), rewritten('k1', 'theirs again', 30)];
  scene.store.command('outbox.settle', { outbox, settlement: { ...settlement, events } });
  expect(local()).toMatchObject([{ id: draft, text: 'one two', elsewhere: true }]);
  expect(remote()).toEqual([scene.idOf('k1')]);
});

test('O-12: what is gone on with names the version it goes on from, until it is saved here', () => {
  scene.tell(rewritten('k1', 'theirs', 20));
  const adopt = {
    message: scene.idOf('k1'),
    version: at(20),
    composition: composition('theirs'),
    now: scene.store.now,
  };
  const { draft } = scene.store.command('draft.adopt', adopt);
  if (draft === null) throw new Error('it was not taken over');
  write('theirs and mine', draft);
  const first = save(draft, 'k2');
  expect(claim()).toMatchObject({ operation: { replaces: 'k1', seen: at(20) } });
  done(first, 'k2');
  write('more', draft);
  save(draft, 'k3');
  expect(claim()?.operation).not.toHaveProperty('seen');
});
