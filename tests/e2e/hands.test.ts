import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src-shared/ids.ts';
import { burst, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';
import { startWorld } from './world.ts';

/** Milliseconds by which everything the hub says comes late. */
const speeds = { 'a hub that answers at once': 0, 'a hub that takes its time': 150 } as const;

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

describe.each(Object.entries(speeds))('keys pressed without waiting for anything, with %s', (_name, late) => {
  let seat: Visit;
  const type = (...keys: readonly string[]): Promise<void> => burst(seat.page, ...keys);
  const heading = (name: string) => seat.page.getByRole('heading', { level: 1, name, exact: true });
  const titled = async (title: string): Promise<ConversationId> => {
    const { rows } = await host.call('inbox.page', { view: 'all', limit: 200 });
    const found = rows.find((row) => row.title.includes(title));
    if (!found) throw new Error(`The demo world has no ${title}`);
    return found.id;
  };
  beforeAll(async () => {
    seat = await visit(browser, host, { late });
    await seat.page.locator('.row').first().waitFor();
  });
  afterAll(() => seat.close());
  beforeEach(async () => {
    await type('Escape', 'Escape', 'Escape', 'g', 'i');
    await heading('Inbox').waitFor();
    await seat.page.locator('.row').first().waitFor();
  });

  test('Ctrl+K, words and Enter run what they name, and the keys after them act there', async () => {
    await type('Control+k', '"go to starred', 'Enter', 'j');
    await heading('Starred').waitFor();
    const { rows } = await host.call('inbox.page', { view: 'starred', limit: 1 });
    await seat.page.locator(`.row[data-conversation="${rows[0]?.id}"]:focus`).waitFor();
  });

  test('c, an address, Tab and a subject are all in the letter', async () => {
    await type('c', '"ada@example.org', 'Enter', 'Tab', 'Tab', '"On time');
    await seat.page.locator('.floating .recipient', { hasText: 'ada@example.org' }).waitFor();
    await expect.poll(() => seat.page.locator('.compose-subject').inputValue()).toBe('On time');
    await seat.page.getByRole('button', { name: 'Discard' }).click();
    await seat.page.locator('.floating').waitFor({ state: 'detached' });
  });

  test('c, the beginning of a name and Enter take who is meant by all of it', async () => {
    await type('c', '"priya', 'Enter', '"kuba', 'Enter');
    const people = seat.page.locator('.floating .recipient');
    await expect.poll(() => people.count()).toBe(2);
    expect(await people.allTextContents()).toEqual([expect.stringMatching(/^Priya/), expect.stringMatching(/^Kuba/)]);
    await seat.page.getByRole('button', { name: 'Discard' }).click();
    await seat.page.locator('.floating').waitFor({ state: 'detached' });
  });

  test('/, words and Enter open what was found for all of the words', async () => {
    await type('/', '"harbour walkthrough', 'Enter');
    await seat.page.getByRole('heading', { level: 2, name: /Harbour walkthrough/ }).waitFor();
    await type('Escape', 'Escape');
  });

  test('h, words and Enter put it off until then', async () => {
    const id = await titled('Harbour release');
    await seat.page.locator(`.row[data-conversation="${id}"]`).focus();
    await type('h', '"tomorrow', 'Enter');
    const until = async () => (await host.call('conversation.get', { conversation: id }))?.snoozedUntil;
    await expect.poll(until).toBeGreaterThan(Date.now());
    await host.call('act.snooze', { conversations: [id], until: null });
    await seat.page.locator(`.row[data-conversation="${id}"]`).waitFor();
  });

  test('? and Esc leave the list as it was, for the j after them', async () => {
    await seat.page.locator('.row').first().focus();
    await type('?', 'Escape', 'j');
    await seat.page.locator('.row:focus[aria-rowindex="2"]').waitFor();
    await seat.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('the menu of a row takes letters and Enter, and what it opens takes words', async () => {
    const id = await titled('Harbour release');
    await seat.page.locator(`.row[data-conversation="${id}"]`).focus();
    await type('Shift+F10', '"sn', 'Enter', '"tomorrow', 'Enter');
    const until = async () => (await host.call('conversation.get', { conversation: id }))?.snoozedUntil;
    await expect.poll(until).toBeGreaterThan(Date.now());
    await host.call('act.snooze', { conversations: [id], until: null });
    await seat.page.locator(`.row[data-conversation="${id}"]`).waitFor();
  });

  test('a place, a row and Enter lead to the conversation, and r answers it', async () => {
    const { rows } = await host.call('inbox.page', { view: 'done', limit: 200 });
    const at = rows.findIndex((row) => row.kind === 'thread');
    expect(at).toBeGreaterThanOrEqual(0);
    await type('g', 'e', ...Array<string>(at + 1).fill('j'), 'Enter', 'r', '"Agreed.');
    const editor = seat.page.locator('.composer .ProseMirror');
    await expect.poll(() => editor.textContent()).toBe('Agreed.');
    await type('Escape');
    await seat.page.locator('.messages:focus').waitFor();
    await seat.page.getByRole('button', { name: 'Discard' }).click();
  });

  test('+, a name and Enter react, and the key after them is for the conversation', async () => {
    const id = await titled('Mapping evening');
    await seat.page.evaluate((to) => {
      location.hash = `#all/${to}`;
    }, id);
    await seat.page.locator('.bubble').first().waitFor();
    await seat.page.locator('.messages').focus();
    await type('p');
    const message = Number(await seat.page.locator('article[data-message]:focus').first().getAttribute('data-message'));
    const mine = async () => {
      const { messages } = await host.call('conversation.page', { conversation: id, limit: 50 });
      return messages.find((one) => one.id === message)?.reactions.filter((one) => one.mine).length;
    };
    const before = (await mine()) ?? 0;
    await type('+', '"rocket', 'Enter', 'i');
    await expect.poll(mine).not.toBe(before);
    await seat.page.locator(`article[data-message="${message}"]:focus-within`).waitFor();
    await seat.page.locator('.details').waitFor();
    await type('i');
    await seat.page.locator('.details').waitFor({ state: 'detached' });
  });

  test('lines of a chat, one after another, are all sent, and in sight though one was reading further up', async () => {
    const id = await titled('Mapping evening');
    await seat.page.evaluate((to) => {
      location.hash = `#all/${to}`;
    }, id);
    await seat.page.locator('.composer').waitFor();
    await seat.page.locator('.messages').evaluate((element) => {
      element.scrollTop = 0;
    });
    const lines = ['First', 'second', 'and third'].map((line) => `${line} (${late})`);
    await type('r', ...lines.flatMap((line) => [`"${line}`, 'Enter']));
    await expect
      .poll(async () => {
        const { messages } = await host.call('conversation.page', { conversation: id, limit: 20 });
        const mine = messages.filter((message) => message.fromMe).flatMap((message) => message.parts);
        return mine.slice(-3).map((part) => (part.kind === 'text' ? part.text : ''));
      })
      .toEqual(lines);
    const below = () =>
      seat.page.locator('.messages').evaluate((element) => {
        const last = [...element.querySelectorAll('[data-message]')].at(-1);
        const seen = last?.textContent?.includes('and third') && last.getBoundingClientRect();
        return seen ? seen.bottom - element.getBoundingClientRect().bottom : Number.POSITIVE_INFINITY;
      });
    await expect.poll(below).toBeLessThanOrEqual(0);
  });

  test('nothing was thrown or logged', () => {
    expect(seat.troubles).toEqual([]);
  });
});

test('what is typed while the editor itself is still fetched is in the answer', async () => {
  const seat = await visit(browser, host);
  const { page } = seat;
  try {
    let deliver: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      deliver = resolve;
    });
    // Whatever was fetched beforehand is forgotten with the page.
    await page.route(/RichText.*\.js/, async (route) => {
      await asked;
      await route.continue();
    });
    await page.reload();
    await page.locator('.row').first().waitFor();
    const { rows } = await host.call('inbox.page', { view: 'inbox', limit: 60 });
    const letter = rows.find((row) => row.kind === 'thread');
    await page.locator(`.row[data-conversation="${letter?.id}"]`).focus();
    await burst(page, 'Enter', 'r', '"Both of them');
    await page.locator('.composer [aria-busy="true"]:focus').waitFor();
    deliver();
    await expect.poll(() => page.locator('.composer .ProseMirror').textContent()).toBe('Both of them');
    expect(seat.troubles).toEqual([]);
  } finally {
    await seat.close();
  }
});

test('a page that a host started anew does not know says so, and goes on once the new address was opened', async () => {
  let mine = await startHost();
  const { profile, url } = mine;
  const { page, close } = await visit(browser, mine, { patient: false });
  try {
    await mine.stop({ keep: true });
    mine = await startHost({ profile });
    expect(mine.url).toBe(url);
    await page.locator('.banner', { hasText: 'no longer knows this page' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${mine.url}/?token=${mine.token}`);
    await page.locator('.banner').waitFor({ state: 'detached' });
  } finally {
    await close();
    await mine.stop();
  }
});
