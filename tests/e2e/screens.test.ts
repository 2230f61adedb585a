import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';
import { startWorld } from './world.ts';

let browser: Browser;
let demo: Host;
let empty: Host;

beforeAll(async () => {
  browser = await startBrowser();
  demo = await startWorld();
  empty = await startHost();
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
  await empty.stop();
});

const openRow = async (page: Page, title: string): Promise<void> => {
  const { rows } = await demo.call('inbox.page', { view: 'all', limit: 200 });
  const found = rows.find((row) => row.title.includes(title) || row.people.some((person) => person.name === title));
  if (!found) throw new Error(`The demo world has no ${title}`);
  await page.evaluate((id) => {
    location.hash = `#all/${id}`;
  }, found.id);
  await page.locator('.head').waitFor();
};
const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Every screen, and how one gets there. */
const screens: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  inbox: async (page) => page.locator('.row').first().waitFor(),
  mail: async (page) => {
    await openRow(page, 'Harbour release: what is left');
    await page.locator('.card[data-open="true"]').first().waitFor();
  },
  newsletter: async (page) => {
    await openRow(page, 'no. 120');
    await page.locator('.remote-banner').waitFor();
    await page.frameLocator('.mail-frame').locator('#mail').waitFor();
  },
  invitation: async (page) => {
    await openRow(page, 'Invitation: Harbour walkthrough');
    await page.locator('.calendar').waitFor();
  },
  chat: async (page) => {
    await openRow(page, 'Mapping evening');
    await page.locator('.bubble').first().waitFor();
  },
  showcase: async (page) => {
    await openRow(page, 'Showcase');
    await page.locator('.bubble').first().waitFor();
  },
  answer: async (page) => {
    await openRow(page, 'Harbour release: what is left');
    await page.locator('.card').first().waitFor();
    await press(page, 'r');
    await page.getByRole('textbox', { name: 'Write your message' }).waitFor();
  },
  compose: async (page) => {
    await page.locator('.row').first().waitFor();
    await press(page, 'c');
    await page.locator('.floating').waitFor();
  },
  search: async (page) => {
    await press(page, '/');
    await page.keyboard.type('harbour');
    await page.locator('.hit').first().waitFor();
  },
  'search-nothing': async (page) => {
    await press(page, '/');
    await page.keyboard.type('from:nobody xyzzyplugh');
    await page.locator('.empty-title').waitFor();
  },
  drafts: async (page) => {
    await press(page, 'g', 'd');
    await page.getByRole('heading', { level: 1, name: 'Drafts' }).waitFor();
  },
  snooze: async (page) => {
    await page.locator('.row').first().focus();
    await press(page, 'h');
    await page.locator('.snooze').waitFor();
  },
  palette: async (page) => {
    await press(page, 'Control+k');
    await page.locator('.palette-entry').first().waitFor();
  },
  shortcuts: async (page) => {
    await press(page, '?');
    await page.locator('.shortcuts').waitFor();
  },
  'settings-accounts': async (page) => {
    await press(page, 'Control+,');
    await page.locator('.account').first().waitFor();
  },
  'settings-looks': async (page) => {
    await press(page, 'Control+,');
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.locator('.setting').first().waitFor();
  },
  'settings-keys': async (page) => {
    await press(page, 'Control+,');
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    await page.locator('.key-line').first().waitFor();
  },
  'settings-privacy': async (page) => {
    await press(page, 'Control+,');
    await page.getByRole('button', { name: 'Privacy' }).click();
    await page.locator('.setting').first().waitFor();
  },
  'settings-writing': async (page) => {
    await press(page, 'Control+,');
    await page.getByRole('button', { name: 'Writing' }).click();
    await page.getByLabel('Signature').first().waitFor();
  },
  'settings-about': async (page) => {
    await press(page, 'Control+,');
    await page.getByRole('button', { name: 'About' }).click();
    await page.locator('.about').waitFor();
  },
  'add-account': async (page) => {
    await page.locator('.rail-add').click();
    await page.locator('.channel').first().waitFor();
  },
  import: async (page) => {
    await press(page, 'Control+k');
    await page.locator('.palette-box:focus').waitFor();
    await page.keyboard.type('import an');
    await press(page, 'Enter');
    await page.locator('.import').waitFor();
  },
};

/** To the inbox with nothing open, without loading the page anew. */
const reset = async (page: Page): Promise<void> => {
  for (let count = 0; count < 3; count++) await page.keyboard.press('Escape');
  await page.evaluate(() => {
    location.hash = '#inbox';
  });
  await page.locator('.row').first().waitFor();
};

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  let seat: Visit;
  beforeAll(async () => {
    seat = await visit(browser, demo, { colorScheme });
    await seat.page.locator('.row').first().waitFor();
  });
  afterAll(() => seat.close());

  test.each(Object.keys(screens))('axe has nothing against %s', async (name) => {
    await screens[name]?.(seat.page);
    await picture(seat.page, `${name}-${colorScheme}`);
    // A theme changes colours alone; all else was looked at in the first.
    expect(await axe(seat.page, colorScheme === 'dark' ? { rules: ['color-contrast'] } : {})).toEqual([]);
    await reset(seat.page);
  });

  test('axe has nothing against the first start', async () => {
    const first = await visit(browser, empty, { colorScheme });
    try {
      await first.page.locator('.welcome').waitFor();
      await picture(first.page, `welcome-${colorScheme}`);
      expect(await axe(first.page)).toEqual([]);
    } finally {
      await first.close();
    }
  });

  test('nothing was thrown, logged or asked of strangers', () => {
    expect(seat.troubles).toEqual([]);
  });
});

describe.each([
  ['narrow', { width: 360, height: 740 }],
  ['tablet', { width: 1024, height: 768 }],
  // 200 % zoom of a 1440 px window leaves 720 px.
  ['zoomed', { width: 720, height: 450 }],
] as const)('%s', (name, viewport) => {
  let seat: Visit;
  beforeAll(async () => {
    seat = await visit(browser, demo, { viewport });
    await seat.page.locator('.row').first().waitFor();
  });
  afterAll(() => seat.close());

  test.each(['inbox', 'mail', 'newsletter', 'chat', 'settings-accounts', 'compose', 'showcase'])(
    '%s fits, nothing is cut off sideways',
    async (screen) => {
      await screens[screen]?.(seat.page);
      await picture(seat.page, `${screen}-${name}`);
      const over = () =>
        seat.page.evaluate(() =>
          [
            document.documentElement,
            ...document.querySelectorAll('.pane-list, .pane-conversation, .messages, .dialog, .floating'),
          ]
            .filter((element) => element.scrollWidth > element.clientWidth + 1)
            .map((element) => element.className),
        );
      await expect.poll(over).toEqual([]);
      await reset(seat.page);
    },
  );
});

test('in Polish nothing is left in English', async () => {
  const seat = await visit(browser, demo, { locale: 'pl-PL' });
  try {
    await seat.page.getByRole('heading', { level: 1, name: 'Odebrane' }).waitFor();
    await expect.poll(() => seat.page.evaluate(() => document.documentElement.lang)).toBe('pl');
    await press(seat.page, '?');
    await seat.page.locator('.shortcuts').waitFor();
    await picture(seat.page, 'shortcuts-polish');
    const text = (await seat.page.locator('.shortcuts').textContent()) ?? '';
    expect(text).not.toMatch(/\b(next|reply|inbox|mark|search)\b/i);
  } finally {
    await seat.close();
  }
});
