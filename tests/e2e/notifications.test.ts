import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { axe, focusIn, picture, startBrowser, type Visit, visit } from './browser.ts';
import type { Host } from './host.ts';
import { startWorld } from './world.ts';

let browser: Browser;
let host: Host;
let seat: Visit;
const listed = () => host.call('notifications.list', {});
const notices = (page: Page) => page.locator('.notice');
const focusedNotice = (): Promise<number> =>
  seat.page.evaluate(() => Number((document.activeElement as HTMLElement | null)?.dataset.conversation ?? 0));
const openCentre = async (): Promise<void> => {
  await seat.page.keyboard.press('Escape');
  await seat.page.keyboard.press('g');
  await seat.page.keyboard.press('n');
  await notices(seat.page).first().waitFor();
  await seat.page.locator('.notice-open:focus').waitFor();
};

beforeAll(async () => {
  browser = await startBrowser();
  host = await startWorld({ speed: 8 });
  // Somebody says something in each network; from then on it is quiet.
  const told = async (): Promise<void> => {
    const titles = (await listed()).groups.map(({ conversation }) => conversation.title);
    expect(titles).toContain('#harbour-release');
    expect(titles.length).toBeGreaterThanOrEqual(4);
  };
  await vi.waitFor(told, { timeout: 90_000, interval: 100 });
  for (const { id } of await host.call('accounts.list', {}))
    await host.call('accounts.update', { account: id, paused: true });
  seat = await visit(browser, host);
  await seat.page.locator('.row').first().waitFor();
});
afterAll(async () => {
  await seat.close();
  await browser.close();
  await host.stop();
});

describe('the notification centre, without the mouse', () => {
  test('lists what came live by conversation, and nothing of the history that was fetched', async () => {
    const { page } = seat;
    await openCentre();
    const { groups } = await listed();
    const inbox = await host.call('inbox.page', { view: 'inbox', unread: true });
    expect(inbox.rows.length).toBeGreaterThan(groups.length);
    await expect.poll(() => notices(page).count()).toBe(groups.length);
    await expect
      .poll(() => page.getByRole('button', { name: 'Notifications' }).textContent())
      .toContain(String(groups.length));
    expect(await axe(page)).toEqual([]);
  });

  test('j and k walk, e is done with one and z brings it back', async () => {
    const { page } = seat;
    await openCentre();
    const before = await notices(page).count();
    const first = await focusedNotice();
    expect(first).toBeGreaterThan(0);
    await page.keyboard.press('j');
    await expect.poll(focusedNotice).not.toBe(first);
    await page.keyboard.press('k');
    await expect.poll(focusedNotice).toBe(first);
    await page.keyboard.press('e');
    await page.locator(`.notice [data-conversation="${first}"]`).waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await host.call('conversation.get', { conversation: first as never }))?.inInbox)
      .toBe(false);
    await page.keyboard.press('z');
    await page.locator(`.notice [data-conversation="${first}"]`).waitFor();
    await expect.poll(() => notices(page).count()).toBe(before);
  });

  test('an answer is written in place, sent, and the conversation is seen to', async () => {
    const { page } = seat;
    await openCentre();
    const chat = page.locator('.notice', { hasText: '#harbour-release' });
    const id = Number(await chat.locator('.notice-open').getAttribute('data-conversation'));
    await chat.getByRole('button', { name: 'Reply' }).focus();
    await page.keyboard.press('Enter');
    await focusIn(chat.getByRole('textbox'));
    await page.keyboard.type('Warm it up slowly.');
    await page.keyboard.press('Control+Enter');
    // What was answered is told of no more.
    await chat.getByText('Phone is out of the freezer').waitFor({ state: 'detached' });
    await page.getByText('Undo').first().waitFor();
    await expect
      .poll(async () => {
        const { messages } = await host.call('conversation.page', { conversation: id as never });
        return messages.some(
          (message) => message.fromMe && JSON.stringify(message.parts).includes('Warm it up slowly.'),
        );
      })
      .toBe(true);
  });

  test('snoozing and putting away take a notice off; put away, it stays unread', async () => {
    const { page } = seat;
    await openCentre();
    const first = notices(page).first();
    const id = Number(await first.locator('.notice-open').getAttribute('data-conversation'));
    await first.getByRole('button', { name: 'Put away' }).focus();
    await page.keyboard.press('Enter');
    await page.locator(`.notice [data-conversation="${id}"]`).waitFor({ state: 'detached' });
    expect((await host.call('conversation.get', { conversation: id as never }))?.unread).toBeGreaterThan(0);

    const next = notices(page).first();
    const other = Number(await next.locator('.notice-open').getAttribute('data-conversation'));
    await next.getByRole('button', { name: 'Snooze' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator(`.notice [data-conversation="${other}"]`).waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await host.call('conversation.get', { conversation: other as never }))?.snoozedUntil)
      .toBeGreaterThan(Date.now());
  });

  test('what is read goes by itself, wherever it was read', async () => {
    const { page } = seat;
    await openCentre();
    const { groups } = await listed();
    const id = groups[0]?.conversation.id;
    if (id === undefined) throw new Error('One was expected');
    await host.call('act.flag', { conversations: [id], read: true });
    await page.locator(`.notice [data-conversation="${id}"]`).waitFor({ state: 'detached' });
    expect(seat.troubles).toEqual([]);
  });
});

describe('rules', () => {
  test('are made where the person is, kept, and listed in the settings', async () => {
    const { page } = seat;
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.locator('.person:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.person-card').waitFor();
    const name = (await page.locator('.list-title').textContent()) ?? '';
    await page.getByRole('combobox', { name: `Notifications of ${name}` }).focus();
    await page.keyboard.press('Enter');
    // A list that was just opened takes keys once one of its options has the focus.
    await page.locator('[role="option"]:focus').waitFor();
    await page.keyboard.press('End');
    await page.getByRole('option', { name: 'None' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => Object.values((await host.call('settings.get', {})).notifyRules))
      .toEqual([{ mode: 'off' }]);
    // An open list has the keys for itself.
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+,');
    await page.locator('.settings-nav').getByText('Notifications').click();
    await page.locator('.settings-body').getByText(name, { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test('a conversation has hours of its own, made beside it and changed in the settings', async () => {
    const { page } = seat;
    const { rows } = await host.call('inbox.page', { view: 'all', limit: 200 });
    const chat = rows.find((row) => row.title === '#standup');
    if (!chat) throw new Error('There is no #standup');
    const rule = async () => (await host.call('settings.get', {})).notifyRules[`conversation:${chat.id}`];
    const choose = async (box: string, option: string): Promise<void> => {
      await page.getByRole('combobox', { name: box }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: option, exact: true }).click();
      await page.getByRole('listbox').waitFor({ state: 'detached' });
    };
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#all/${chat.id}`);
    await page.locator('.head-title', { hasText: '#standup' }).waitFor();
    await page.locator('.messages').focus();
    await page.keyboard.press('i');
    await page.locator('.details').waitFor();
    await choose('Notifications of Notify here', 'Only when I am mentioned');
    await expect.poll(rule).toEqual({ mode: 'mentions' });
    await choose('Quiet hours of Notify here', 'Quiet hours of its own');
    await expect.poll(rule).toEqual({ mode: 'mentions', quiet: { from: 22 * 60, to: 7 * 60 } });
    await picture(page, 'notification-rule');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Control+,');
    await page.locator('.settings-nav').getByText('Notifications').click();
    await page.getByLabel('Quiet from (#standup)').fill('20:30');
    await expect.poll(rule).toEqual({ mode: 'mentions', quiet: { from: 20 * 60 + 30, to: 7 * 60 } });
    await picture(page, 'notification-settings');
    await choose('Quiet hours of #standup', 'At any hour');
    await expect.poll(rule).toEqual({ mode: 'mentions', quiet: 'never' });
    await page.keyboard.press('Escape');
  });
});
