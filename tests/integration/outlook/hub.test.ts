import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { realClock } from '../../../adapters/_kit/testing/index.ts';
import outlook from '../../../adapters/outlook/index.ts';
import { type Bench, openBench } from '../../../src-main/core/testing/harness.ts';
import type { Composition, ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { visit } from '../../simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../simulators/microsoft/index.ts';

/** The product whole: hub, store and the Outlook channel, against a simulated Microsoft. One mailbox is lived in from first login on. */
let microsoft: Microsoft;
let bench: Bench;
let account: AccountId;
beforeAll(async () => {
  microsoft = await startMicrosoft({ talks: 8, messages: 40 });
  bench = await openBench({ clock: realClock, channels: () => [outlook] });
  await bench.call('settings.set', { patch: { undoSendSeconds: 0 } });
});
afterAll(async () => {
  await bench.close();
  await microsoft.stop();
});

const soon = <T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> =>
  vi.waitFor(
    async () => {
      const found = await look();
      if (!found) throw new Error(`waited in vain until ${what}`);
      return found;
    },
    { timeout: 60_000, interval: 25 },
  );
const inbox = async (): Promise<readonly ConversationRow[]> =>
  (await bench.call('inbox.page', { view: 'inbox', limit: 200 })).rows;
const titled = async (title: string) => (await inbox()).find((row) => row.title === title);
const state = async () => (await bench.call('accounts.list', {}))[0]?.state;
const online = () => soon('the account is online', async () => (await state())?.is === 'online');
const folder = (name: string) => microsoft.mailbox.folder(name).id;
/** Conversations of the inbox as Outlook counts them: those with a message in the inbox. */
const threads = () =>
  new Set(microsoft.mailbox.messages.filter((one) => one.folder === folder('inbox')).map((one) => one.conversationId))
    .size;
const there = (subject: string) =>
  microsoft.mailbox.messages.find(({ raw }) => raw.toString('latin1').includes(`Subject: ${subject}\r\n`));
const messages = async () => (await bench.call('app.stats', {})).messages;

it('logs in by the browser, and the mailbox comes in with the conversations Outlook has', async () => {
  const first = await bench.call('login.start', { channel: 'outlook' });
  const fields = { clientId: client.id, tenant: client.tenant, server: microsoft.address };
  const second = await bench.call('login.answer', { login: first.login, answers: fields });
  if (second.step?.show !== 'browser') throw new Error(`no page to visit: ${second.error}`);
  await visit(second.step.url);
  account = (await soon('there is an account', async () => (await bench.call('accounts.list', {}))[0])).id;
  await online();
  await soon('everything is here', async () => (await messages()) === microsoft.mailbox.messages.length);
  expect(await inbox()).toHaveLength(threads());
});

it('shows a letter soon after its coming', async () => {
  microsoft.write('Just now');
  expect(await soon('it is in the inbox', () => titled('Just now'))).toMatchObject({ unread: 1 });
});

it('answers a letter into its thread, shown once as sent', async () => {
  const row = await soon('the letter is there', () => titled('Just now'));
  const question = (await bench.call('conversation.page', { conversation: row.id })).messages[0];
  if (!question) throw new Error('no message');
  const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'reply', message: question.id });
  const composition: Composition = { ...start, text: 'I have now.', format: 'plain' };
  await bench.call('compose.send', { ...composition, notBefore: 0 });
  await microsoft.mailbox.ledger.until((ledger) => ledger.of('sent').length === 1);
  const [sent] = microsoft.mailbox.ledger.of('sent');
  const { conversationId } = microsoft.mailbox.message(sent?.id ?? '');
  expect(microsoft.mailbox.messages.filter((one) => one.conversationId === conversationId)).toHaveLength(2);
  const pageOf = async () => (await bench.call('conversation.page', { conversation: row.id })).messages;
  await soon('it is shown as sent', async () =>
    (await pageOf()).every(({ delivery }) => (delivery?.state ?? 'sent') === 'sent'),
  );
  microsoft.write('Another');
  await soon('the history has been looked at since', () => titled('Another'));
  expect(await pageOf()).toHaveLength(2);
});

it('finds out what became of a send that was cut off, and shows it once', async () => {
  microsoft.faults.arm({ path: /send$/ }, { is: 'cut-after' });
  const { quoted: _, ...start } = await bench.call('compose.start', {
    kind: 'new',
    account,
    to: 'ines@northwind.example',
  });
  const sent = await bench.call('compose.send', { ...start, subject: 'Once only', text: 'Once.', notBefore: 0 });
  await soon('it is settled', async () => {
    const message = await bench.call('message.get', { message: sent.message });
    return message && (message.delivery === null || message.delivery.state === 'sent');
  });
  expect(microsoft.mailbox.ledger.of('sent').filter(({ subject }) => subject === 'Once only')).toHaveLength(1);
  const found = await bench.call('inbox.page', { view: 'sent', limit: 200 });
  expect(found.rows.filter(({ title }) => title === 'Once only')).toHaveLength(1);
});

it('archives there what is archived here, and follows what another device does', async () => {
  const row = await soon('the letter is there', () => titled('Another'));
  await bench.call('act.archive', { conversations: [row.id], on: true });
  expect(await titled('Another')).toBeUndefined();
  await soon('it is archived there', async () => there('Another')?.folder === folder('archive'));
  await bench.call('act.archive', { conversations: [row.id], on: false });
  await soon('it is back there', async () => there('Another')?.folder === folder('inbox'));
  microsoft.mailbox.change(there('Another')?.id ?? '', { isRead: true });
  await soon('it is read here too', async () => (await titled('Another'))?.unread === 0);
});

it('is the same after a crash, with what came meanwhile', async () => {
  const before = await messages();
  await bench.crash();
  microsoft.write('While away');
  await online();
  await soon('the new letter is there', () => titled('While away'));
  expect(await messages()).toBe(before + 1);
  expect(await inbox()).toHaveLength(threads());
});

it('asks for a login when access was taken back, keeps everything, and goes on after it', async () => {
  const before = await messages();
  microsoft.grants.revoke();
  await soon('it is noticed', async () => (await state())?.is === 'needs-login');
  expect(await messages()).toBe(before);
  microsoft.write('After the break');
  const first = await bench.call('login.start', { channel: 'outlook', account });
  const fields = { clientId: client.id, tenant: client.tenant, server: microsoft.address };
  const second = await bench.call('login.answer', { login: first.login, answers: fields });
  if (second.step?.show !== 'browser') throw new Error(`no page to visit: ${second.error}`);
  await visit(second.step.url);
  await online();
  await soon('the new letter is there', () => titled('After the break'));
  expect(await bench.call('accounts.list', {})).toHaveLength(1);
  expect(bench.logged.join('\n')).not.toContain('sim-secret');
});
