import type { Page } from 'playwright-core';

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
    await go(page, `#all/${await find(title)}`);
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
];
