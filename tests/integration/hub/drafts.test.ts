import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Composition } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asUserKey, type DraftId } from '../../../src-shared/model/index.ts';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { ann, answerFor, bob, letter, users } from '../email/mailbox.ts';
import { type HubProcess, soon, startHub, temporaryFolder } from './process.ts';

/** Drafts on a real server, both ways, through everything that can come between. */

let server: MailServer;
let hub: HubProcess;
let profile: string;
let account: AccountId;
beforeEach(async () => {
  server = await startMailServer({ users });
  profile = temporaryFolder();
  hub = await startHub(profile);
  let view = await hub.call('login.start', { channel: 'email' });
  while (view.step) view = await hub.call('login.answer', { login: view.login, answers: answerFor(server)(view.step) });
  if (view.account === null) throw new Error(view.error ?? 'there is no account');
  account = view.account;
  await inState('online');
});
afterEach(() => server.stop());

const inState = (state: string) =>
  soon(`the account is ${state}`, async () => (await hub.call('accounts.list', {}))[0]?.state.is === state);
const write = (text: string, over: Partial<Composition> = {}): Composition => ({
  account,
  conversation: null,
  from: null,
  recipients: [{ role: 'to', key: asUserKey(bob) }],
  subject: 'A peal',
  text,
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
  ...over,
});
const save = async (text: string, draft?: DraftId, over: Partial<Composition> = {}): Promise<DraftId> =>
  (await hub.call('drafts.save', { ...write(text, over), ...(draft ? { draft } : {}) })).draft;
/** The drafts on the server, whole. */
const there = async (): Promise<readonly string[]> => {
  const found = await server.doveadm('search', '-u', ann, 'mailbox', 'Drafts', 'all');
  const uids = found.split('\n').flatMap((line) => line.split(' ')[1] ?? []);
  return Promise.all(uids.map((uid) => server.doveadm('fetch', '-u', ann, 'text', 'mailbox', 'Drafts', 'uid', uid)));
};
const only = (words: string) =>
  soon(`the only draft on the server says ${words}`, async () => {
    const [draft, ...more] = await there();
    return more.length === 0 && draft?.includes(words) === true && draft;
  });
const here = () => hub.call('drafts.list', { limit: 20 });
const remote = () => hub.call('drafts.remote', { limit: 20 });
const waiting = async () => (await hub.call('app.stats', {})).outboxWaiting;
/** Nothing of it is under way any more, and what the server tells has been heard. */
const quiet = () => soon('all is said', async () => (await waiting()) === 0 && (await remote()).length === 0);
/** Another client's draft, or its newer version of one. */
const elsewhere = (text: string) =>
  server.deliver(ann, letter({ from: `Ann <${ann}>`, to: bob, subject: 'A peal', text }), {
    folder: 'Drafts',
    flags: 'DS',
  });
const expunge = () => server.doveadm('expunge', '-u', ann, 'mailbox', 'Drafts', 'all');

it('what is written here is on the server, once, and goes when it is sent', { timeout: 120_000 }, async () => {
  const file = Buffer.from('all the bells').toString('base64');
  const { ref } = await hub.call('compose.upload', { name: 'bells.txt', mime: 'text/plain', base64: file });
  const parts: Composition['parts'] = [{ kind: 'document', media: { ref, mime: 'text/plain', name: 'bells.txt' } }];
  const draft = await save('Ding', undefined, { parts, recipients: [{ role: 'to', key: asUserKey('half an') }] });
  expect(await only('Ding')).toContain('bells.txt');
  await save('Ding dong', draft, { parts });
  expect(await only('Ding dong')).toMatch(/^to: bob@example\.test/im);
  await quiet();
  expect(await here()).toMatchObject([{ id: draft, text: 'Ding dong', elsewhere: false }]);
  expect((await hub.call('inbox.counts', {})).views.drafts).toBe(1);

  await hub.call('settings.set', { patch: { undoSendSeconds: 0 } });
  await hub.call('compose.send', { ...write('Ding dong', { parts }), draft });
  await soon('no draft is left', async () => (await there()).length === 0);
  await quiet();
  expect([await here(), (await hub.call('inbox.counts', {})).views.drafts ?? 0]).toEqual([[], 0]);
});

it('what is thrown away here is thrown away there', { timeout: 120_000 }, async () => {
  const draft = await save('Never mind');
  await only('Never mind');
  await hub.call('drafts.discard', { draft });
  await soon('no draft is left', async () => (await there()).length === 0);
  await quiet();
});

it('no kill loses a draft or doubles it', { timeout: 300_000 }, async () => {
  const draft = await save('Stroke 0');
  for (let n = 1; n <= 5; n += 1) {
    await save(`Stroke ${n}.`, draft);
    let looks = 0;
    // It may be under way and over between two looks; the server, which is slow to ask, is asked now and then.
    const over = async () => looks++ % 20 === 0 && (await there()).some((text) => text.includes(`Stroke ${n}.`));
    const begun = async () => (await waiting()) > 0 || (await over());
    // At first before anything is under way, then while it is.
    if (n > 1) await soon('it is under way', begun);
    await new Promise((resolve) => setTimeout(resolve, n > 1 ? Math.random() * 60 : 0));
    await hub.kill();
    hub = await startHub(profile);
  }
  await inState('online');
  await only('Stroke 5.');
  await quiet();
  expect(await here()).toMatchObject([{ id: draft, text: 'Stroke 5.', elsewhere: false }]);
  await hub.kill();
});

it('what is written without a connection is there once there is one', { timeout: 120_000 }, async () => {
  await server.kill();
  await inState('offline');
  const draft = await save('First');
  await soon('it waits', async () => (await waiting()) === 1);
  await save('First and last', draft);
  await server.restart();
  await only('First and last');
  await quiet();
  expect(await here()).toHaveLength(1);
});

it('a draft of another client is gone on with here', { timeout: 120_000 }, async () => {
  await elsewhere('Begun on the train.');
  const [begun] = await soon('it is known', async () => {
    const drafts = await remote();
    return drafts.length === 1 && drafts;
  });
  expect(begun).toMatchObject({ subject: 'A peal', recipients: [{ role: 'to', key: bob }] });
  if (!begun) throw new Error('it went');
  const taken = await hub.call('drafts.take', { message: begun.message });
  expect(taken).toMatchObject({ text: expect.stringContaining('Begun on the train.'), conversation: null });
  if (!taken) throw new Error('it was not taken');
  expect([(await here()).length, await remote()]).toEqual([1, []]);
  await save('Ended at home.', taken.id);
  await only('Ended at home.');
  await quiet();
  expect(await here()).toHaveLength(1);
});

it('a draft changed here and elsewhere is kept twice, and says so', { timeout: 120_000 }, async () => {
  const draft = await save('One');
  await only('One');
  await quiet();
  await hub.call('accounts.update', { account, paused: true });
  await expunge();
  await elsewhere('One, theirs');
  await save('One, mine', draft);
  await hub.call('accounts.update', { account, paused: false });
  await soon('both are there', async () => {
    const all = (await there()).join();
    return all.includes('One, theirs') && all.includes('One, mine');
  });
  await soon('both are here', async () => (await remote()).length === 1);
  await soon('all is said', async () => (await waiting()) === 0);
  expect(await here()).toMatchObject([{ id: draft, text: 'One, mine', elsewhere: true }]);
  expect(await there()).toHaveLength(2);
});
