import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { client, type Google, startGoogle } from '../simulators/google/index.ts';
import { axe, picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

/** Gmail's main path, in the window, on a simulated Google. */
let browser: Browser;
let host: Host;
let seat: Visit;
let google: Google;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  google = await startGoogle({ talks: 8, messages: 40 });
  host = await startHost();
  seat = await visit(browser, host);
});
afterEach(async () => {
  await seat.close();
  await host.stop();
  await google.stop();
});

test('a mailbox is connected by the browser, its history arrives, news show, and an answer goes out once', async () => {
  const { page } = seat;
  // Gmail is looked at every half a minute when nothing happens.
  page.setDefaultTimeout(120_000);
  await page.locator('.welcome').waitFor();
  await page
    .getByRole('button', { name: /^Add an account/ })
    .first()
    .click();
  const dialog = page.locator('.dialog');
  await dialog.locator('.channel', { hasText: 'Gmail' }).click();
  await dialog.locator('.login-text a', { hasText: 'console.cloud.google.com' }).first().waitFor();
  await dialog.getByLabel(/Client ID/).fill(client.id);
  await dialog.getByLabel(/Client secret/).fill(client.secret);
  await dialog.getByRole('button', { name: 'More settings' }).click();
  await dialog.getByLabel('Simulated Google').fill(google.address);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'gmail-client');
  await page.keyboard.press('Enter');
  const opened = page.context().waitForEvent('page');
  await dialog.getByRole('button', { name: 'Open in the browser' }).click();
  // Google's page sends the person back to this machine, which says thank you.
  const consent = await opened;
  await consent.getByText('close this page').waitFor();
  await consent.close();
  await dialog.getByRole('button', { name: 'To the inbox' }).click();
  const inInbox = new Set(
    google.mailbox.messages.filter(({ labels }) => labels.has('INBOX')).map(({ threadId }) => threadId),
  );
  await expect.poll(() => page.locator('.row').count(), { timeout: 60_000 }).toBe(inInbox.size);

  google.write('A question of tiles');
  const row = page.locator('.row', { hasText: 'A question of tiles' });
  await row.waitFor();
  await row.click();
  await page.locator('.card', { hasText: 'Did you see this' }).waitFor();
  await page.keyboard.press('r');
  await page.locator('.composer :is(textarea.compose-text, [contenteditable="true"]):focus').waitFor();
  await page.keyboard.type('Green ones, please.');
  await page.keyboard.press('Control+Enter');
  await google.mailbox.ledger.until((ledger) => ledger.of('sent').length === 1, AbortSignal.timeout(120_000));
  const [sent] = google.mailbox.ledger.of('sent');
  expect(sent).toMatchObject({ subject: 'Re: A question of tiles' });
  await expect.poll(() => google.mailbox.messages.filter(({ threadId }) => threadId === sent?.threadId).length).toBe(2);
  await row.filter({ hasText: 'Me: Green ones, please.' }).waitFor();
  await expect.poll(() => page.locator('.card').count()).toBe(2);
  await picture(page, 'gmail-answered');
  // The page of consent is the one other place the person was sent to, on purpose.
  expect(seat.troubles).toEqual([]);
}, 300_000);
