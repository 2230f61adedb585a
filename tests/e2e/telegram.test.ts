import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTelegram, type Telegram } from '../simulators/telegram/index.ts';
import { called } from '../simulators/telegram/people.ts';
import type { Peer } from '../simulators/telegram/world.ts';
import { picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

const hana: Peer = { kind: 'user', id: called('hana') };
const news: Peer = { kind: 'channel', id: 50 };
let browser: Browser;
let host: Host;
let seat: Visit;
let network: Telegram;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  network = await startTelegram({ messages: 120, password: 'correct horse' });
  host = await startHost();
  seat = await visit(browser, host);
});
afterEach(async () => {
  await seat.close();
  await host.stop();
  await network.stop();
});

test('an account logs in with code and password, its history arrives, news show, a bot is pressed, an answer goes out once, a group begins', async () => {
  const { page } = seat;
  const large = crowded(network.world);
  const bulletin = network.world.messages(news).at(-1);
  if (!bulletin) throw new Error('there is no news');
  network.telling.crowd(bulletin, { '👍': 1200, '🔥': 3 });
  await host.call('settings.set', { patch: { undoSendSeconds: 0 } });
  const { credentials } = network;
  const submit = () => page.locator('.login-fields button[type="submit"]').click();
  await page
    .getByRole('button', { name: /^Add an account/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Telegram/ }).click();
  await page.getByRole('button', { name: /^Phone number/ }).click();
  await page.getByLabel('api_id').fill(String(credentials.apiId));
  await page.getByLabel('api_hash').fill(credentials.apiHash);
  await page.getByLabel('Phone number').fill(credentials.phone);
  await page.getByRole('button', { name: 'More settings' }).click();
  await page.getByLabel('Another server').fill(network.address);
  await page.getByLabel('Its public key').fill(network.serverKey.replaceAll('\n', ''));
  await picture(page, 'telegram-login');
  await submit();
  await page.getByRole('textbox', { name: 'Code' }).fill(credentials.code);
  await submit();
  await page.getByRole('region', { name: 'Two-step verification' }).locator('input').fill('correct horse');
  await submit();
  await page.locator('.login-result').waitFor();
  await page.keyboard.press('Escape');

  const standing = network.world.all().length;
  await expect.poll(async () => (await host.call('app.stats', {})).messages, { timeout: 60_000 }).toBe(standing);
  await picture(page, 'telegram-inbox');

  // Who writes is seen writing in the list, until what they wrote is there.
  const typing = page.locator('.row', { hasText: 'Hana Dvořáková' }).locator('.row-typing');
  const nudged = async () => {
    network.telling.typing(hana.id);
    return typing.allTextContents();
  };
  await expect.poll(nudged, { timeout: 60_000 }).toEqual(['typing…']);
  await picture(page, 'telegram-typing');
  network.telling.post(hana, hana, { text: 'Wait for me.' });
  await typing.waitFor({ state: 'detached' });
  await page.locator('.row', { hasText: 'Wait for me.' }).waitFor();

  await page.locator('.row', { hasText: 'TrainBot' }).first().click();
  await page.getByRole('button', { name: 'Brno' }).click();
  await page.getByText('You chose Brno.').waitFor();
  await page.locator('.bubble', { hasText: 'Brno: done.' }).waitFor();
  await picture(page, 'telegram-bot');

  await page.locator('.row', { hasText: 'Hana Dvořáková' }).first().click();
  const { message } = network.telling.post(hana, hana, { text: 'The crane is here, finally.' });
  await page.locator('.bubble', { hasText: 'The crane is here, finally.' }).waitFor();
  await picture(page, 'telegram-news');
  await page.getByRole('button', { name: 'Larch' }).click();
  await page.locator('.poll-option[data-mine="true"]', { hasText: 'Larch' }).waitFor();
  await picture(page, 'telegram-conversation');

  const box = page.locator('.composer textarea.compose-text');
  await box.fill('On my way **now**');
  await box.press('Control+Enter');
  await page.locator('.bubble', { hasText: 'On my way now' }).waitFor();
  const mine = () => network.world.messages(hana).filter(({ out, text }) => out && text === 'On my way now');
  await expect.poll(() => mine().length, { timeout: 60_000 }).toBe(1);
  expect(mine()[0]?.entities?.map(({ className }) => className)).toEqual(['MessageEntityBold']);
  expect(await page.locator('.bubble', { hasText: 'On my way now' }).count()).toBe(1);
  await expect.poll(() => network.world.dialog(hana).readInbox, { timeout: 60_000 }).toBeGreaterThanOrEqual(message.id);

  // A group of people found by name, and one of them called in it.
  await page.locator('.messages').focus();
  await page.keyboard.press('Shift+C');
  const whom = page.getByRole('combobox', { name: 'Whom do you want to talk to?' });
  for (const name of ['Hana Dvořáková', 'Priya Raman']) {
    await whom.fill(name.slice(0, 4));
    const offered = page.getByRole('listbox', { name: 'People' }).getByRole('option');
    await expect.poll(() => offered.allTextContents(), { timeout: 60_000 }).toEqual([expect.stringContaining(name)]);
    await whom.press('Enter');
    await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
  }
  await page.getByRole('textbox', { name: 'Name of the group' }).fill('Roof party');
  await picture(page, 'telegram-start');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.locator('.head-title', { hasText: 'Roof party' }).waitFor();
  await page.locator('.composer textarea:focus').waitFor();
  await page.keyboard.type('Ask @han');
  await page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: 'Hana Dvořáková' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.locator('.bubble .mention', { hasText: 'Hana Dvořáková' }).waitFor();
  const asked = () => network.world.all().filter(({ text }) => text === 'Ask @Hana Dvořáková');
  await expect.poll(() => asked().length, { timeout: 60_000 }).toBe(1);
  expect(asked()[0]?.entities?.map(({ className }) => className)).toEqual(['MessageEntityMentionName']);

  // In a channel reactions are only counted, and one's own is one more.
  await page.locator('.row', { hasText: 'Harbour news' }).first().click();
  await page.locator('.reaction', { hasText: '1,200' }).waitFor();
  const fire = page.locator('.reaction', { hasText: '🔥' });
  await fire.click();
  await expect.poll(() => bulletin.reactions.map(({ emoji }) => emoji)).toEqual(['🔥']);
  await expect.poll(() => fire.getAttribute('title')).toBe('me, and 3 more');
  await expect.poll(() => fire.textContent()).toBe('🔥4');
  await picture(page, 'telegram-counted');

  // Of a group of hundreds those are asked for whom somebody looks for.
  await page.locator('.row', { hasText: large.title }).first().click();
  await page.locator('.head-title', { hasText: large.title }).waitFor();
  await page.locator('.messages').focus();
  await page.keyboard.press('i');
  const details = page.locator('.details');
  await details.getByRole('button', { name: /^Show all/ }).click();
  await details.getByRole('button', { name: /^Show more of the other/ }).waitFor();
  await details.getByRole('textbox', { name: 'Find somebody in it' }).fill('zbig');
  const names = details.locator('.details-people .details-entry .truncate');
  await expect.poll(() => names.allTextContents(), { timeout: 60_000 }).toEqual(['Zbigniew']);
  await picture(page, 'telegram-members');

  // Whoever may not write there any more is told why, where they would write.
  const barred = page.locator('.composer-closed', { hasText: 'You may not write in this group.' });
  network.telling.rights({ kind: 'channel', id: large.id }, { everybodySilent: true });
  await barred.waitFor();
  network.telling.rights({ kind: 'channel', id: large.id }, {});
  await barred.waitFor({ state: 'detached' });
  await page.locator('.composer textarea.compose-text').waitFor();
  expect(seat.troubles).toEqual([]);
}, 300_000);

/** A group with people who never said anything. */
function crowded(world: Telegram['world']): { readonly id: number; readonly title: string } {
  const group = [...world.channels.values()].find(({ kind }) => kind !== 'broadcast');
  if (!group) throw new Error('there is no large group');
  const crowd = Array.from({ length: 250 }, (_, index) => ({ id: 10_000 + index, hash: 5, first: `Guest ${index}` }));
  world.channels.set(group.id, { ...group, crowd: [...crowd, { id: 10_250, hash: 5, first: 'Zbigniew' }] });
  return group;
}
