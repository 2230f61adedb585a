import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { axe, focusIn, picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';
import { importMail, type Mail, pdf } from './mail.ts';

const count = 900;
const began = Date.UTC(2026, 0, 1, 9);
const minute = 60_000;
const long: readonly Mail[] = Array.from({ length: count }, (_, index) => ({
  id: `long-${index}`,
  ...(index === 0 ? {} : { after: 'long-0' }),
  from: `Robin ${index % 5} <robin${index % 5}@e2e.example>`,
  subject: 'The long one',
  at: began + index * 10 * minute,
  text: `Letter ${index} says this. ${'And more. '.repeat(index % 30)}`,
}));
const name = (text: string) => text.repeat(Math.ceil(500 / text.length)).slice(0, 500);
const odd: readonly Mail[] = [
  {
    id: 'documents',
    from: 'Ada Printer <ada@e2e.example>',
    subject: 'Documents',
    at: began + count * 10 * minute,
    text: 'Three documents.',
    files: [
      { name: 'report.pdf', mime: 'application/pdf', bytes: pdf(['The tide tables', 'The bells', 'The end']) },
      { name: 'broken.pdf', mime: 'application/pdf', bytes: Buffer.from('%PDF-1.7 and then nothing') },
      { name: 'notes.txt', mime: 'text/plain', bytes: Buffer.from('Zażółć gęślą jaźń') },
    ],
  },
  {
    id: 'names',
    from: `${name('Constantinople ')} <long@e2e.example>`,
    subject: name('A subject without an end '),
    at: began + (count + 1) * 10 * minute,
    text: 'w'.repeat(5000),
    files: [{ name: `${name('attachment')}.bin`, mime: 'application/octet-stream', bytes: Buffer.from('x') }],
  },
  {
    id: 'right-to-left',
    from: 'שלום עולם <rtl@e2e.example>',
    subject: 'مرحبا بالعالم (left) שלום',
    at: began + (count + 2) * 10 * minute,
    text: 'שלום, this is mixed. مرحبا',
  },
  {
    id: 'hostile',
    from: '\u202egnp.exe\u202c <img src=x onerror=alert(1)> <hostile@e2e.example>',
    subject: '"><script>alert(1)</script> {{count}} %s \u0007\u200b\ufeff',
    at: began + (count + 3) * 10 * minute,
    text: '<b>not bold</b> javascript:alert(1)',
    files: [
      { name: '../../etc/passwd', mime: 'application/octet-stream', bytes: Buffer.from('x') },
      { name: 'photo\u202egnp.exe', mime: 'application/octet-stream', bytes: Buffer.from('x') },
    ],
  },
  {
    id: 'heavy',
    from: 'Hana Heavy <hana@e2e.example>',
    subject: 'Fifty megabytes',
    at: began + (count + 4) * 10 * minute,
    text: 'See the film.',
    files: [{ name: 'film.bin', mime: 'application/octet-stream', bytes: new Uint8Array(50_000_000).fill(7) }],
  },
];

let browser: Browser;
let host: Host;
let seat: Visit;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  host = await startHost();
  await importMail(host, 'archive', [...long, ...odd]);
  seat = await visit(browser, host);
  page = seat.page;
}, 300_000);
afterAll(async () => {
  await seat.close();
  await browser.close();
  await host.stop();
});
beforeEach(async () => {
  await page.keyboard.press('Escape');
});

/** By a word of its subject, from the list. */
async function open(word: string): Promise<void> {
  const { rows } = await host.call('inbox.page', { view: 'all', limit: 50 });
  const row = rows.find(({ title }) => title.includes(word));
  if (!row) throw new Error(`There is no conversation about ${word}`);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#all/${row.id}`);
  await page.locator('.head-title', { hasText: word }).waitFor();
  await page.locator('[data-message]').first().waitFor();
  await page.locator('.messages').focus();
}
/** No part of the page sticks out of it. */
const tooWide = (): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('a conversation of very many messages', () => {
  /** Walks by scrolling until a text stands at the end; tells how many were held at most, and how far what was in sight moved. */
  const walk = (way: 1 | -1, until: string) =>
    page.evaluate(
      async ({ way, until }) => {
        const element = document.querySelector('.messages');
        if (!element) throw new Error('There are no messages');
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const drawn = () => [...element.querySelectorAll('[data-message]')];
        let most = 0;
        let drift = 0;
        while (
          !drawn()
            .at(way < 0 ? 0 : -1)
            ?.textContent?.includes(until)
        ) {
          const edge = element.getBoundingClientRect().top;
          element.scrollTop += way * 400;
          await frame();
          const held = drawn().find((one) => one.getBoundingClientRect().bottom > edge);
          const before = held?.getBoundingClientRect().top ?? 0;
          await frame();
          if (held?.isConnected) drift = Math.max(drift, Math.abs(held.getBoundingClientRect().top - before));
          most = Math.max(most, drawn().length);
        }
        return { most, drift };
      },
      { way, until },
    );
  const said = (at: 'first' | 'last') => page.locator('[data-message]')[at]().textContent();

  test('is walked to its beginning and back, and what is read stays where it is', async () => {
    await open('The long one');
    const up = await walk(-1, 'Letter 0 says');
    const down = await walk(1, `Letter ${count - 1} says`);
    for (const { most, drift } of [up, down]) {
      expect(most).toBeLessThanOrEqual(250);
      expect(drift).toBeLessThanOrEqual(2);
    }
  }, 300_000);

  test('Home and End lead to its ends, Shift D to a day in the middle, and the focus stays', async () => {
    await open('The long one');
    await page.keyboard.press('Home');
    await page.locator('[data-target="true"]', { hasText: 'Letter 0 says' }).waitFor();
    await page.locator('.messages').focus();
    await page.keyboard.press('End');
    await expect.poll(() => said('last')).toContain(`Letter ${count - 1} says`);
    await page.keyboard.press('Shift+d');
    await page.getByLabel('Day', { exact: true }).fill('2026-01-05');
    await page.keyboard.press('Enter');
    const first = Math.ceil((Date.UTC(2026, 0, 4, 23) - began) / (10 * minute));
    await page.locator('[data-target="true"]', { hasText: `Letter ${first} says` }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')))
      .toBe('conversation');
  });

  test('words of any letter are found in it', async () => {
    await open('The long one');
    await page.keyboard.press('Control+f');
    await focusIn(page.locator('#find-box'));
    await page.locator('#find-box').fill('"Letter 77"');
    await page.locator('[data-target="true"]', { hasText: 'Letter 77 says' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('all of it is printed, from a page of its own', async () => {
    await open('The long one');
    await page.context().addInitScript(() => {
      window.print = () => {
        document.documentElement.dataset.printed = '';
      };
    });
    const opened = page.context().waitForEvent('page');
    await page.keyboard.press('Control+p');
    const paper = await opened;
    await paper.locator('html[data-printed]').waitFor({ state: 'attached' });
    expect(await paper.locator('.paper .card').count()).toBe(count);
    await paper.close();
  });
});

describe('documents', () => {
  const show = async (file: string): Promise<void> => {
    await open('Documents');
    await page.getByRole('button', { name: `Show ${file}` }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: file }).waitFor();
  };
  const gone = () => expect.poll(() => page.getByRole('dialog').count()).toBe(0);

  test('a PDF is drawn page by page, by keyboard, and its words are there to be read', async () => {
    await show('report.pdf');
    await page.locator('.pdf-page[data-page="1"][data-state="drawn"]').waitFor();
    await page.locator('.pdf-words', { hasText: 'The tide tables' }).waitFor();
    await page.locator('.pdf-at', { hasText: 'Page 1 of 3' }).waitFor();
    const ink = await page.locator('.pdf-page[data-page="1"] canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 100) dark++;
      return dark;
    });
    expect(ink).toBeGreaterThan(200);
    await picture(page, 'document-pdf');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('n');
    await page.locator('.pdf-at', { hasText: 'Page 2 of 3' }).waitFor();
    await page.locator('.pdf-words', { hasText: 'The bells' }).waitFor();
    const width = () =>
      page
        .locator('.pdf-page')
        .first()
        .evaluate((one) => one.clientWidth);
    const before = await width();
    await page.keyboard.press('+');
    await expect.poll(width).toBeGreaterThan(before);
    await page.keyboard.press('0');
    await expect.poll(width).toBe(before);
    await page.keyboard.press('Escape');
    await gone();
  });

  test('one that is damaged says so, and can be saved', async () => {
    await show('broken.pdf');
    await page.getByRole('alert').filter({ hasText: 'damaged' }).waitFor();
    await page.getByRole('dialog').getByRole('link', { name: 'Save broken.pdf' }).waitFor();
    await page.keyboard.press('Escape');
    await gone();
  });

  test('a text is read as it is', async () => {
    await show('notes.txt');
    await page.locator('pre', { hasText: 'Zażółć gęślą jaźń' }).waitFor();
    await page.keyboard.press('Escape');
    await gone();
  });
});

describe('what strangers send', () => {
  for (const [what, word] of [
    ['names of five hundred letters', 'A subject without'],
    ['names written right to left', 'שלום'],
    ['names that would be programs', '<script>'],
  ] as const)
    test(`${what} break neither list nor conversation, at any width`, async () => {
      await open(word);
      for (const width of [1440, 1024, 360]) {
        await page.setViewportSize({ width, height: 900 });
        await expect.poll(tooWide).toBeLessThanOrEqual(0);
        await picture(page, `strange-${what.split(' ').at(-1)}-${width}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      expect(await axe(page)).toEqual([]);
    });

  test('a file of fifty megabytes arrives whole, and the window stays quick', async () => {
    await open('Fifty megabytes');
    const link = page.getByRole('link', { name: 'Save film.bin' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    let size = 0;
    let wrong = 0;
    for await (const chunk of await download.createReadStream()) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      wrong += bytes.some((byte) => byte !== 7) ? 1 : 0;
    }
    expect([size, wrong]).toEqual([50_000_000, 0]);
    expect(download.suggestedFilename()).toBe('film.bin');
  });
});

test('nothing was logged, thrown or asked of anybody else', () => expect(seat.troubles).toEqual([]));
