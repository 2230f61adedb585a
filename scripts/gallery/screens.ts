import type { Page } from 'playwright-core';
import { createI18n, type Key, type Language } from '../../src-renderer/i18n/index.ts';

/** Titles of the demo world, by which a screen finds its conversation. */
export type Find = (title: string) => Promise<number>;
export interface Screen {
  readonly name: string;
  /** Brings a page that shows the inbox to this screen. */
  readonly reach: (page: Page, find: Find) => Promise<void>;
}

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, hash);
const opened =
  (title: string, sign: string, more: (page: Page) => Promise<void> = async () => undefined) =>
  async (page: Page, find: Find): Promise<void> => {
    await go(page, `#inbox/${await find(title)}`);
    await page.locator(sign).first().waitFor();
    await more(page);
  };
const place =
  (hash: string, sign = 'h1') =>
  async (page: Page): Promise<void> => {
    await go(page, hash);
    await page.locator(sign).first().waitFor();
  };
const keys =
  (pressed: readonly string[], sign: string, typed = '') =>
  async (page: Page): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
    if (typed !== '') await page.keyboard.type(typed);
    await page.locator(sign).first().waitFor();
  };

/** A conversation, and something over or in it. */
const within =
  (title: string, sign: string, pressed: readonly string[], shown: string, typed = '') =>
  async (page: Page, find: Find): Promise<void> =>
    opened(title, sign, keys(pressed, shown, typed))(page, find);
/** A string as the page says it. */
const said = async (page: Page, key: Key): Promise<string> =>
  createI18n((await page.evaluate(() => document.documentElement.lang)) as Language).t(key);
const settings =
  (section: Key, sign = '.setting') =>
  async (page: Page): Promise<void> => {
    await keys(['Control+,'], '.settings')(page);
    const name = await said(page, section);
    await page.locator('.settings').getByRole('button', { name, exact: true }).click();
    await page.locator(sign).first().waitFor();
  };
const command =
  (name: Key, sign: string) =>
  async (page: Page): Promise<void> => {
    await keys(['Control+k'], '.palette-box:focus')(page);
    await page.keyboard.type(await said(page, name));
    await page.keyboard.press('Enter');
    await page.locator(sign).first().waitFor();
  };

/** Every screen of the product in the demo world. */
export const screens: readonly Screen[] = [
  { name: 'inbox', reach: place('#inbox', '.row') },
  { name: 'mail', reach: opened('Harbour release: what is left', '.card[data-open="true"]') },
  { name: 'newsletter', reach: opened('no. 120', '.mail-frame') },
  { name: 'invitation', reach: opened('Invitation: Harbour walkthrough', '.calendar') },
  { name: 'chat', reach: opened('Mapping evening', '.bubble') },
  { name: 'group', reach: opened('Morgans', '.bubble') },
  { name: 'every-part', reach: opened('Showcase', '.bubble') },
  { name: 'right-to-left', reach: opened('رسالة من عمّان', '.card') },
  { name: 'long-names', reach: opened('Lease of 4 Ropewalk', '.card') },
  {
    name: 'answer',
    reach: opened('Harbour release: what is left', '.card', keys(['r'], '[data-pane="composer"]')),
  },
  { name: 'compose', reach: keys(['c'], '.floating') },
  { name: 'unread', reach: place('#unread', '.row') },
  { name: 'drafts', reach: place('#drafts') },
  { name: 'snoozed-empty', reach: place('#snoozed', '.empty-title') },
  { name: 'people', reach: place('#people') },
  { name: 'files', reach: place('#files') },
  { name: 'notifications', reach: place('#notifications') },
  { name: 'outbox', reach: place('#outbox') },
  { name: 'search', reach: keys(['/'], '.hit', 'harbour') },
  { name: 'search-nothing', reach: keys(['/'], '.empty-title', 'from:nobody xyzzyplugh') },
  { name: 'palette', reach: keys(['Control+k'], '.palette-entry') },
  { name: 'shortcuts', reach: keys(['?'], '.shortcuts') },
  { name: 'settings', reach: keys(['Control+,'], '.settings') },
  { name: 'settings-looks', reach: settings('settings.looks') },
  { name: 'settings-keys', reach: settings('settings.keys', '.key-line') },
  { name: 'settings-writing', reach: settings('settings.writing') },
  { name: 'settings-notifications', reach: settings('settings.notifications') },
  { name: 'settings-privacy', reach: settings('settings.privacy') },
  { name: 'settings-archives', reach: settings('settings.archives') },
  { name: 'settings-about', reach: settings('settings.about', '.about') },
  { name: 'add-account', reach: command('command.addAccount', '.channel') },
  { name: 'import', reach: command('command.import', '.import') },
  { name: 'details', reach: within('Mapping evening', '.bubble', ['i'], '[data-pane="details"]') },
  { name: 'find-in-conversation', reach: within('Mapping evening', '.bubble', ['Control+f'], '.find-bar', 'map') },
  { name: 'jump-to-date', reach: within('Mapping evening', '.bubble', ['Shift+d'], '.jump') },
  { name: 'react', reach: within('Mapping evening', '.bubble', ['n', '+'], '.emoji') },
  { name: 'snooze', reach: within('Harbour release: what is left', '.card', ['h'], '.snooze') },
  { name: 'labels', reach: within('Harbour release: what is left', '.card', ['l'], '.labels') },
  { name: 'reply-otherwise', reach: within('Harbour release: what is left', '.card', ['Shift+r'], '.dialog-body') },
  { name: 'selected', reach: keys(['j', 'x', 'j', 'x', 'j', 'x'], '.list-selected') },
  {
    name: 'context-menu',
    reach: async (page) => {
      await page.locator('.row').nth(2).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'person',
    reach: async (page) => {
      await place('#people')(page);
      await page.locator('.person').first().click();
      await page.locator('.person-card').waitFor();
    },
  },
];
