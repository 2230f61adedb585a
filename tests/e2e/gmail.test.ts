import { expect, test } from 'vitest';
import { client, startGoogle } from '../simulators/google/index.ts';
import { axe, picture } from './browser.ts';
import { beginLogin, consent, eachOnANetwork } from './on-a-network.ts';

/** Gmail's main path, in the window, on a simulated Google. */
const on = eachOnANetwork(() => startGoogle({ talks: 8, messages: 40 }));

test('a mailbox is connected by the browser, its history arrives, news show, and an answer goes out once', async () => {
  const { network: google, seat } = on();
  const { page } = seat;
  // Gmail is looked at every half a minute when nothing happens.
  page.setDefaultTimeout(120_000);
  await page.locator('.welcome').waitFor();
  const dialog = await beginLogin(page, 'Gmail');
  await dialog.locator('.login-text a', { hasText: 'console.cloud.google.com' }).first().waitFor();
  await dialog.getByLabel(/Client ID/).fill(client.id);
  await dialog.getByLabel(/Client secret/).fill(client.secret);
  await dialog.getByRole('button', { name: 'More settings' }).click();
  await dialog.getByLabel('Simulated Google').fill(google.address);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'gmail-client');
  await page.keyboard.press('Enter');
  await consent(page, dialog);
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
