import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

let browser: Browser;
let host: Host;
let seat: Visit;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  host = await startHost({ throwAway: true, args: ['--demo=networks'] });
  seat = await visit(browser, host);
});
afterEach(async () => {
  await seat.close();
  await host.stop();
});

const Told = z.array(z.object({ name: z.string(), sent: z.array(z.string()) }));
/** How often the simulated networks were sent something with these words, by name; a letter before them is one too many. */
const sent = async (door: string, words: string) => {
  const told = Told.parse(await (await fetch(door)).json());
  const whole = new RegExp(`(?<!\\w)${words}`);
  return Object.fromEntries(told.map(({ name, sent }) => [name, sent.filter((one) => whole.test(one)).length]));
};
const doorOf = (host: Host): string => {
  const found = /Simulated networks: .*: (http:\S+)/.exec(host.said());
  if (!found?.[1]) throw new Error(`no door in: ${host.said()}`);
  return found[1];
};
const gone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

/** `npm start -- --demo=networks`: the adapters real networks get, each on its simulator, in one window. */
test('three networks are online in one inbox; news of each arrive, and an answer to each goes out once', async () => {
  const { page } = seat;
  page.setDefaultTimeout(60_000);
  const door = doorOf(host);
  const accounts = await host.call('accounts.list', {});
  expect(accounts.map(({ channel }) => channel).sort()).toEqual(['gmail', 'slack', 'telegram']);
  const states = async () => (await host.call('accounts.list', {})).map(({ state }) => state.is);
  await expect.poll(states, { timeout: 60_000 }).toEqual(['online', 'online', 'online']);

  expect((await fetch(door, { method: 'POST' })).ok).toBe(true);
  for (const words of ['News 1', 'The crane is here.', 'Are you there?'])
    await page.locator('.row', { hasText: words }).first().waitFor();
  // News and history stand together, newest first.
  const { rows } = await host.call('inbox.page', { view: 'inbox', limit: 100 });
  for (const channel of ['gmail', 'slack', 'telegram'])
    expect([channel, rows.filter((row) => row.channel === channel).length > 5]).toEqual([channel, true]);
  await picture(page, 'networks-inbox');

  await answer(page, 'The crane is here.', 'Coming to Slack.');
  await answer(page, 'Are you there?', 'Coming to Telegram.');
  await answer(page, 'News 1', 'Coming to Gmail.');
  for (const [name, words] of [
    ['slack', 'Coming to Slack.'],
    ['telegram', 'Coming to Telegram.'],
    ['Google', 'Coming to Gmail.'],
  ] as const)
    await expect.poll(async () => (await sent(door, words))[name], { timeout: 60_000 }).toBe(1);
  await expect.poll(async () => (await host.call('app.stats', {})).outboxWaiting, { timeout: 30_000 }).toBe(0);
  expect(Object.values(await sent(door, 'Coming to ')).reduce((sum, count) => sum + count)).toBe(3);
  await picture(page, 'networks-answered');
  expect(seat.troubles).toEqual([]);
  await seat.close();

  const { profile } = await host.call('app.info', {});
  const { pid } = host;
  const began = performance.now();
  await host.stop();
  expect(performance.now() - began).toBeLessThan(2_000);
  expect([gone(pid), existsSync(profile)]).toEqual([true, false]);
  await expect(fetch(door)).rejects.toThrow('fetch failed');
});

async function answer(page: Page, row: string, words: string): Promise<void> {
  await page.locator('.row', { hasText: row }).first().click();
  await page.locator('.conversation-main', { hasText: row }).waitFor();
  await page.keyboard.press('r');
  const box = page.locator('.composer :is(textarea.compose-text, [contenteditable="true"]):focus');
  await box.waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Control+Enter');
  await page.locator('.conversation-main', { hasText: words }).waitFor();
}
