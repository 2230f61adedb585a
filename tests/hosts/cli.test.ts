import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runScript, startHeadless, temporaryFolder } from './program.ts';

// A dozen programs one after the other, each of which loads all of Carillon.
vi.setConfig({ testTimeout: 300_000 });

const mail = (number: number, subject: string, body: string): string =>
  [
    `From anna@example.org Mon Jan  ${(number % 9) + 1} 10:00:00 2024`,
    `Message-ID: <bell-${number}@example.org>`,
    `Date: Mon, 0${(number % 9) + 1} Jan 2024 10:00:00 +0000`,
    'From: Anna Dzwon <anna@example.org>',
    'To: me@example.org',
    `Subject: ${subject}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
    '',
  ].join('\n');

/** The command line on a profile of the test's own. */
const onProfile = (profile = join(temporaryFolder(), 'profile')) => ({
  profile,
  cli: (...args: string[]) => runScript('scripts/cli.mjs', [...args, '--profile', profile]),
});

test('an archive is imported, counted, found, shown and exported again', async () => {
  const { cli } = onProfile();
  const archive = join(temporaryFolder(), 'bells.mbox');
  const letters = Array.from({ length: 30 }, (_, n) =>
    mail(n, `Peal ${n}`, n === 7 ? 'the clapper is \u001b[31mbroken' : 'ding'),
  );
  writeFileSync(archive, letters.join(''));
  const imported = await cli('import', archive, '--json');
  expect([imported.code, imported.stderr]).toEqual([0, expect.any(String)]);
  expect(JSON.parse(imported.stdout)).toMatchObject([{ state: 'done', messages: 30, added: 30, damagedCount: 0 }]);
  const again = await cli('import', archive, '--json');
  expect(JSON.parse(again.stdout)).toMatchObject([{ state: 'done', added: 0 }]);

  const stats = JSON.parse((await cli('stats', '--json')).stdout);
  expect(stats).toMatchObject({ accounts: 1, messages: 30, conversations: 30, attachments: 0 });
  expect(stats.databaseBytes).toBeGreaterThan(0);

  expect(JSON.parse((await cli('accounts', 'list', '--json')).stdout)).toMatchObject([{ channel: 'archive' }]);

  const found = JSON.parse((await cli('search', 'clapper', '--json')).stdout);
  expect(found.hits).toHaveLength(1);
  const shown = await cli('show', String(found.hits[0].conversation));
  // The parser takes the control character out; what is left of its sequence is text that moves nothing.
  expect(shown.stdout).toContain('the clapper is [31mbroken');
  expect(shown.stdout).not.toContain('\u001b');

  const copy = join(temporaryFolder(), 'copy.mbox');
  expect((await cli('export', copy)).code).toBe(0);
  expect(readFileSync(copy, 'utf8').match(/^From /gm)).toHaveLength(30);
  expect((await cli('doctor')).stdout).toMatch(/ok/);
});

test('what cannot be done ends with 1 and one line; what cannot be meant with 2', async () => {
  const { cli } = onProfile();
  const unknown = await cli('accounts', 'test', 'nobody');
  expect([unknown.code, unknown.stderr.trim()]).toEqual([1, 'carillon: There is no account "nobody".']);
  expect((await cli('nonsense')).code).toBe(2);
  expect((await cli('list', '--view', 'nonsense')).code).toBe(2);
  expect((await cli('show', 'x')).code).toBe(2);
  expect((await cli('import', '/no/such/file.mbox')).code).toBe(2);
  expect((await cli('accounts', 'remove', 'nobody')).code).toBe(1);
  const secret = await cli('accounts', 'add', 'email', '--field', 'address=a@localhost', '--field', 'password=x');
  expect(secret.code).toBe(2);
  expect(secret.stderr).toContain('not taken from the command line');
});

test('every command explains itself', async () => {
  const { cli } = onProfile();
  for (const command of [
    '',
    'accounts',
    'sync',
    'import',
    'export',
    'search',
    'list',
    'show',
    'send',
    'stats',
    'doctor',
  ]) {
    const { code, stdout } = await cli(...(command === '' ? [] : [command]), '--help');
    expect([command, code]).toEqual([command, 0]);
    expect(stdout).toContain('Usage:');
  }
});

test('a running host is spoken to, a reply goes out through it and it stays', async () => {
  const { profile, cli } = onProfile();
  const host = await startHeadless(['--demo', '--profile', profile]);
  const accounts = JSON.parse((await cli('accounts', 'list', '--json')).stdout) as { id: number; key: string }[];
  expect(accounts.length).toBeGreaterThan(1);
  // Letters can be answered, whichever has come by now; not every channel of a chat takes answers.
  const letters = accounts.find(({ key }) => key.includes('@'));
  const listed = async (): Promise<{ id: number }[]> =>
    JSON.parse((await cli('list', '--json', '--account', String(letters?.id))).stdout);
  await expect.poll(async () => (await listed()).length, { timeout: 200_000 }).toBeGreaterThan(0);
  const [row] = await listed();
  const shown = JSON.parse((await cli('show', String(row?.id), '--json')).stdout) as { messages: { id: number }[] };
  const sent = await cli('send', '--reply', String(shown.messages.at(-1)?.id), '--text', 'On my way.', '--json');
  expect([sent.code, sent.stderr]).toEqual([0, '']);
  expect(() => process.kill(host.pid, 0)).not.toThrow();
});

test('a login that runs in the host says what it is about all the same', async () => {
  const profile = join(temporaryFolder(), 'profile');
  await startHeadless(['--profile', profile]);
  const fields = ['address=a@localhost', 'imapHost=127.0.0.1', 'imapPort=1', 'smtpHost=127.0.0.1', 'smtpPort=1'];
  const add = ['accounts', 'add', 'email', '--profile', profile, '--password-stdin', '--field', ...fields];
  const { code, stderr } = await runScript('scripts/cli.mjs', add, {}, 'secret');
  expect(code).toBe(1);
  expect(stderr).toContain('Signing in to 127.0.0.1:1 …');
});
