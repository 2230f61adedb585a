import { expect, test } from 'vitest';
import { client, startMicrosoft } from '../simulators/microsoft/index.ts';
import { axe, picture } from './browser.ts';
import { beginLogin, consent, eachOnANetwork } from './on-a-network.ts';

/** Outlook's main path, in the window, on a simulated Microsoft. */
const on = eachOnANetwork(() => startMicrosoft({ talks: 8, messages: 40 }));
const patience = { timeout: 60_000 };

test('a mailbox is connected by the browser; a letter is read, put into a category, flagged, answered with a file, found and put away', async () => {
  const { network: microsoft, host, seat } = on();
  const { page } = seat;
  page.setDefaultTimeout(120_000);
  const { mailbox } = microsoft;
  const dialog = await beginLogin(page, 'Outlook');
  await dialog.locator('.login-text a', { hasText: 'entra.microsoft.com' }).first().waitFor();
  // The other login is one key away, and leads to the same page first.
  await dialog.getByRole('button', { name: 'With Microsoft, by a code on another device' }).click();
  await dialog.getByRole('button', { name: 'With Microsoft, in your browser' }).click();
  await dialog.getByLabel(/client. ID/i).fill(client.id);
  await dialog.getByRole('button', { name: 'More settings' }).click();
  await dialog.getByLabel('Simulated Microsoft').fill(microsoft.address);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'outlook-client');
  await page.keyboard.press('Enter');
  await consent(page, dialog);
  const inbox = mailbox.folder('inbox').id;
  const threads = new Set(
    mailbox.messages.filter(({ folder }) => folder === inbox).map(({ conversationId }) => conversationId),
  );
  await expect.poll(() => page.locator('.row').count(), patience).toBe(threads.size);
  await expect.poll(async () => (await host.call('app.stats', {})).messages, patience).toBe(mailbox.messages.length);

  const [first] = (await host.call('inbox.page', { view: 'inbox', limit: 1 })).rows;
  if (!first) throw new Error('the inbox is empty');
  const id = microsoft.write('A question of tiles');
  const letter = () => mailbox.message(id);
  const row = page.locator('.row', { hasText: 'A question of tiles' });
  // Whatever is changed has Outlook looked at at once; nobody waits for the next look here.
  await host.call('act.flag', { conversations: [first.id], starred: !first.starred });
  await row.waitFor();
  await row.click();
  await page.frameLocator('.mail-frame').getByText('Did you see this').waitFor();
  await expect.poll(() => letter().isRead, patience).toBe(true);

  await page.keyboard.press('l');
  await page.getByRole('combobox').fill('Harb');
  await page.getByRole('option', { name: /Harbour/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.label-chip', { hasText: 'Harbour' }).waitFor();
  await expect.poll(() => letter().categories, patience).toEqual(['Harbour']);
  await page.keyboard.press('s');
  await expect.poll(() => letter().flagged, patience).toBe(true);

  await page.keyboard.press('r');
  await page.locator('.composer :is(textarea.compose-text, [contenteditable="true"]):focus').waitFor();
  await page.keyboard.type('Green ones, as in the plan.');
  await page
    .locator('.composer input[type="file"]')
    .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the plan') });
  await page.locator('.compose-file', { hasText: 'plan.txt' }).waitFor();
  // It goes out once the file is up.
  await expect.poll(() => page.locator('.composer .button-primary').first().isEnabled()).toBe(true);
  await picture(page, 'outlook-answering');
  await page.keyboard.press('Control+Enter');
  await mailbox.ledger.until((ledger) => ledger.of('sent').length === 1, AbortSignal.timeout(120_000));
  const [sent] = mailbox.ledger.of('sent');
  expect(sent).toMatchObject({ subject: 'Re: A question of tiles', files: ['plan.txt'] });
  await expect.poll(() => page.locator('.card').count()).toBe(2);
  await row.filter({ hasText: 'Me: Green ones, as in the plan.' }).waitFor();
  await picture(page, 'outlook-answered');
  const thread = () => mailbox.messages.filter(({ conversationId }) => conversationId === letter().conversationId);
  await expect.poll(async () => (await host.call('app.stats', {})).outboxWaiting, patience).toBe(0);
  await expect.poll(() => thread().length).toBe(2);

  await page.locator('.card').first().click();
  await page.keyboard.press('e');
  await row.waitFor({ state: 'detached' });
  await expect.poll(() => letter().folder, patience).toBe(mailbox.folder('archive').id);

  await page.keyboard.press('/');
  await page.keyboard.type('tiles green');
  await page.locator('.hits', { hasText: 'Green ones' }).waitFor();
  await picture(page, 'outlook-found');
  expect(seat.troubles).toEqual([]);
}, 300_000);
