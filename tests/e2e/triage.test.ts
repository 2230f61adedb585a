import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ConversationId } from '../../src-shared/ids.ts';
import type { Input } from '../../src-shared/ipc/index.ts';
import { axe, focusIn, picture, startBrowser, type Visit, visit } from './browser.ts';
import type { Host } from './host.ts';
import { startWorld } from './world.ts';

let browser: Browser;
let host: Host;
let seat: Visit;
const size = async (filter: Input<'inbox.total'>) => (await host.call('inbox.total', filter)).total;
const inInbox = () => size({ view: 'inbox' });
const heading = (name: string) => seat.page.getByRole('heading', { level: 1, name });
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await seat.page.keyboard.press(key);
};
/** The focus on the row of that subject, the way a screen reader would put it there. */
const at = async (text: string): Promise<ConversationId> => {
  const row = seat.page.locator('.row', { hasText: text }).first();
  await row.focus();
  return ConversationId.parse(Number(await row.getAttribute('data-conversation')));
};
const view = async (id: ConversationId) => {
  const found = await host.call('conversation.get', { conversation: id });
  if (!found) throw new Error(`conversation ${id} is gone`);
  return found;
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
beforeEach(async () => {
  await press('Escape', 'Escape', 'g', 'i');
  await heading('Inbox').waitFor();
  await seat.page.locator('.row').first().waitFor();
  // The list gets the focus once one has gone somewhere.
  await focusIn(seat.page.locator('[data-pane="list"]'));
});

describe('rows are selected by keyboard', () => {
  test('x takes one, Shift J more, Shift K fewer, * n none', async () => {
    const { page } = seat;
    await press('j', 'x', 'Shift+J', 'Shift+J', 'Shift+J', 'Shift+K');
    await heading('3 selected').waitFor();
    await expect.poll(() => page.locator('.row[aria-selected="true"]').count()).toBe(3);
    await press('*', 'n');
    await heading('Inbox').waitFor();
  });

  test('* u takes what is unread, and Shift I reads it all', async () => {
    await press('*', 'u', 'Shift+I');
    await expect.poll(() => size({ view: 'inbox', unread: true })).toBe(0);
    await press('z');
    await expect.poll(() => size({ view: 'inbox', unread: true })).toBeGreaterThan(5);
  });

  test('* a twice takes everything that matches; done and undone as one', async () => {
    const before = await inInbox();
    await press('*', 'a', '*', 'a');
    await seat.page.getByText(/^All \d+ that match are selected\.$/).waitFor();
    await picture(seat.page, 'triage-all');
    await press('e');
    await seat.page.getByText('All done', { exact: true }).waitFor();
    await expect.poll(inInbox).toBeLessThan(3);
    await press('z');
    await expect.poll(inInbox).toBeGreaterThanOrEqual(before);
    await seat.page.locator('.row').first().waitFor();
  });
});

describe('a conversation is put where it belongs', () => {
  test('h snoozes in words, English and Polish, and z wakes it', async () => {
    for (const words of ['tomorrow 9', 'jutro 9']) {
      const id = await at('Harbour release');
      await press('h');
      await seat.page.locator('.snooze input:focus').waitFor();
      await seat.page.keyboard.type(words);
      await press('Enter');
      await expect.poll(async () => (await view(id)).snoozedUntil !== null).toBe(true);
      const until = new Date((await view(id)).snoozedUntil ?? 0);
      const there = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Warsaw', hour: 'numeric', minute: 'numeric' });
      expect(there.format(until)).toBe('09:00');
      await press('z');
      await expect.poll(async () => (await view(id)).snoozedUntil).toBeNull();
      await seat.page.locator('.row', { hasText: 'Harbour release' }).first().waitFor();
    }
  });

  test('l finds a label as it is typed, puts it on and takes it off; v makes one and moves there', async () => {
    const id = await at('Harbour release');
    const before = (await view(id)).labels;
    await press('l');
    await focusIn(seat.page.getByRole('dialog', { name: 'Label' }).locator('input'));
    await seat.page.keyboard.type('trav');
    await seat.page.getByRole('option', { name: /^Travel/ }).waitFor();
    expect(await axe(seat.page)).toEqual([]);
    await picture(seat.page, 'triage-label');
    await press('Enter');
    await expect.poll(async () => (await view(id)).labels.length).toBe(before.length + 1);
    await at('Harbour release');
    await press('l');
    await focusIn(seat.page.getByRole('dialog', { name: 'Label' }).locator('input'));
    await seat.page.keyboard.type('trav');
    await seat.page.getByRole('option', { name: 'Travel on' }).waitFor();
    await press('Enter');
    await expect.poll(async () => (await view(id)).labels).toEqual(before);

    await at('Harbour release');
    await press('v');
    await focusIn(seat.page.getByRole('dialog', { name: 'Move to' }).locator('input'));
    await seat.page.keyboard.type('Quarterly');
    await press('Enter');
    await expect.poll(async () => (await view(id)).inInbox).toBe(false);
    const worn = async () => {
      const made = (await host.call('labels.list', {})).find((label) => label.name === 'Quarterly');
      return made !== undefined && (await view(id)).labels.includes(made.id);
    };
    await expect.poll(worn).toBe(true);
    await press('z');
    await expect.poll(async () => (await view(id)).inInbox).toBe(true);
    await seat.page.locator('.row', { hasText: 'Harbour release' }).first().waitFor();
  });

  test('# deletes and in the trash brings back, ! the same for spam', async () => {
    for (const [key, to, name] of [
      ['#', 'Trash', 'trash'],
      ['!', 'Spam', 'spam'],
    ] as const) {
      const id = await at('Invitation: Harbour');
      await press(key);
      await expect.poll(async () => (await view(id)).inInbox).toBe(false);
      await expect.poll(() => size({ view: name })).toBeGreaterThan(0);
      await seat.page.locator(`.row[data-conversation="${id}"]`).waitFor({ state: 'detached' });
      await seat.page.getByRole('button', { name: new RegExp(`^${to}`) }).click();
      await heading(to).waitFor();
      await at('Invitation: Harbour');
      await press(key);
      await expect.poll(async () => (await view(id)).inInbox).toBe(true);
      await press('g', 'i');
      await seat.page.locator('.row', { hasText: 'Invitation: Harbour' }).first().waitFor();
    }
  });

  test('s, m and Shift I show at once, and every one is undone', async () => {
    const id = await at('Invitation: Harbour');
    const before = await view(id);
    for (const [key, changed] of [
      ['s', async () => (await view(id)).starred !== before.starred],
      ['m', async () => (await view(id)).muted !== before.muted],
      ['Shift+I', async () => (await view(id)).unread !== before.unread],
    ] as const) {
      await at('Invitation: Harbour');
      await press(key);
      await expect.poll(changed).toBe(true);
      await press('z');
      await expect.poll(changed).toBe(false);
    }
  });
});

describe('the list', () => {
  test.each([
    ['reduce', 'at its top', 0],
    ['no-preference', 'at its top', 0],
    ['reduce', 'further down', 100],
    ['no-preference', 'further down', 100],
  ] as const)(
    'keeps the row under the cursor where it is in every frame while others come in above (motion: %s; %s)',
    async (reducedMotion, _where, from) => {
      const { page } = seat;
      await page.emulateMedia({ reducedMotion });
      const top = async () => (await host.call('inbox.page', { view: 'inbox', limit: 9 })).rows.map((row) => row.id);
      const sleeper = (await top())[8];
      if (sleeper === undefined) throw new Error('too few conversations');
      const row = page.locator('.row').nth(2);
      await row.focus();
      const id = await row.getAttribute('data-conversation');
      await page.locator('.rows').evaluate((rows, scrolled) => rows.scrollTo({ top: scrolled }), from);
      const snooze = (until: number) => host.call('act.snooze', { conversations: [sleeper], until });
      await snooze(Date.now() + 3_600_000);
      await page.locator(`.row[data-conversation="${sleeper}"]`).waitFor({ state: 'detached' });
      // Every frame drawn until a while after the newcomer is there, and how far down the row was in it.
      const looked = page.evaluate(
        ([watched, newcomer]) =>
          new Promise<readonly number[]>((resolve) => {
            const heights = new Set<number>();
            let left = 20;
            const look = (): void => {
              const element = document.querySelector(`.row[data-conversation="${watched}"]`);
              heights.add(element?.getBoundingClientRect().top ?? Number.NaN);
              if (document.querySelector('.rows-news') && document.querySelector(`[data-conversation="${newcomer}"]`))
                left--;
              if (left === 0) resolve([...heights]);
              else requestAnimationFrame(look);
            };
            look();
          }),
        [id, String(sleeper)] as const,
      );
      // Asked of the page in this order: it looks before the newcomer can be there.
      await page.evaluate(() => undefined);
      await snooze(Date.now());
      expect(await looked).toHaveLength(1);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.getByRole('button', { name: /^\d+ new$/ }).click();
      await page.mouse.move(0, 0);
    },
  );

  test('is narrowed down and sorted from its menu; what narrows it is taken off again', async () => {
    const { page } = seat;
    const menu = page.getByRole('button', { name: 'Filter and sort' });
    await menu.focus();
    await press('Enter');
    await page.locator('[role="menuitem"][data-highlighted]', { hasText: 'Unread only' }).waitFor();
    await press('Enter');
    const chip = page.getByRole('button', { name: /^Unread only/ });
    await chip.waitFor();
    await page.locator('.row[data-unread="false"]').first().waitFor({ state: 'detached' });
    await chip.focus();
    await press('Enter');
    await page.locator('.row[data-unread="false"]').first().waitFor();
  });
});

test('with one inbox for all switched off, each account has its own, and nothing went wrong all day', async () => {
  const { page, troubles } = seat;
  await host.call('settings.set', { patch: { unified: false } });
  await expect.poll(() => page.url()).toMatch(/#inbox\.\d+$/);
  await picture(page, 'triage-apart');
  await host.call('settings.set', { patch: { unified: true } });
  expect(troubles).toEqual([]);
});
