import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, focusIn, startBrowser, type Visit, visit } from './browser.ts';
import type { Host } from './host.ts';
import { startWorld } from './world.ts';

let browser: Browser;
let host: Host;
let seat: Visit;
const box = (page: Page) => page.locator('#search-box');
const hits = (page: Page) => page.locator('.hit');
const hash = (): Promise<string> => seat.page.evaluate(() => decodeURIComponent(location.hash));
const look = async (text: string): Promise<void> => {
  await seat.page.keyboard.press('Escape');
  await box(seat.page).focus();
  await seat.page.keyboard.press('Control+a');
  await seat.page.keyboard.type(text);
};

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

describe('searching, without the mouse', () => {
  test('/ leads to the box, what is found is a place, and back leads where one was', async () => {
    const { page } = seat;
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.keyboard.press('/');
    await page.keyboard.type('release');
    await hits(page).first().waitFor();
    await expect.poll(hash).toBe('#search.release');
    await expect.poll(() => page.locator('.hit mark').first().textContent()).toMatch(/release/i);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('hit');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect.poll(hash).toMatch(/^#search\.release\/\d+\/\d+$/);
    await page.goBack();
    await expect.poll(hash).toBe('#search.release');
    await page.goBack();
    await expect.poll(hash).toBe('#starred');
    await expect.poll(() => box(page).inputValue()).toBe('');
    await page.goForward();
    await expect.poll(() => box(page).inputValue()).toBe('release');
  });

  test('operators and their values are completed with the keys alone', async () => {
    const { page } = seat;
    await look('release fr');
    await page.getByRole('option', { name: 'from:' }).waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => box(page).inputValue()).toBe('release from:');
    await page.keyboard.type('priy');
    await page.getByRole('option', { name: /Priya Raman/ }).waitFor();
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('release from:"Priya Raman" ');
    await expect
      .poll(async () => new Set(await page.locator('.hit-author').allTextContents()))
      .toEqual(new Set(['Priya Raman']));
    await page.getByRole('button', { name: /from: Priya Raman/ }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('release');
  });

  test('a facet narrows as if it had been typed, and hits are grouped by conversation', async () => {
    const { page } = seat;
    await look('release');
    await page.locator('.facet', { hasText: 'Team chat' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('release account:"Team chat"');
    const all = (await host.call('search.query', { text: 'release account:"Team chat"' })).hits.length;
    await expect.poll(() => hits(page).count()).toBe(all);
    await page.getByRole('button', { name: 'One line a conversation' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => hits(page).count()).toBeLessThan(all);
    await page.locator('.hit-count').first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => hits(page).count()).toBe(all);
  });

  test('a word that is mistyped is searched for as it was meant, and said so', async () => {
    const { page } = seat;
    await look('relaese');
    await page.locator('.search-note', { hasText: 'release' }).waitFor();
    await hits(page).first().waitFor();
  });

  test('a search is saved, gone to by its number, and forgotten', async () => {
    const { page } = seat;
    await look('invoice has:attachment');
    await page.getByRole('button', { name: 'Save this search' }).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await host.call('settings.get', {})).savedSearches)
      .toMatchObject([{ text: 'invoice has:attachment' }]);
    await box(page).focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('1');
    await expect.poll(() => box(page).inputValue()).toBe('invoice has:attachment');
    await page.getByRole('button', { name: 'Forget this saved search' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await host.call('settings.get', {})).savedSearches).toEqual([]);
  });

  test('what led somewhere is offered again while the box is empty', async () => {
    const { page } = seat;
    await look('freezer');
    await hits(page).first().waitFor();
    await box(page).focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await host.call('settings.get', {})).recentSearches[0]).toBe('freezer');
    await look('');
    await page.keyboard.press('Delete');
    await page.getByRole('option', { name: 'freezer' }).waitFor();
    expect(seat.troubles).toEqual([]);
  });
});

describe('a day in the list', () => {
  test('g w and a date lead to what happened last on it, and the keys after them go on from there', async () => {
    const { page } = seat;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.locator('.row').first().waitFor();
    const { rows } = await host.call('inbox.page', { view: 'all', limit: 200 });
    // As a calendar in Warsaw has it, like the window.
    const dayOf = (at: number): string => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Warsaw' }).format(at);
    const day = dayOf(rows[Math.floor(rows.length * 0.8)]?.lastAt ?? 0);
    const at = rows.findIndex((row) => dayOf(row.lastAt) === day);
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    const dialog = page.getByRole('dialog', { name: 'Go to a date' });
    await dialog.waitFor();
    expect(await axe(page)).toEqual([]);
    await focusIn(dialog);
    await page.keyboard.type(day);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator(`.row[data-conversation="${rows[at]?.id}"]:focus`).waitFor();
    await page.keyboard.press('j');
    await page.locator(`.row[data-conversation="${rows[at + 1]?.id}"]:focus`).waitFor();
    expect(seat.troubles).toEqual([]);
  });
});

describe('files and people', () => {
  test('files are narrowed by kind and name, and lead to their message', async () => {
    const { page } = seat;
    await page.evaluate(() => {
      location.hash = '#files';
    });
    await page.locator('.file').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Kind of file' }).focus();
    await page.keyboard.press('Enter');
    // A list that was just opened takes keys once one of its options has the focus.
    await page.locator('[role="option"]:focus').waitFor();
    const documents = page.getByRole('option', { name: 'Documents' }).and(page.locator(':focus'));
    for (const _ of [1, 2, 3, 4]) await page.keyboard.press('ArrowDown');
    await documents.waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.file', { hasText: '.pdf' }).first().waitFor();
    await expect.poll(() => page.locator('.file', { hasText: '.png' }).count()).toBe(0);
    await page.getByRole('textbox', { name: 'Find files by name' }).fill('lease');
    await expect
      .poll(async () => (await page.locator('.file-name').allTextContents()).every((name) => name.includes('lease')))
      .toBe(true);
    await page.locator('.file-open').first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(hash).toMatch(/^#files\/\d+\/\d+$/);
    await page.locator('.head').waitFor();
  });

  test('two people are merged, stand together, and come apart again', async () => {
    const { page } = seat;
    await page.evaluate(() => {
      location.hash = '#people';
    });
    await page.locator('.person').first().waitFor();
    await page.getByRole('textbox', { name: 'Find people' }).fill('tomasz');
    await expect.poll(() => page.locator('.person').count()).toBe(1);
    await page.locator('.person').focus();
    await page.keyboard.press('Enter');
    await page.locator('.person-card').waitFor();
    await page.locator('.identities li').first().waitFor();
    const before = await page.locator('.identities li').count();
    await page.getByRole('button', { name: 'This is also…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Find people' }).fill('Jonas');
    // Whoever is faster than the answer still means whom they typed.
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.identities li').count()).toBeGreaterThan(before);
    await page.keyboard.press('z');
    await expect.poll(() => page.locator('.identities li').count()).toBe(before);
    expect(seat.troubles).toEqual([]);
  });
});

describe('settings', () => {
  test('are found by any of their words, in every section at once', async () => {
    const { page } = seat;
    await page.keyboard.press('Control+,');
    await page.getByRole('textbox', { name: 'Find a setting' }).fill('quiet');
    await page.locator('.setting', { hasText: 'Quiet hours' }).waitFor();
    await expect.poll(() => page.locator('.settings-section:visible').count()).toBe(1);
    await page.getByRole('textbox', { name: 'Find a setting' }).fill('hosts');
    await page.locator('.setting', { hasText: 'Nothing has been contacted.' }).waitFor();
    await page.getByRole('textbox', { name: 'Find a setting' }).fill('xyzzy');
    await page.getByText('No setting has these words.').waitFor();
    expect(await axe(page)).toEqual([]);
  });
});
