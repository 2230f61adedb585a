import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '../servers/mail.ts';
import { mailPackages } from '../servers/packages.ts';
import { findProgram } from '../servers/process.ts';
import { axe, focusIn, picture } from './browser.ts';
import { eachAtASeat } from './seat.ts';

const at = eachAtASeat();
beforeEach(() => at().seat.page.locator('.welcome').waitFor());

const letter = (number: number, subject: string, body: string): string =>
  [
    'From MAILER-DAEMON Thu Jan  1 00:00:00 2026',
    `Message-ID: <letter-${number}@example.org>`,
    `Date: Thu, 01 Jan 2026 1${number}:00:00 +0000`,
    'From: Zofia Nowak <zofia@example.test>',
    'To: me@example.org',
    `Subject: ${subject}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
    '',
  ].join('\n');

test('an archive is imported from the first start on, shown, found, and not taken twice', async () => {
  const { host, seat } = at();
  const { page } = seat;
  const archive = join(host.profile, '..', 'letters.mbox');
  writeFileSync(
    archive,
    [letter(1, 'Zażółć gęślą jaźń', 'The lighthouse is open.'), letter(2, 'Second', 'Bring a lantern.')].join(''),
  );
  for (let round = 0; round < 2; round++) {
    if (round === 0) await page.getByRole('button', { name: /^Import an archive/ }).click();
    else
      await page.keyboard
        .press('Control+k')
        .then(() => page.locator('.palette-box:focus').waitFor())
        .then(() => page.keyboard.type('import an').then(() => page.keyboard.press('Enter')));
    await page.locator('.import').waitFor();
    await page.locator('.import input[type="file"]').setInputFiles(archive);
    await expect.poll(() => page.locator('.import-line', { hasText: 'Done' }).count()).toBe(round + 1);
    await picture(page, `import-done-${round}`);
    await page.keyboard.press('Escape');
    await page.locator('.import').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.locator('.row', { hasText: 'Zażółć gęślą jaźń' }).waitFor();
  await expect.poll(() => page.locator('.row').count()).toBe(2);
  await page.keyboard.press('/');
  await page.keyboard.type('gesla');
  await page.locator('.hit').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.card', { hasText: 'The lighthouse is open.' }).waitFor();
  expect(seat.troubles).toEqual([]);
});

test('looking around makes a working inbox', async () => {
  const { host, seat } = at();
  const { page } = seat;
  await page.getByRole('button', { name: /^Look around/ }).click();
  await page.locator('.row').first().waitFor();
  // One after the other: the first brings rows already.
  await expect.poll(async () => (await host.call('accounts.list', {})).length).toBeGreaterThan(1);
  expect(seat.troubles).toEqual([]);
});

const missing = ['dovecot', 'smtpd', 'openssl'].filter((name) => !findProgram(name));
if (missing.length > 0) {
  if (process.env.CI === 'true') throw new Error(`${missing.join(', ')} missing: install ${mailPackages.join(' ')}`);
  console.warn(`skipped: adding a mailbox needs ${mailPackages.join(', ')}`);
}
describe.skipIf(missing.length > 0)('a real mailbox', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer({
      users: { 'alex@example.test': 'right horse', 'zofia@example.test': 'left horse' },
    });
    await server.deliver(
      'alex@example.test',
      letter(3, 'Already there', 'An older letter.').split('\n').slice(1).join('\r\n'),
    );
  });
  afterAll(() => server.stop());

  test('is added by address, refused with a reason, tested live, read from and written from', async () => {
    const { host, seat } = at();
    const { page } = seat;
    await page.getByRole('button', { name: /^Add an account/ }).click();
    // The first way in has the focus, and so has the first field of each step.
    await page.locator('.channel:focus', { hasText: 'E-mail' }).waitFor();
    await page.keyboard.press('Enter');
    await focusIn(page.getByLabel('E-mail address'));
    await page.keyboard.type('alex@example.test');
    await page.keyboard.press('Enter');
    await page.getByLabel(/^Password/).waitFor();
    expect(await axe(page)).toEqual([]);
    if ((await page.getByLabel(/^Incoming server/).count()) === 0)
      await page.getByRole('button', { name: 'More settings' }).click();
    for (const [word, port] of [
      ['Incoming', server.ports.imap],
      ['Outgoing', server.ports.submission],
    ] as const) {
      await page.getByLabel(`${word} server`).fill('127.0.0.1');
      await page.getByLabel(`${word} port`).fill(String(port));
      await page.getByLabel(`${word} encryption`).selectOption('none');
      await page.getByLabel(`${word} user name`).fill('alex@example.test');
    }
    await page.getByLabel(/^Password/).fill('wrong');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.login-error').waitFor();
    await picture(page, 'add-account-refused');
    await page.getByLabel(/^Password/).fill('right horse');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.checks').waitFor();
    await picture(page, 'add-account-works');
    await page.locator('.login-verdict', { hasText: 'works' }).waitFor();
    await page.getByRole('button', { name: 'To the inbox' }).click();
    const row = page.locator('.row', { hasText: 'Already there' });
    await row.waitFor();
    await server.deliver('alex@example.test', letter(4, 'Just now', 'A new letter.').split('\n').slice(1).join('\r\n'));
    await page.locator('.row', { hasText: 'Just now' }).waitFor();
    await host.call('settings.set', { patch: { undoSendSeconds: 0 } });
    await page.locator('.row', { hasText: 'Just now' }).click();
    await page.locator('.card').first().waitFor();
    await page.keyboard.press('r');
    await focusIn(page.getByRole('textbox', { name: 'Write your message' }));
    await page.keyboard.type('Written from the window.');
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await server.files('zofia@example.test')).length).toBe(1);
    await page.locator('.card .ticks[aria-label="Sent"]').waitFor();
    expect(await page.getByText('could not be sent').count()).toBe(0);
    expect(seat.troubles).toEqual([]);
  }, 300_000);

  test('has its drafts of elsewhere gone on with in the window, by keyboard, and saved back', async () => {
    const { host, seat } = at();
    const { page } = seat;
    const begun = letter(5, 'Begun on the train', 'The first half.').split('\n').slice(1).join('\r\n');
    const own = begun
      .replace(/^From: .*$/m, 'From: Alex <alex@example.test>')
      .replace(/^To: .*$/m, 'To: zofia@example.test');
    await server.deliver('alex@example.test', own, { folder: 'Drafts', flags: 'DS' });
    const { login } = await host.call('login.start', { channel: 'email' });
    await host.call('login.answer', { login, answers: { address: 'alex@example.test', name: 'Alex' } });
    const way = { Host: '127.0.0.1', Security: 'none', User: 'alex@example.test' };
    const serverAt = (kind: string, port: number) =>
      Object.fromEntries(Object.entries({ ...way, Port: String(port) }).map(([name, value]) => [kind + name, value]));
    const { imap, submission } = server.ports;
    const settings = { password: 'right horse', ...serverAt('imap', imap), ...serverAt('smtp', submission) };
    expect((await host.call('login.answer', { login, answers: settings })).account).not.toBeNull();
    await page.locator('.row').first().waitFor();
    await page.locator('.row').first().focus();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    const row = page.locator('.draft-row', { hasText: 'Begun on the train' });
    await row.getByText('Begun elsewhere').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'drafts-elsewhere');
    await row.focus();
    await page.keyboard.press('Enter');
    const text = page.getByRole('textbox', { name: 'Write your message' });
    await text.waitFor();
    await expect.poll(async () => text.textContent()).toContain('The first half.');
    await text.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' And the second.');
    const kept = async () => server.doveadm('fetch', '-u', 'alex@example.test', 'text', 'mailbox', 'Drafts', 'all');
    await expect.poll(kept).toContain('And the second.');
    await expect.poll(async () => (await server.files('alex@example.test', 'Drafts')).length).toBe(1);
    // One draft, here and there: it shows once, and no longer as begun elsewhere.
    await expect.poll(async () => page.locator('.draft-row').count()).toBe(1);
    await expect.poll(() => page.getByText('Begun elsewhere').count()).toBe(0);
    expect(seat.troubles).toEqual([]);
  }, 300_000);
});
