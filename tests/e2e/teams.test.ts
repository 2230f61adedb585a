import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fold } from '../../src-shared/text/fold.ts';
import { cast, faceOf, type Person } from '../simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../simulators/microsoft/index.ts';
import { idOf, type TeamsWorld } from '../simulators/microsoft/teams/index.ts';
import { axe, picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

/** The main path of Microsoft Teams, in the window, on a simulated Microsoft. */
let browser: Browser;
let host: Host;
let seat: Visit;
let microsoft: Microsoft;
let network: TeamsWorld;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  microsoft = await startMicrosoft({ talks: 1, messages: 1, teams: { talks: 4, messages: 24 } });
  network = microsoft.teams.world;
  host = await startHost();
  // What is sent goes at once: taking it back is tried elsewhere.
  await host.call('settings.set', { patch: { undoSendSeconds: 0 } });
  seat = await visit(browser, host);
});
afterEach(async () => {
  await seat.close();
  await host.stop();
  await microsoft.stop();
});
const patience = { timeout: 60_000 };
const soon = () => AbortSignal.timeout(60_000);

test('chats and channels are connected by the browser; one reads, answers, reacts and edits, and all of it is there once', async () => {
  const { page } = seat;
  page.setDefaultTimeout(60_000);
  await page
    .getByRole('button', { name: /^Add an account/ })
    .first()
    .click();
  const dialog = page.locator('.dialog');
  await dialog.locator('.channel', { hasText: 'Microsoft Teams' }).click();
  // What needs an administrator is asked for only by who chooses it.
  await dialog.locator('.login-text', { hasText: 'Chats need no administrator' }).waitFor();
  await dialog.getByRole('button', { name: 'Other ways' }).click();
  await dialog.getByRole('button', { name: 'Chats and channels, in your browser' }).click();
  await dialog.locator('.login-text', { hasText: 'an administrator of your organisation must agree' }).waitFor();
  await dialog.getByLabel(/client. ID/i).fill(client.id);
  await dialog.getByRole('button', { name: 'More settings' }).click();
  await dialog.getByLabel('Directory (tenant)').fill(client.tenant);
  await dialog.getByLabel('Simulated Microsoft').fill(microsoft.address);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'teams-client');
  await page.keyboard.press('Enter');
  const opened = page.context().waitForEvent('page');
  await dialog.getByRole('button', { name: 'Open in the browser' }).click();
  const consent = await opened;
  await consent.getByText('close this page').waitFor();
  await consent.close();
  await dialog.getByRole('button', { name: 'To the inbox' }).click();
  const conversations = network.chats.length + network.channels.length;
  await expect.poll(() => page.locator('.row').count(), patience).toBe(conversations);
  await expect.poll(async () => (await host.call('app.stats', {})).messages, patience).toBe(network.messages.length);

  const group = network.chats.find(({ type }) => type === 'group');
  const ines = cast[0];
  if (!group || !ines) throw new Error('no group');
  const said = network.post(group.id, { by: idOf(ines), html: '<p>The crane is here, <em>finally</em>.</p>' });
  // Opening it has Teams looked at at once.
  await page.locator('.row', { hasText: group.topic ?? '' }).click();
  const news = page.locator('.bubble', { hasText: 'The crane is here, finally.' });
  await news.waitFor();
  await network.ledger.until((ledger) => ledger.of('read').length > 0, soon());
  await picture(page, 'teams-conversation');

  await page.keyboard.press('+');
  await page.getByLabel('Find by name').waitFor();
  await page.getByLabel('Find by name').fill('hedgehog');
  await page.locator('.emoji-grid .emoji-one').first().filter({ hasText: '🦔' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.reaction', { hasText: '🦔' }).waitFor();
  await network.ledger.until((ledger) => ledger.of('reacted').length > 0, soon());
  expect(network.ledger.of('reacted')).toMatchObject([{ id: said.id, html: '🦔' }]);

  const box = page.locator('.composer textarea.compose-text');
  await box.fill('On my way **now**');
  await box.press('Control+Enter');
  const mine = page.locator('.bubble-row[data-mine="true"]', { hasText: 'On my way now' });
  await mine.waitFor();
  const settled = async () => (await host.call('app.stats', {})).outboxWaiting;
  const left = (words: string) => network.ledger.of('message').filter(({ html }) => html.includes(words)).length;
  await expect.poll(async () => [await settled(), left('On my way <strong>now</strong>')], patience).toEqual([0, 1]);
  await mine.locator('.ticks[aria-label*="ent"]').waitFor();
  await picture(page, 'teams-answered');

  await box.focus();
  await page.keyboard.press('ArrowUp');
  const edit = page.locator('.edit-in-place textarea');
  await edit.waitFor();
  await edit.fill('Nearly there');
  await page.keyboard.press('Enter');
  const changed = page.locator('.bubble-row[data-mine="true"]', { hasText: 'Nearly there' });
  await changed.locator('.edited').waitFor();
  await expect.poll(async () => [await settled(), network.ledger.of('edited').length], patience).toEqual([0, 1]);
  expect(network.messages.filter(({ body }) => body.content.includes('Nearly there'))).toHaveLength(1);
  expect(await page.locator('.bubble', { hasText: 'Nearly there' }).count()).toBe(1);

  // An emoji the organisation has drawn is a picture; everybody is called by the chat.
  network.reactOwn(said, 'party parrot', { bytes: faceOf('parrot'), type: 'image/png' }, idOf(ines));
  const own = page.locator('.reaction img[alt=":party_parrot:"]');
  const drawn = (img: HTMLImageElement) => [img.src.slice(0, 11), img.complete && img.naturalWidth > 0];
  await own.waitFor();
  await expect.poll(() => own.evaluate(drawn), patience).toEqual(['data:image/', true]);
  await box.focus();
  await page.keyboard.type('Tea, @every');
  const everyone = page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: '@Everyone' });
  await everyone.waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => left('Tea, <at id="0">Everyone</at>'), patience).toBe(1);
  expect(network.messages.find(({ body }) => body.content.includes('Tea, '))?.mentions).toMatchObject([
    { mentioned: { conversation: { id: group.id, conversationIdentityType: 'chat' } } },
  ]);

  // What is answered in a channel stands in its thread.
  const [channel] = network.channels;
  if (!channel) throw new Error('no channel');
  const first = network.post(channel.id, { by: idOf(ines), html: '<p>Which quay?</p>' });
  network.post(channel.id, { by: channel.members[1], html: '<p>The north one?</p>', root: first.id });
  await page.locator('.row', { hasText: channel.name }).click();
  await page.locator('.conversation-main', { hasText: 'Northwind' }).waitFor();
  const root = page
    .locator('.messages article', { has: page.locator('.thread-foot', { hasText: '1 reply' }) })
    .filter({ hasText: 'Which quay?' });
  await root.waitFor();
  await root.evaluate((article: HTMLElement) => {
    article.tabIndex = -1;
    article.focus();
  });
  await page.keyboard.press('Shift+T');
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.locator('.bubble', { hasText: 'The north one?' }).waitFor();
  await thread.locator('textarea:focus').waitFor();
  await page.keyboard.type('The south one.');
  await page.keyboard.press('Control+Enter');
  await thread.locator('article', { hasText: 'The south one.' }).waitFor();
  await expect.poll(async () => [await settled(), left('The south one.')], patience).toEqual([0, 1]);
  expect(network.messages.find(({ body }) => body.content.includes('The south one.'))?.root).toBe(first.id);
  await picture(page, 'teams-thread');

  // Begun here over Teams: with one, whom nobody's marks hide, and with several, as a group with a name.
  const known = cast.filter((one) => network.chats.some(({ members }) => members.includes(idOf(one))));
  const [one, other] = known.filter(({ name }) => fold(name) !== name.toLowerCase()).concat(known);
  if (!one || !other) throw new Error('nobody is known');
  const begin = async (people: readonly Person[], title?: string): Promise<void> => {
    await page.locator('.messages').focus();
    await page.keyboard.press('Shift+C');
    const whom = page.getByRole('combobox', { name: 'Whom do you want to talk to?' });
    for (const { name } of people) {
      await whom.fill(fold(name));
      const offered = page.getByRole('listbox', { name: 'People' }).getByRole('option');
      await expect.poll(() => offered.allTextContents(), patience).toEqual([expect.stringContaining(name)]);
      await whom.press('Enter');
      await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
    }
    if (title !== undefined) {
      await page.getByRole('textbox', { name: 'Name of the group' }).fill(title);
      expect(await axe(page)).toEqual([]);
    }
    await picture(page, `teams-start-${people.length}`);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.locator('.head-title', { hasText: title ?? people[0]?.name ?? '' }).waitFor();
    await page.locator('.composer textarea:focus').waitFor();
  };
  const told = async (words: string) => {
    await page.keyboard.type(words);
    await page.keyboard.press('Control+Enter');
    await page.locator('.bubble-row[data-mine="true"]', { hasText: words }).waitFor();
    await expect.poll(async () => [await settled(), left(words)], patience).toEqual([0, 1]);
    const { place } = network.ledger.of('message').find(({ html }) => html.includes(words)) ?? {};
    return network.chats.find(({ id }) => id === place);
  };
  await begin([one]);
  expect(await told('For your eyes only')).toMatchObject({
    type: 'oneOnOne',
    members: expect.arrayContaining([idOf(one)]),
  });
  await begin([one, other], 'Roof party');
  const party = await told('Who brings the tea?');
  expect(party).toMatchObject({ type: 'group', topic: 'Roof party' });
  expect(party?.members).toEqual(expect.arrayContaining([idOf(one), idOf(other)]));
  // Who is there shows at their face, in the list and above what they say.
  await page.locator('.row', { hasText: one.name }).locator('.presence[data-state="online"]').first().waitFor();
  expect(seat.troubles).toEqual([]);
}, 300_000);
