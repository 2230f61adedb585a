import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { ann, bob, letter, users } from '../email/mailbox.ts';
import { cli, soon, temporaryFolder } from './process.ts';

/** The command line on a real mailbox: each command opens the profile, does its work and leaves. */
let server: MailServer;
beforeAll(async () => {
  server = await startMailServer({ users });
});
afterAll(() => server.stop());

it('adds a mailbox, fetches it, imports beside it, finds, sends, exports and forgets', {
  timeout: 480_000,
}, async () => {
  for (let n = 0; n < 40; n += 1)
    await server.deliver(ann, letter({ subject: `Peal ${n}`, text: n === 7 ? 'the clapper is broken' : 'ding' }));
  const profile = temporaryFolder();
  const said: string[] = [];
  const command = async (...args: string[]) => {
    const ended = await cli([...args, '--profile', profile], { CARILLON_PASSWORD: users[ann] });
    expect(ended.code, `${args[0]}: ${ended.stderr}`).toBe(0);
    said.push(ended.stderr);
    return ended.stdout;
  };
  const json = async (...args: string[]) => JSON.parse(await command(...args, '--json'));

  const fields = {
    address: ann,
    name: 'Ann Example',
    imapHost: '127.0.0.1',
    imapPort: server.ports.imap,
    imapSecurity: 'none',
    imapUser: ann,
    smtpHost: '127.0.0.1',
    smtpPort: server.ports.submission,
    smtpSecurity: 'none',
    smtpUser: ann,
  };
  const given = Object.entries(fields).map(([id, value]) => `${id}=${value}`);
  expect(await json('accounts', 'add', 'email', '--field', ...given)).toMatchObject({ channel: 'email', key: ann });
  expect(said.join()).toContain(`Looking up the settings of example.test …`);
  expect(said.join()).toContain(`Signing in to 127.0.0.1:${server.ports.imap} …`);
  await command('sync', '--once');
  expect(await json('stats')).toMatchObject({ accounts: 1, messages: 40, conversations: 40 });
  expect((await json('search', 'clapper')).hits).toHaveLength(1);
  await command('accounts', 'test', ann);
  expect(await json('accounts', 'list')).toMatchObject([{ state: { is: 'online' }, asOf: expect.any(Number) }]);
  expect(await command('accounts', 'list')).toMatch(/online \(as of /);

  const archive = join(temporaryFolder(), 'old.mbox');
  const old = Array.from({ length: 20 }, (_, n) => letter({ subject: `Old ${n}` }).replaceAll('\r\n', '\n'));
  await writeFile(archive, old.map((mail) => `From bob@example.test Thu Oct  1 10:00:00 2026\n${mail}\n`).join(''));
  expect(await json('import', archive)).toMatchObject([{ messages: 20, added: 20 }]);
  expect(await json('import', archive)).toMatchObject([{ added: 0 }]);

  await command('send', '--account', ann, '--to', bob, '--subject', 'From a script', '--text', 'Ding.');
  await command('sync', '--once');
  const arrived = await soon('it has arrived', async () => {
    const found = await server.doveadm('search', '-u', bob, 'mailbox', 'INBOX', 'header', 'subject', 'From a script');
    return found.split('\n').filter(Boolean);
  });
  expect(arrived).toHaveLength(1);

  const copy = join(temporaryFolder(), 'copy.mbox');
  await command('export', copy);
  expect((await readFile(copy, 'utf8')).match(/^From /gm)?.length).toBe(61);
  await command('accounts', 'remove', ann, '--yes');
  expect(await json('stats')).toMatchObject({ accounts: 1, messages: 20 });
  await command('doctor');
});
