import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { appToken, type Slack, startSlack, userToken } from '../simulators/slack/index.ts';
import { picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

let browser: Browser;
let host: Host;
let seat: Visit;
let network: Slack;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  network = await startSlack({ talks: 6, messages: 80 });
  host = await startHost();
  seat = await visit(browser, host);
});
afterEach(async () => {
  await seat.close();
  await host.stop();
  await network.stop();
});

const soon = () => AbortSignal.timeout(60_000);

/** Slack in the window of another: everything a person does first, in that order. */
test('a workspace is connected, its history arrives, news show at once, and answers go out once, into threads too', async () => {
  const { page } = seat;
  await host.call('settings.set', { patch: { undoSendSeconds: 0 } });
  await page
    .getByRole('button', { name: /^Add an account/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Slack/ }).click();
  await page.getByLabel('User OAuth Token').fill(userToken);
  await page.getByLabel('App-Level Token').fill(appToken);
  await page.getByRole('button', { name: 'More settings' }).click();
  await page.getByLabel('Address of the Web API').fill(network.apiUrl);
  await picture(page, 'slack-login');
  await page.locator('.login-fields button[type="submit"]').click();
  await page.locator('.login-result').waitFor();
  await picture(page, 'slack-connected');
  await page.keyboard.press('Escape');

  const told = network.workspace.ledger.of('message').length;
  await expect.poll(async () => (await host.call('app.stats', {})).messages, { timeout: 60_000 }).toBe(told);

  const channel = network.channel('public');
  const row = page.locator('.row', { hasText: `#${channel.name}` }).first();
  await row.click();
  const said = network.say('The crane is here, *finally*.', { channel: channel.id });
  await page.locator('.bubble', { hasText: 'The crane is here, finally.' }).waitFor();
  await network.workspace.ledger.until((ledger) => ledger.of('marked').some(({ ts }) => ts === said.ts), soon());
  await picture(page, 'slack-conversation');

  const box = page.locator('.composer textarea.compose-text');
  await box.fill('On my way **now**');
  await box.press('Control+Enter');
  await network.workspace.ledger.until(
    (ledger) => ledger.of('message').some(({ text }) => text === 'On my way *now*'),
    soon(),
  );
  const answer = page.locator('.bubble', { hasText: 'On my way now' });
  await answer.waitFor();
  // It opened at the first unread message, and goes to the end with what one says oneself.
  const inSight = (): Promise<boolean> =>
    answer.evaluate((bubble) => {
      const foot = bubble.closest('.messages')?.getBoundingClientRect().bottom ?? 0;
      return bubble.getBoundingClientRect().bottom <= foot;
    });
  await expect.poll(inSight).toBe(true);
  await picture(page, 'slack-answered');
  expect(network.workspace.ledger.of('message').filter(({ text }) => text === 'On my way *now*')).toHaveLength(1);
  expect(await page.locator('.bubble', { hasText: 'On my way now' }).count()).toBe(1);

  // Faces and the workspace's own emoji are pictures, which the window has from the hub alone; many are called at once.
  network.workspace.react(channel.id, said.ts, said.user ?? '', 'northwind', true);
  const own = page.locator('.reaction', { has: page.getByRole('img', { name: ':northwind:' }) });
  await own.waitFor();
  await expect.poll(() => own.getAttribute('title')).toMatch(/^:northwind:, \S/);
  const drawn = (img: HTMLImageElement) => [img.src.slice(0, 11), img.complete && img.naturalWidth > 0];
  await expect.poll(() => own.locator('img').evaluate(drawn)).toEqual(['data:image/', true]);
  const face = page.locator('.bubble-row', { hasText: 'The crane is here, finally.' }).locator('.bubble-face img');
  await expect.poll(() => face.evaluate(drawn)).toEqual(['data:image/', true]);
  await box.focus();
  await page.keyboard.type('Tea, @her');
  const here = page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: '@here' });
  await here.getByText('calls those who are active now').waitFor();
  await picture(page, 'slack-calls');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await network.workspace.ledger.until(
    (ledger) => ledger.of('message').some(({ text }) => text === 'Tea, <!here>'),
    soon(),
  );

  // A thread stands beside its conversation; who is called in it is called by Slack.
  network.say('Which crane?', { channel: channel.id, thread: said.ts });
  const root = page
    .locator('.messages article', { has: page.locator('.thread-foot', { hasText: '1 reply' }) })
    .filter({ hasText: 'The crane is here, finally.' });
  await root.waitFor();
  await root.evaluate((article: HTMLElement) => {
    article.tabIndex = -1;
    article.focus();
  });
  await page.keyboard.press('Shift+T');
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.locator('.bubble', { hasText: 'Which crane?' }).waitFor();
  await thread.locator('textarea:focus').waitFor();
  await page.keyboard.type('@ine');
  await page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: 'Inês' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('the **red** one');
  await page.keyboard.press('Control+Enter');
  const words = /^<@U0INES> the \*red\* one$/;
  const sent = () => network.workspace.ledger.of('message').filter(({ text }) => words.test(text ?? ''));
  await expect.poll(() => sent().length, { timeout: 60_000 }).toBe(1);
  expect(sent().map(({ ts }) => network.workspace.message(channel.id, ts).thread_ts)).toEqual([said.ts]);
  const reply = thread.locator('article', { hasText: 'the red one' });
  await reply.locator('.mention').waitFor();
  await thread.getByText('2 replies').waitFor();
  await page.locator('.messages article', { hasText: 'the red one' }).locator('.thread-head').waitFor();
  await picture(page, 'slack-thread');
  expect(sent()).toHaveLength(1);

  // What Slack cannot do says so; what it can is done.
  await thread.locator('article', { hasText: 'Which crane?' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /^Delete for me/, disabled: true }).waitFor();
  await page.getByRole('menuitem', { name: 'Pin for everybody' }).click();
  await expect.poll(() => network.workspace.pins.size, { timeout: 60_000 }).toBe(1);
  await thread.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  const pin = page.locator('.details-pins li', { hasText: 'Which crane?' });
  await pin.waitFor();
  await picture(page, 'slack-details');
  await pin.getByRole('button', { name: 'Take the pin off' }).click();
  await expect.poll(() => network.workspace.pins.size, { timeout: 60_000 }).toBe(0);
  await pin.waitFor({ state: 'detached' });
  expect(seat.troubles).toEqual([]);
}, 300_000);
