import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src-shared/ids.ts';
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
  seat = await visit(browser, host, { permissions: ['clipboard-read', 'clipboard-write'] });
  page = seat.page;
});
afterAll(async () => {
  await seat.close();
  await browser.close();
  await host.stop();
});
const named = async (title: string): Promise<ConversationId | undefined> =>
  (await host.call('inbox.page', { view: 'all', limit: 200 })).rows.find(
    (row) => (row.title || row.people.map((one) => one.name).join(', ')) === title,
  )?.id;
const open = async (title: string): Promise<ConversationId> => {
  const id = await named(title);
  if (id === undefined) throw new Error(`There is no conversation ${title}`);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#all/${id}`);
  await page.locator('.head-title', { hasText: title }).waitFor();
  await page.locator('[data-message]').first().waitFor();
  await page.locator('.messages').focus();
  return id;
};
beforeEach(async () => {
  await page.keyboard.press('Escape');
});

describe('within a conversation, by keyboard', () => {
  test('Ctrl F finds words in all of it, steps through the hits and marks them', async () => {
    await open('#standup');
    await page.keyboard.press('Control+f');
    await focusIn(page.locator('#find-box'));
    await page.keyboard.type('tiles');
    // It begins at the last.
    await expect.poll(() => page.locator('.find-count').textContent()).toMatch(/^(\d+) of \1\b/);
    await page.locator('[data-target="true"]', { hasText: /tiles/i }).waitFor();
    await expect.poll(() => page.evaluate(() => CSS.highlights.get('find')?.size ?? 0)).toBeGreaterThan(0);
    const before = await page.locator('[data-target="true"]').getAttribute('data-message');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-target="true"]').getAttribute('data-message')).not.toBe(before);
    await page.locator('[data-target="true"]', { hasText: /tiles/i }).waitFor();
    await picture(page, 'conversation-find');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => page.locator('[data-target="true"]').getAttribute('data-message')).toBe(before);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => CSS.highlights.get('find')?.size ?? 0)).toBe(0);
    await page.locator('#find-box').waitFor({ state: 'detached' });
  });

  test('a date leads to the first message of that day', async () => {
    const id = await open('Birds of the district');
    const pages = await host.call('conversation.page', { conversation: id, limit: 200 });
    // As a calendar in Warsaw has it, like the window.
    const dayOf = ({ at }: { at: number }) => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Warsaw' }).format(at);
    const [oldest] = pages.messages;
    // The first of its day, surely: before it stands one of another.
    const first = pages.messages.find((message) => oldest && dayOf(message) !== dayOf(oldest));
    if (!first) throw new Error('There are too few messages');
    await page.keyboard.press('Shift+d');
    await page.getByLabel('Day', { exact: true }).fill(dayOf(first));
    await page.keyboard.press('Enter');
    await page.locator(`[data-message="${first.id}"][data-target="true"]`).waitFor();
  });

  test('+ reacts with any emoji, found by name', async () => {
    const id = await open('Priya Raman');
    await page.keyboard.press('+');
    await page.getByLabel('Find by name').waitFor();
    await page.getByLabel('Find by name').fill('hedgehog');
    await page.locator('.emoji-grid .emoji-one').first().filter({ hasText: '🦔' }).waitFor();
    await picture(page, 'emoji-picker');
    await page.keyboard.press('Enter');
    await page.locator('.reaction', { hasText: '🦔' }).waitFor();
    await expect
      .poll(async () => {
        const { messages } = await host.call('conversation.page', { conversation: id, limit: 50 });
        return messages.flatMap((message) => message.reactions).some((one) => one.emoji === '🦔' && one.mine);
      })
      .toBe(true);
  });

  test('a message of one’s own is changed where it stands, and its former words are kept', async () => {
    const id = await open('Tomasz Wiśniewski');
    const box = page.locator('.composer textarea.compose-text');
    await box.fill('Se you at eight');
    await page.keyboard.press('Enter');
    const sent = page.locator('.bubble-row[data-mine="true"]', { hasText: 'Se you at eight' });
    await sent.waitFor();
    await expect
      .poll(async () => {
        const { messages } = await host.call('conversation.page', { conversation: id, limit: 5 });
        return messages.at(-1)?.delivery?.state;
      })
      .toMatch(/sent|delivered|read/);
    // What has not left yet, as the window knows it, cannot be changed.
    await sent
      .locator('.ticks[aria-label="Sent"], .ticks[aria-label="Delivered"], .ticks[aria-label^="Read"]')
      .waitFor();
    await box.focus();
    await page.keyboard.press('ArrowUp');
    const edit = page.locator('.edit-in-place textarea');
    await edit.waitFor();
    await expect.poll(() => edit.inputValue()).toBe('Se you at eight');
    await edit.fill('See you at eight');
    await page.keyboard.press('Enter');
    const changed = page.locator('.bubble-row[data-mine="true"]', { hasText: 'See you at eight' });
    await changed.locator('.edited').waitFor();
    await expect
      .poll(async () => {
        const { messages } = await host.call('conversation.page', { conversation: id, limit: 5 });
        const last = messages.at(-1);
        const versions = last ? await host.call('message.versions', { message: last.id }) : [];
        return versions.map(({ parts }) => (parts[0]?.kind === 'text' ? parts[0].text : ''));
      })
      .toEqual(['Se you at eight', 'See you at eight']);
  });

  test('i opens what is known of a person; notes are kept', async () => {
    await open('Priya Raman');
    await page.keyboard.press('i');
    await page.locator('.details-person').waitFor();
    await page.getByLabel('Notes').fill('Prefers mornings');
    await page.getByLabel('Notes').blur();
    await page.locator('.details', { hasText: 'Other conversations' }).waitFor();
    await picture(page, 'conversation-details');
    expect(await axe(page)).toEqual([]);
    await expect
      .poll(async () => (await host.call('people.find', { text: 'Priya', limit: 1 }))[0]?.note)
      .toBe('Prefers mornings');
    await page.locator('.messages').focus();
    await page.keyboard.press('i');
    await expect.poll(() => page.locator('.details').count()).toBe(0);
  });

  test('pictures are looked at one after another, larger and smaller', async () => {
    await open('Morgans & Babcia 🏡');
    const thumbs = page.locator('.media-picture');
    // One picture is no row of them: older ones come as one scrolls up.
    await expect
      .poll(async () => {
        await page.locator('.messages').evaluate((element) => element.scrollTo({ top: 0 }));
        return thumbs.count();
      })
      .toBeGreaterThan(1);
    await thumbs.last().focus();
    await page.keyboard.press('Enter');
    const position = page.locator('.lightbox-position');
    await position.waitFor();
    const before = await position.textContent();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => position.textContent()).not.toBe(before);
    await page.keyboard.press('+');
    await page.locator('.lightbox-room[data-zoomed="true"]').waitFor();
    await page.locator('.lightbox-room img').evaluate((image: HTMLImageElement) => image.decode());
    await picture(page, 'conversation-lightbox');
    await page.keyboard.press('0');
    await page.locator('.lightbox-room[data-zoomed="false"]').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.lightbox').count()).toBe(0);
    // Esc closed the picture and nothing else.
    await page.locator('.head-title', { hasText: 'Morgans' }).waitFor();
  });

  test('a message can be copied, and its link leads back to it', async () => {
    await open('Harbour release: what is left');
    const card = page.locator('.card[data-open="true"]').last();
    await card.getByRole('button', { name: 'More' }).click();
    await picture(page, 'message-menu');
    await page.getByRole('menuitem', { name: 'Copy link' }).click();
    const message = await card.getAttribute('data-message');
    // It is there a moment after it was asked for.
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toMatch(new RegExp(`/${message}$`));
    const link = await copied();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, new URL(link).hash);
    await page.locator(`[data-message="${message}"][data-target="true"]`).waitFor();
  });

  test('hundreds of messages are there as one scrolls up, and what is read stays where it is', async () => {
    await open('#builds');
    const drift = await page.evaluate(async () => {
      const element = document.querySelector('.messages');
      if (!element) throw new Error('There are no messages');
      const drawn = () => element.querySelectorAll('[data-message]').length;
      const began = drawn();
      // To where more is asked for, with a message held in sight while it arrives.
      element.scrollTop = 300;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const top = element.getBoundingClientRect().top;
      const held = [...element.querySelectorAll('[data-message]')].find((one) => one.getBoundingClientRect().top > top);
      const before = held?.getBoundingClientRect().top ?? 0;
      const until = performance.now() + 60_000;
      while (drawn() === began && performance.now() < until)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      if (drawn() === began) throw new Error('Nothing older came');
      return Math.abs((held?.getBoundingClientRect().top ?? 1e6) - before);
    });
    expect(drift).toBeLessThanOrEqual(2);
  });

  test('a letter longer than the pane is opened at its head, though its words come into it later', async () => {
    await page.setViewportSize({ width: 390, height: 600 });
    await open('The Tidewater Letter, no. 120: The last typewriter shop');
    const seen = () =>
      page.evaluate(() => {
        const pane = document.querySelector('.messages')?.getBoundingClientRect();
        const card = document.querySelector('.card[data-open="true"]')?.getBoundingClientRect();
        if (!pane || !card) return 'nothing';
        if (card.height < pane.height) return 'not all of it';
        return card.top >= pane.top && card.top < pane.bottom ? 'its head' : 'its middle or end';
      });
    await expect.poll(seen).toBe('its head');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('on a narrow window a message has its menu where it stands', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('#builds');
    const words = page.locator('.bubble .text').last();
    await words.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'React', exact: true }).click();
    await page.locator('.emoji').first().waitFor();
    const apart = async (): Promise<number> => {
      const [picker, bubble] = [await page.locator('.menu.emoji').boundingBox(), await words.boundingBox()];
      if (!picker || !bubble) return Number.POSITIVE_INFINITY;
      return Math.max(picker.y - bubble.y - bubble.height, bubble.y - picker.y - picker.height);
    };
    await expect.poll(apart).toBeLessThan(40);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('what rolls by under a resting pointer does not light up, and is moved rather than painted anew', async () => {
    await open('#builds');
    await page.locator('.messages').hover();
    await page.evaluate(() => {
      const content = document.querySelector<HTMLElement>('.messages-content');
      const box = document.querySelector('.messages')?.getBoundingClientRect();
      if (!content || !box) throw new Error('There are no messages');
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const covered: boolean[] = [];
      new MutationObserver(() => {
        if (!('rolling' in content.dataset)) covered.push(false);
        else covered.push(document.elementFromPoint(x, y) === content);
      }).observe(content, { attributeFilter: ['data-rolling'] });
      Object.assign(window, { covered });
    });
    await page.mouse.wheel(0, -90);
    const covered = () => page.evaluate(() => (window as unknown as { covered: boolean[] }).covered);
    await expect.poll(async () => (await covered()).at(-1)).toBe(false);
    expect((await covered())[0]).toBe(true);
    // What one can see through is painted anew in every frame.
    for (const scroller of ['.messages', '.rows']) {
      const seen = await page.locator(scroller).evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(seen).toMatch(/^rgb\(/);
    }
  });
});

test('nothing was logged, thrown or asked of anybody else', () => expect(seat.troubles).toEqual([]));
