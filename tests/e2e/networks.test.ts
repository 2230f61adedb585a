import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { picture } from './browser.ts';
import { alone, type Host, startHost } from './host.ts';
import { eachAtASeat } from './seat.ts';

const at = eachAtASeat(() => startHost({ throwAway: true, args: ['--demo=networks'] }));

const channels = ['gmail', 'outlook', 'slack', 'teams', 'telegram'] as const;
const Told = z.array(z.object({ name: z.string(), sent: z.array(z.string()) }));
/** How often the simulated networks were sent something with these words, by name; a letter before them is one too many. */
const sent = async (door: string, words: string) => {
  const told = Told.parse(await (await fetch(door, { headers: alone })).json());
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
test('the networks are online in one inbox; news of each arrive, and an answer to each goes out once', async () => {
  const { host, seat } = at();
  const { page } = seat;
  // Outlook and Gmail are asked for news every half a minute or minute when nothing happens.
  page.setDefaultTimeout(120_000);
  const door = doorOf(host);
  const accounts = await host.call('accounts.list', {});
  expect(accounts.map(({ channel }) => channel)).toEqual(expect.arrayContaining([...channels]));
  const notOnline = async () => (await host.call('accounts.list', {})).filter(({ state }) => state.is !== 'online');
  await expect.poll(notOnline, { timeout: 60_000 }).toEqual([]);

  expect((await fetch(door, { method: 'POST', headers: alone })).ok).toBe(true);
  for (const words of [
    'News 1',
    'A word from the council',
    'The crane is here.',
    'The quay is flooded.',
    'Are you there?',
  ])
    await page.locator('.row', { hasText: words }).first().waitFor();
  // News and history stand together, newest first.
  const few = async () => {
    const { rows } = await host.call('inbox.page', { view: 'inbox', limit: 100 });
    return channels.filter((channel) => rows.filter((row) => row.channel === channel).length <= 5);
  };
  await expect.poll(few, { timeout: 60_000 }).toEqual([]);
  await picture(page, 'networks-inbox');

  await answer(page, 'The crane is here.', 'Coming to Slack.');
  await answer(page, 'Are you there?', 'Coming to Telegram.');
  await answer(page, 'News 1', 'Coming to Gmail.');
  await answer(page, 'A word from the council', 'Coming to Outlook.');
  await answer(page, 'The quay is flooded.', 'Coming to Teams.');
  for (const [name, words] of [
    ['slack', 'Coming to Slack.'],
    ['telegram', 'Coming to Telegram.'],
    ['Google', 'Coming to Gmail.'],
    ['Outlook', 'Coming to Outlook.'],
    ['Teams', 'Coming to Teams.'],
  ] as const)
    await expect.poll(async () => (await sent(door, words))[name], { timeout: 60_000 }).toBe(1);
  await expect.poll(async () => (await host.call('app.stats', {})).outboxWaiting, { timeout: 60_000 }).toBe(0);
  expect(Object.values(await sent(door, 'Coming to ')).reduce((sum, count) => sum + count)).toBe(channels.length);
  await picture(page, 'networks-answered');
  expect(seat.troubles).toEqual([]);
  await seat.close();

  const { profile } = await host.call('app.info', {});
  const { pid } = host;
  await host.stop();
  expect([gone(pid), existsSync(profile)]).toEqual([true, false]);
  await expect(fetch(door)).rejects.toThrow('fetch failed');
}, 300_000);

async function answer(page: Page, row: string, words: string): Promise<void> {
  await page.locator('.row', { hasText: row }).first().click();
  await page.locator('.conversation-main', { hasText: row }).waitFor();
  await page.keyboard.press('r');
  const box = page.locator('.composer :is(textarea.compose-text, [contenteditable="true"]):focus');
  await box.waitFor();
  await page.keyboard.type(words);
  const held = () =>
    page
      .locator('.composer :is(textarea.compose-text, [contenteditable="true"])')
      .evaluateAll((all) =>
        all.map((one) => (one instanceof HTMLTextAreaElement ? one.value : one.textContent)).join(),
      );
  await expect.poll(held, { timeout: 60_000 }).toContain(words);
  await page.keyboard.press('Control+Enter');
  // Sent: what one writes in no longer holds it. The message itself may stand in a frame, where it cannot be looked for.
  await expect.poll(held, { timeout: 60_000 }).not.toContain(words);
}
