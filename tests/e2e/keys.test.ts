import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConversationId } from '../../src-shared/ids.ts';
import type { Input } from '../../src-shared/ipc/index.ts';
import { axe, startBrowser, type Visit, visit } from './browser.ts';
import type { Host } from './host.ts';
import { startWorld } from './world.ts';

type View = Input<'inbox.page'>['view'];
let browser: Browser;
let host: Host;
let seat: Visit;

beforeAll(async () => {
  browser = await startBrowser();
  host = await startWorld();
  seat = await visit(browser, host);
  await seat.page.locator('.row').first().waitFor();
});
afterAll(async () => {
  await seat.close();
  await browser.close();
  await host.stop();
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await seat.page.keyboard.press(key);
};
const focused = (): Promise<string> =>
  seat.page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? 'nowhere');
const focusedRow = (): Promise<number> =>
  seat.page.evaluate(() => Number(document.activeElement?.getAttribute('data-conversation')));
const rows = (): Promise<number[]> =>
  seat.page
    .locator('.row')
    .evaluateAll((all) =>
      all
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => Number(row.getAttribute('data-conversation'))),
    );
const heading = (name: string) => seat.page.getByRole('heading', { level: 1, name, exact: true });
/** A place, and its own rows in it; what follows is for them. */
const goTo = async (keys: string, name: string, view: View): Promise<void> => {
  await press(...keys);
  await heading(name).waitFor();
  const { rows: wanted } = await host.call('inbox.page', { view, limit: 5 });
  await expect.poll(async () => (await rows()).slice(0, 5)).toEqual(wanted.map(({ id }) => id));
};
const openTitled = async (title: string): Promise<void> => {
  const found = (await host.call('inbox.page', { view: 'all', limit: 200 })).rows.find((row) => row.title === title);
  await seat.page.evaluate((id) => {
    location.hash = `#all/${id}`;
  }, found?.id);
  await seat.page.getByRole('heading', { level: 2, name: title }).waitFor();
};

describe('every key of the Gmail preset, and no mouse', () => {
  test('a number before a key says how often', async () => {
    await goTo('ga', 'All', 'all');
    await seat.page.locator('.row').first().focus();
    const [, , third] = await rows();
    await press('2', 'j');
    await expect.poll(focusedRow).toBe(third);
    await press('2', 'k');
    await expect.poll(focusedRow).not.toBe(third);
  });

  test('places are two keys away', async () => {
    for (const [keys, name] of [
      ['gs', 'Starred'],
      ['gz', 'Snoozed'],
      ['gt', 'Sent'],
      ['ge', 'Done'],
      ['gi', 'Inbox'],
    ] as const) {
      await press(...keys);
      await heading(name).waitFor();
    }
  });

  test('Ctrl and a number goes to an account, Alt and the arrows go back and forward', async () => {
    const [account] = await host.call('accounts.list', {});
    await press('Control+1');
    await heading(account?.label ?? '').waitFor();
    await press('Alt+ArrowLeft');
    await heading('Inbox').waitFor();
    await press('Alt+ArrowRight');
    await heading(account?.label ?? '').waitFor();
    await goTo('gi', 'Inbox', 'inbox');
  });

  test('a peek leaves what is unread unread', async () => {
    const row = seat.page.locator('.row[data-unread="true"]').first();
    const id = ConversationId.parse(Number(await row.getAttribute('data-conversation')));
    await row.focus();
    await press('Shift+Z');
    await seat.page.locator('[data-unread-mark]').waitFor();
    expect((await host.call('conversation.get', { conversation: id }))?.unread).toBeGreaterThan(0);
    await press('Escape');
    await expect.poll(focused).toBe('list');
    expect((await host.call('conversation.get', { conversation: id }))?.unread).toBeGreaterThan(0);
  });

  test('n and p walk the messages, r answers the one with the focus, Esc leads back', async () => {
    await openTitled('Harbour release: what is left');
    await seat.page.locator('.card').first().waitFor();
    await seat.page.locator('.messages').focus();
    const at = (): Promise<number> =>
      seat.page.evaluate(() => Number(document.activeElement?.closest('article')?.getAttribute('data-message')));
    await press('n');
    await expect.poll(at).toBeGreaterThan(0);
    const newest = await at();
    await press('p');
    await expect.poll(at).not.toBe(newest);
    await press('n');
    await expect.poll(at).toBe(newest);
    await press('r');
    await expect.poll(focused).toBe('composer');
    await press('Escape');
    await expect.poll(focused).toBe('conversation');
  });

  test('* a selects, * n lets go, x and Shift J choose', async () => {
    await goTo('gi', 'Inbox', 'inbox');
    await seat.page.locator('.row').first().focus();
    const chosen = seat.page.locator('.row .row-check');
    await press('*', 'a');
    await chosen.first().waitFor();
    await press('*', 'n');
    await chosen.first().waitFor({ state: 'detached' });
    await press('x', 'Shift+J');
    await expect.poll(() => chosen.count()).toBe(2);
    await press('Escape');
    await expect.poll(() => chosen.count()).toBe(0);
  });

  test('] puts away and opens the next, z brings back, several deep', async () => {
    const [first, second, third] = (await rows()).map((id) => ConversationId.parse(id));
    if (!first || !second || !third) throw new Error('The inbox is too short');
    const inInbox = async (id: ConversationId) => (await host.call('conversation.get', { conversation: id }))?.inInbox;
    await seat.page.locator('.row').first().focus();
    await press('Home');
    await expect.poll(focusedRow).toBe(first);
    await press('Enter');
    await expect.poll(focused).toBe('conversation');
    await press(']');
    await seat.page.locator(`.row[data-conversation="${second}"][data-open="true"]`).waitFor();
    await expect.poll(() => inInbox(first)).toBe(false);
    await press('e');
    await expect.poll(() => inInbox(second)).toBe(false);
    await expect.poll(focused).not.toBe('nowhere');
    await press('z');
    await expect.poll(() => inInbox(second)).toBe(true);
    await press('z');
    await expect.poll(() => inInbox(first)).toBe(true);
    await press('Escape');
  });

  test('a letter typed on a button of the composer acts on no conversation', async () => {
    await goTo('gi', 'Inbox', 'inbox');
    await seat.page.locator('.row').first().focus();
    await press('Enter');
    await expect.poll(focused).toBe('conversation');
    const open = ConversationId.parse(
      Number(await seat.page.locator('.row[data-open="true"]').getAttribute('data-conversation')),
    );
    await press('c');
    await seat.page.locator('.floating').getByRole('button', { name: 'Bold' }).focus();
    await press('e', '#', 'j', 'Escape');
    // The first Escape may have been for the name of the button.
    if ((await focused()) === 'composer') await press('Escape');
    await expect.poll(focused).toBe('conversation');
    expect(await seat.page.locator(`.row[data-conversation="${open}"][data-open="true"]`).count()).toBe(1);
    expect((await host.call('conversation.get', { conversation: open }))?.inInbox).toBe(true);
    await press('Escape');
  });

  test('a person opened by Enter leaves the focus in the pane', async () => {
    await press('g', 'c');
    await seat.page.locator('.person:focus').waitFor();
    await press('Enter');
    await seat.page.locator('.person-card').waitFor();
    await expect.poll(focused).toBe('list');
    await goTo('gi', 'Inbox', 'inbox');
  });

  test('the menu key opens a menu of the row, and Esc gives the focus back', async () => {
    await goTo('gi', 'Inbox', 'inbox');
    await seat.page.locator('.row[data-entry]').focus();
    const row = await focusedRow();
    await press('Shift+F10');
    await seat.page.getByRole('menuitem', { name: 'Snooze' }).waitFor();
    await press('Escape');
    await expect.poll(focusedRow).toBe(row);
    await press('Shift+F10');
    await seat.page.getByRole('menuitem', { name: 'Snooze' }).waitFor();
    await press('s', 'n');
    await press('Enter');
    await seat.page.locator('.snooze').waitFor();
    await press('Escape');
    await seat.page.locator('.snooze').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('list');
  });

  test('the edge between panes moves by arrow keys and stays after a reload', async () => {
    const edge = seat.page.getByRole('separator', { name: 'Width of the list' });
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    await press('ArrowRight');
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(String(before + 16));
    await expect.poll(async () => (await host.call('settings.get', {})).panes.list).toBe(before + 16);
    await seat.page.reload();
    await seat.page.locator('.row').first().waitFor();
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(String(before + 16));
    expect(await axe(seat.page)).toEqual([]);
  });

  test('the side bar goes and comes back', async () => {
    await press('Control+\\');
    await expect.poll(async () => (await host.call('settings.get', {})).panes.railShown).toBe(false);
    await press('Control+\\');
    await expect.poll(focused).toBe('rail');
    await press('F6');
    await expect.poll(focused).toBe('list');
  });

  test('the palette forgives a slip and remembers what was chosen', async () => {
    await press('Control+k');
    await seat.page.locator('.palette-box:focus').waitFor();
    await seat.page.keyboard.type('go to snozed');
    await seat.page.getByRole('option', { name: 'Go to snoozed' }).waitFor();
    await press('Enter');
    await heading('Snoozed').waitFor();
    await expect.poll(async () => (await host.call('settings.get', {})).commandUses['go-snoozed']).toBe(1);
    await press('g', 'i');
  });
});

describe('keys of one’s own', () => {
  test('are recorded, taken from whoever had them, followed by the sheet, and reset', async () => {
    await press('Control+k');
    await seat.page.locator('.palette-box:focus').waitFor();
    await seat.page.keyboard.type('change keys');
    await press('Enter');
    const star = seat.page.locator('[data-record="star"]');
    await star.focus();
    await press('Enter', 'e');
    await seat.page.getByRole('button', { name: 'Use it here' }).waitFor();
    await expect.poll(() => seat.page.evaluate(() => document.activeElement?.textContent)).toBe('Use it here');
    expect(await axe(seat.page)).toEqual([]);
    await press('Enter');
    await expect
      .poll(async () => (await host.call('settings.get', {})).keys.changed)
      .toEqual({ star: ['s', 'e'], archive: [] });
    await seat.page.getByRole('button', { name: 'Reset all' }).focus();
    await press('Enter');
    await expect.poll(async () => (await host.call('settings.get', {})).keys.changed).toEqual({});
    await press('Escape');
    await seat.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('a preset changes them all', async () => {
    await host.call('settings.set', { patch: { keys: { preset: 'vim', changed: {} } } });
    await press('?');
    await seat.page.locator('.shortcuts kbd', { hasText: /^G G$/ }).waitFor();
    await press('Escape');
    await seat.page.locator('.shortcuts').waitFor({ state: 'detached' });
    await seat.page.locator('.row').first().focus();
    await press('j', 'g', 'g');
    const [first] = await rows();
    await expect.poll(focusedRow).toBe(first);
    await host.call('settings.set', { patch: { keys: { preset: 'gmail', changed: {} } } });
  });

  test('nothing was thrown, logged or asked of strangers', () => {
    expect(seat.troubles).toEqual([]);
  });
});
