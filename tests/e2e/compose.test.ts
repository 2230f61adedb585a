import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, focusIn, picture, startBrowser, type Visit, visit } from './browser.ts';
import type { Host } from './host.ts';
import { startWorld } from './world.ts';

let browser: Browser;
let host: Host;
let seat: Visit;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  host = await startWorld();
  await host.call('settings.set', {
    patch: {
      undoSendSeconds: 5,
      signature: 'Alex Morgan',
      templates: [{ id: 'thanks', name: 'Thanks', text: 'Thank you, {first_name}!\nUntil {weekday}.' }],
    },
  });
  seat = await visit(browser, host);
  page = seat.page;
  await page.locator('.row').first().waitFor();
});
afterAll(async () => {
  await seat.close();
  await browser.close();
  await host.stop();
});

const rich = () => page.locator('.floating .ProseMirror');
const write = async (to: string, subject: string): Promise<void> => {
  await page.locator('.row[data-entry]').first().focus();
  await page.keyboard.press('c');
  await focusIn(page.getByLabel('To', { exact: true }));
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
  await page.getByLabel('Subject').fill(subject);
  await rich().waitFor();
  await rich().focus();
  await page.keyboard.press('Control+Home');
};
const drafts = () => host.call('drafts.list', { limit: 50 });
const draftOf = async (subject: string) => (await drafts()).find((draft) => draft.subject === subject);

describe('a letter, by keyboard', () => {
  test('is written with looks, which go out as a mail may carry them', async () => {
    await write('ola@example.org', 'Looks');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('Bold');
    await page.keyboard.press('Control+b');
    await page.keyboard.type(' words');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    await expect.poll(async () => (await draftOf('Looks'))?.text).toContain('two');
    const draft = await draftOf('Looks');
    expect(draft?.format).toBe('html');
    expect(draft?.text).toMatch(/^<div><strong>Bold<\/strong> words<\/div><ul><li><div>one<\/div><\/li><li><div>two/);
    expect(draft?.text).toContain('<div>Alex Morgan</div>');
    await picture(page, 'compose-rich');
    expect(await axe(page)).toEqual([]);
  });

  test('is there again after the window was torn down', async () => {
    await page.reload();
    await page.locator('.row').first().waitFor();
    const draft = await draftOf('Looks');
    expect(draft?.text).toContain('<strong>Bold</strong> words');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    const listed = page.locator('.pane-list', { hasText: 'Looks' });
    await listed.waitFor();
    await listed.getByText('Looks').first().click();
    await rich().waitFor();
    await page.locator('.floating .ProseMirror strong', { hasText: 'Bold' }).waitFor();
    await page.locator('.floating').getByRole('button', { name: 'Discard draft' }).click();
    await expect.poll(async () => (await draftOf('Looks')) === undefined).toBe(true);
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.locator('.row').first().waitFor();
  });

  test('what is pasted loses what no mail needs', async () => {
    await write('ola@example.org', 'Pasted');
    await rich().evaluate((element) => {
      const data = new DataTransfer();
      data.setData(
        'text/html',
        '<meta charset="utf-8"><style>p{color:red}</style><p style="font:40px Comic Sans" onclick="alert(1)">Plain <b>bold</b></p><script>alert(1)</script><img src="http://tracker.example/x.png"><a href="javascript:alert(1)">trap</a><a href="https://example.org/">link</a>',
      );
      data.setData('text/plain', 'Plain bold');
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await expect.poll(async () => (await draftOf('Pasted'))?.text).toContain('<strong>bold</strong>');
    const text = (await draftOf('Pasted'))?.text ?? '';
    expect(text).not.toMatch(/style|script|onclick|img|tracker|Comic/i);
    expect(text).toContain('href="https://example.org/"');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.locator('.floating').count()).toBe(0);
  });

  test('Ctrl ’ puts in a template, filled in; what is missing is said', async () => {
    await write('Ola Kot <ola@example.org>', 'Thanks');
    await page.keyboard.press("Control+'");
    await focusIn(page.getByLabel('Find a template'));
    const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'Europe/Warsaw' });
    const before = weekday.format(new Date());
    await page.keyboard.type('than');
    await picture(page, 'compose-templates');
    await page.keyboard.press('Enter');
    await expect.poll(() => rich().textContent()).toContain('Thank you, Ola!');
    // It may have become midnight there.
    const days = `${before}|${weekday.format(new Date())}`;
    expect(await rich().textContent()).toMatch(new RegExp(`Until (${days})\\.`));
  });

  test('a promised file that is not there is asked for', async () => {
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' The plan is attached.');
    await page.locator('.compose-problems', { hasText: 'there is none' }).waitFor();
    await page
      .locator('.floating input[type="file"]')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the plan') });
    await page.locator('.compose-file', { hasText: 'plan.txt' }).waitFor();
    await expect.poll(() => page.locator('.compose-problems', { hasText: 'there is none' }).count()).toBe(0);
  });

  test('goes out later, when one says so in words, and can be called back', async () => {
    await page.locator('.floating').getByRole('button', { name: 'Other ways to send' }).click();
    await page.getByRole('menuitem', { name: 'Another time…' }).click();
    await focusIn(page.getByLabel('When to send'));
    await page.keyboard.type('pojutrze o 9');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.floating').count()).toBe(0);
    await expect
      .poll(
        async () =>
          (await host.call('outbox.list', {})).find((one) => one.title.includes('Thanks'))?.delivery.notBefore,
      )
      .toBeGreaterThan(Date.now() + 20 * 3_600_000);
    await page.locator('.toast', { hasText: 'Goes out' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rich().textContent()).toContain('Thank you, Ola!');
    await page.locator('.compose-file', { hasText: 'plan.txt' }).waitFor();
    await page.locator('.floating').getByRole('button', { name: 'Discard draft' }).click();
  });
});

describe('a line of a chat', () => {
  test(':name offers emoji, and :name: is one', async () => {
    const rows = (await host.call('inbox.page', { view: 'all', limit: 200 })).rows;
    const lunch = rows.find((row) => row.title === 'Lunch people');
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#all/${lunch?.id}`);
    const box = page.locator('.composer textarea.compose-text');
    await box.waitFor();
    await box.focus();
    await page.keyboard.type('Party :tad');
    await page.getByRole('option', { name: /:tada:/ }).waitFor();
    await picture(page, 'compose-emoji');
    await page.keyboard.press('Enter');
    await expect.poll(() => box.inputValue()).toBe('Party 🎉 ');
    await page.keyboard.type('and :pizza:');
    await expect.poll(() => box.inputValue()).toBe('Party 🎉 and 🍕');
    await page.keyboard.press('Enter');
    await page.locator('.bubble-row[data-mine="true"]', { hasText: 'Party 🎉 and 🍕' }).waitFor();
  });

  test.each([
    [390, 844],
    [760, 600],
    [1440, 900],
  ])('news that it was sent hides nothing of what one writes in, at %d px', async (width, height) => {
    await page.setViewportSize({ width, height });
    const words = `At ${width} px`;
    await page.locator('.composer textarea.compose-text').fill(words);
    // Looked at in the page, in the first frame that has all of it: news goes by itself.
    const apart = page.waitForFunction((sent) => {
      const there = [...document.querySelectorAll('.bubble-row[data-mine="true"]')].some(
        (row) => row.textContent?.includes(sent) === true,
      );
      const news = document.querySelector('.toast')?.getBoundingClientRect();
      const composer = document.querySelector('.composer')?.getBoundingClientRect();
      if (!there || !news || !composer) return null;
      const beside = news.right <= composer.left || news.left >= composer.right;
      return { apart: beside || news.bottom <= composer.top, inside: news.top >= 0 && news.right <= innerWidth };
    }, words);
    await page.keyboard.press('Enter');
    expect(await (await apart).jsonValue()).toEqual({ apart: true, inside: true });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('a file dropped on it is weighed before it is read', async () => {
    const box = page.locator('.composer textarea.compose-text');
    await box.evaluate((element) => {
      const data = new DataTransfer();
      const big = new File(['x'], 'film.mkv', { type: 'video/x-matroska' });
      Object.defineProperty(big, 'size', { value: 999_000_000 });
      data.items.add(big);
      Object.defineProperty(data, 'files', { value: [big] });
      const drop = new DragEvent('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(drop, 'dataTransfer', { value: data });
      element.dispatchEvent(drop);
    });
    await page.locator('.compose-problems', { hasText: 'film.mkv' }).waitFor();
    expect(await page.locator('.compose-file').count()).toBe(0);
  });
});

test('nothing was thrown or asked of anybody else, and what was pasted did nothing', () => {
  // Where pasted mark-up is taken apart, the policy says so of its script and its style.
  const refused = /violates the following Content Security Policy directive/;
  expect(seat.troubles.filter((trouble) => !refused.test(trouble))).toEqual([]);
});
