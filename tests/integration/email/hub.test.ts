import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPart, parseMail, toIncoming } from '../../../adapters/_kit/mail/index.ts';
import { realClock } from '../../../adapters/_kit/testing/index.ts';
import { openBytes } from '../../../adapters/archive/bytes.ts';
import { readMbox } from '../../../adapters/archive/mbox.ts';
import email from '../../../adapters/email/index.ts';
import { type Bench, openBench } from '../../../src-main/core/testing/harness.ts';
import { mailExporter } from '../../../src-main/hosts/exporters.ts';
import type { Channel } from '../../../src-shared/channel.ts';
import type { Composition, ConversationRow } from '../../../src-shared/ipc/index.ts';
import { type AccountId, mediaOf } from '../../../src-shared/model/index.ts';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { must } from './harness.ts';
import { ann, answerFor, bob, letter, users } from './mailbox.ts';

/** The product whole: hub, store and the e-mail channel, against a real provider. One mailbox is lived in from first login on. */
let server: MailServer;
let bench: Bench;
let account: AccountId;
beforeAll(async () => {
  server = await startMailServer({ users });
  const channels: readonly Channel[] = [email];
  bench = await openBench({ clock: realClock, channels: () => channels, mail: mailExporter });
  await bench.call('settings.set', { patch: { undoSendSeconds: 0 } });
});
afterAll(async () => {
  await bench.close();
  await server.stop();
});

/** Looks again and again until there is something to see. */
async function soon<T>(what: string, look: () => Promise<T | undefined | false>, patience = 60_000): Promise<T> {
  const until = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) throw new Error(`waited in vain until ${what}: ${bench.logged.slice(-10).join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const inbox = async (): Promise<readonly ConversationRow[]> =>
  (await bench.call('inbox.page', { view: 'inbox', limit: 200 })).rows;
const titled = async (title: string) => (await inbox()).find((row) => row.title === title);
const searchOn = async (user: string, folder: string, subject: string): Promise<number> =>
  (await server.doveadm('search', '-u', user, 'mailbox', folder, 'header', 'subject', subject))
    .split('\n')
    .filter(Boolean).length;
const online = async () =>
  await soon('the account is online', async () => (await bench.call('accounts.list', {}))[0]?.state.is === 'online');

it('logs in step by step, and the mailbox comes in, a thread over two folders as one conversation', async () => {
  for (let number = 0; number < 30; number += 1) await server.deliver(ann, letter({ subject: `Old letter ${number}` }));
  await server.deliver(
    ann,
    letter({ id: 'a@example.test', subject: 'Choir on Sunday', at: new Date(Date.UTC(2026, 10, 2)) }),
  );
  await server.deliver(
    ann,
    letter({
      id: 'b@example.test',
      from: `Ann Example <${ann}>`,
      to: bob,
      subject: 'Re: Choir on Sunday',
      inReplyTo: 'a@example.test',
      references: ['a@example.test'],
      at: new Date(Date.UTC(2026, 10, 3)),
    }),
    { folder: 'Sent', flags: 'S' },
  );
  let view = await bench.call('login.start', { channel: 'email' });
  while (view.step)
    view = await bench.call('login.answer', { login: view.login, answers: answerFor(server)(view.step) });
  expect(view.error).toBeNull();
  account = (await soon('there is an account', async () => (await bench.call('accounts.list', {}))[0])).id;
  await online();
  const choir = await soon('the conversation is whole', async () => {
    const row = await titled('Choir on Sunday');
    return row?.messages === 2 && row;
  });
  expect(choir.people.map(({ name }) => name)).toContain('Bob Example');
  const { messages } = await bench.call('conversation.page', { conversation: choir.id });
  expect(messages.map(({ fromMe }) => fromMe)).toEqual([false, true]);
  await soon('the whole inbox is there', async () => (await inbox()).length === 31);
});

it('shows a letter as it comes, long before the folders are looked through again', async () => {
  await server.deliver(ann, letter({ subject: 'Just now', at: new Date() }));
  // Half the time between two of those.
  await soon('it is in the inbox', () => titled('Just now'), 30_000);
});

it('answers a letter: out to the other, once under Sent, and shown once as sent', async () => {
  const choir = await soon('the conversation is there', () => titled('Choir on Sunday'));
  const page = await bench.call('conversation.page', { conversation: choir.id });
  const question = page.messages[0];
  if (!question) throw new Error('no message');
  const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'reply', message: question.id });
  const composition: Composition = { ...start, text: 'I will be there.', format: 'plain' };
  const sent = await bench.call('compose.send', { ...composition, notBefore: 0 });
  await soon('it has arrived', async () => (await searchOn(bob, 'INBOX', 'Choir')) === 1);
  await soon('it is shown as sent', async () => {
    const message = await bench.call('message.get', { message: sent.message });
    return message?.delivery === null || message?.delivery.state === 'sent';
  });
  // Time for the copy to come back by syncing, which must not show twice.
  await bench.call('accounts.sync', { account });
  await soon('the copy is filed', async () => (await searchOn(ann, 'Sent', 'Choir')) === 2);
  const after = await bench.call('conversation.page', { conversation: choir.id });
  expect(after.messages).toHaveLength(3);
});

it('shows the source of a letter as the server keeps it, and says so when it cannot be asked', async () => {
  const raw = letter({ id: 'source@example.test', subject: 'Bare source', text: 'Zażółć\tgęślą.' });
  await server.deliver(ann, raw);
  const row = await soon('it is in the inbox', () => titled('Bare source'));
  const { messages } = await bench.call('conversation.page', { conversation: row.id });
  const message = messages[0]?.id;
  if (!message) throw new Error('no message');
  expect(messages[0]?.hasSource).toBe(true);
  const shown = await bench.call('message.source', { message });
  expect(shown).toEqual({ text: raw, truncated: false });
  await bench.call('accounts.update', { account, paused: true });
  await expect(bench.call('message.source', { message })).rejects.toThrow(/offline: .*is paused/);
  await bench.call('accounts.update', { account, paused: false });
  await online();
});

it('exports a conversation as mbox with the files that were still on the server', async () => {
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, n) => (n * 31) % 256));
  const more = [
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'From here on it is downhill.',
    'Zażółć.',
    '--b',
    'Content-Type: application/octet-stream; name=bell.bin',
    'Content-Disposition: attachment; filename=bell.bin',
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--b--',
  ].join('\r\n');
  await server.deliver(ann, letter({ id: 'bell@example.test', subject: 'A bell in a file', more }));
  const row = await soon('it is in the inbox', () => titled('A bell in a file'));
  const path = join(bench.folder, 'bell.mbox');
  const exported = await bench.call('export.start', { path, format: 'mbox', conversation: row.id });
  expect(exported).toEqual({ messages: 1, skipped: [] });
  const written = await readFile(path, 'utf8');
  expect(written).toMatch(/^From bob@example\.test \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\n/);
  expect(written.match(/^From /gm)).toHaveLength(1);
  const found: Uint8Array[] = [];
  const file = await openBytes(path, new AbortController().signal);
  for await (const mail of readMbox(file, 0, 'mboxrd')) found.push(mail.source);
  await file.close();
  const source = must(found[0], 'mail');
  const read = toIncoming(parseMail(source), { own: new Set() });
  expect(read.message.links?.[0]).toBe('bell@example.test');
  const text = read.message.parts.find((part) => part.kind === 'text');
  expect(text?.text).toContain('From here on it is downhill.\nZażółć.');
  const media = must(read.message.parts.flatMap(mediaOf)[0], 'file');
  expect(media.name).toBe('bell.bin');
  expect(Buffer.from(must(openPart(source, media.ref), 'part').bytes).equals(bytes)).toBe(true);
});

it('archives on the server what is archived here, and follows what another program does', async () => {
  const row = await soon('the letter is there', () => titled('Old letter 7'));
  await bench.call('act.archive', { conversations: [row.id], on: true });
  expect(await titled('Old letter 7')).toBeUndefined();
  await soon('it is in the archive', async () => (await searchOn(ann, 'Archive', 'Old letter 7')) === 1);
  await soon('it is in the inbox no more', async () => (await searchOn(ann, 'INBOX', 'Old letter 7')) === 0);
  await server.doveadm('flags', 'add', '-u', ann, '\\Seen', 'mailbox', 'INBOX', 'header', 'subject', 'Old letter 9');
  await soon('it is read here too', async () => (await titled('Old letter 9'))?.unread === 0);
});

it('sends what was written while the server was away, once it is back', async () => {
  await server.kill();
  await soon('it is noticed', async () => (await bench.call('accounts.list', {}))[0]?.state.is === 'offline');
  const start = await bench.call('compose.start', { kind: 'new', account, to: bob });
  const { quoted: _, ...composition } = start;
  await bench.call('compose.send', { ...composition, subject: 'Written offline', text: 'Later.', notBefore: 0 });
  await server.restart();
  await bench.call('accounts.sync', { account });
  await soon('it has arrived', async () => (await searchOn(bob, 'INBOX', 'Written offline')) === 1);
  await soon('its copy is filed', async () => (await searchOn(ann, 'Sent', 'Written offline')) === 1);
});

it('is the same after a crash and after a restart: nothing lost, nothing twice', async () => {
  const before = await bench.call('app.stats', {});
  await bench.crash();
  await server.deliver(ann, letter({ subject: 'While away', at: new Date() }));
  await online();
  await soon('the new letter is there', () => titled('While away'));
  await bench.restart();
  await online();
  const after = await bench.call('app.stats', {});
  expect(after.messages).toBe(before.messages + 1);
  await server.renumber(ann);
  await bench.restart();
  await online();
  await server.deliver(ann, letter({ subject: 'After renumbering', at: new Date() }));
  await soon('the newest letter is there', () => titled('After renumbering'));
  expect((await bench.call('app.stats', {})).messages).toBe(before.messages + 2);
  expect(await titled('Old letter 3')).toBeDefined();
});
