import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { screens } from '../../scripts/gallery/screens.ts';
import { axe, startBrowser, type Visit, visit } from './browser.ts';
import type { Host } from './host.ts';
import { startWorld } from './world.ts';

let browser: Browser;
let host: Host;
beforeAll(async () => {
  browser = await startBrowser();
  host = await startWorld();
});
afterAll(async () => {
  await browser.close();
  await host.stop();
});

const find = async (title: string): Promise<number> => {
  const { rows } = await host.call('inbox.page', { view: 'all', limit: 200 });
  const found = rows.find((row) => row.title.includes(title));
  if (!found) throw new Error(`The demo world has no ${title}`);
  return found.id;
};
const reach = async (page: Page, name: string): Promise<void> => {
  for (let count = 0; count < 3; count++) await page.keyboard.press('Escape');
  await page.evaluate(() => {
    location.hash = '#inbox';
  });
  await page.locator('.row').first().waitFor();
  const screen = screens.find((one) => one.name === name);
  if (!screen) throw new Error(`There is no screen ${name}`);
  await screen.reach(page, find);
};

const conditions: Readonly<Record<string, BrowserContextOptions>> = {
  'high contrast': { forcedColors: 'active' },
  // A window of 1440 px has 720 left.
  'a zoom of 200 %': { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
};
describe.each(Object.entries(conditions))('with %s', (_name, options) => {
  let seat: Visit;
  beforeAll(async () => {
    seat = await visit(browser, host, options);
    await seat.page.locator('.row').first().waitFor();
  });
  afterAll(() => seat.close());

  test.each(['inbox', 'mail', 'every-part', 'right-to-left', 'answer', 'people', 'files', 'palette', 'settings'])(
    'axe has nothing against %s',
    async (name) => {
      await reach(seat.page, name);
      expect(await axe(seat.page)).toEqual([]);
    },
  );
});

test('in high contrast the focus is drawn by more than a colour of ours', async () => {
  const { page, close } = await visit(browser, host, { forcedColors: 'active' });
  try {
    await page.locator('.row').first().waitFor();
    await page.keyboard.press('j');
    await page.locator('.row:focus').waitFor();
    const drawn = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element?.matches('.row')) return 'nothing has the focus';
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle === 'none' || outlineWidth === '0px' ? 'no outline' : 'outline';
    });
    expect(drawn).toBe('outline');
  } finally {
    await close();
  }
});

test('right-to-left messages run from the right, and names beside them stay where they are', async () => {
  const { page, close } = await visit(browser, host);
  try {
    await page.locator('.row').first().waitFor();
    await reach(page, 'right-to-left');
    const directions = () =>
      page
        .locator('.head-title, .row[data-open="true"] .row-preview')
        .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).direction));
    await expect.poll(async () => new Set(await directions())).toEqual(new Set(['rtl']));
    expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('ltr');
  } finally {
    await close();
  }
});

test('with reduced motion nothing moves for longer than an eye can see', async () => {
  const { page, close } = await visit(browser, host, { reducedMotion: 'reduce' });
  try {
    await page.locator('.row').first().waitFor();
    await reach(page, 'palette');
    const slow = await page.evaluate(() =>
      document
        .getAnimations()
        .map((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0))
        .filter((ms) => ms > 1),
    );
    expect(slow).toEqual([]);
  } finally {
    await close();
  }
});

test('a screen reader finds landmarks, one heading of the page, and a log that speaks', async () => {
  const { page, close } = await visit(browser, host);
  try {
    await page.locator('.row').first().waitFor();
    await reach(page, 'chat');
    await page.getByRole('main').waitFor();
    await expect.poll(() => page.getByRole('navigation').count()).toBeGreaterThan(0);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await page.getByRole('log').waitFor();
    await page.getByRole('grid').waitFor();
  } finally {
    await close();
  }
});

describe.each([1440, 1280, 1024, 760, 390])('in a window %i px wide', (width) => {
  let seat: Visit;
  beforeAll(async () => {
    seat = await visit(browser, host, { viewport: { width, height: 800 } });
    await seat.page.locator('.row').first().waitFor();
  });
  afterAll(() => seat.close());

  test('there is one main landmark, and every edge that can be moved stands in a landmark of its own name', async () => {
    const { page } = seat;
    for (const screen of ['inbox', 'mail']) {
      await reach(page, screen);
      await expect.poll(() => page.getByRole('main').count()).toBe(1);
      const named = page.getByRole('region', { name: 'Widths of the panes' }).getByRole('separator');
      await expect.poll(async () => (await page.getByRole('separator').count()) - (await named.count())).toBe(0);
    }
  });

  test('the details cover nothing of what one writes', async () => {
    const { page } = seat;
    await reach(page, 'answer');
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.locator('.details').waitFor();
    const reached = () =>
      page.locator('[data-send="send"]').evaluate((button) => {
        const { left, top, width: w, height } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(left + w / 2, top + height / 2));
      });
    await expect.poll(reached).toBe(true);
    await page.keyboard.press('i');
  });
});
