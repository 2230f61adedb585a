import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

const open = async (page: Page, host: Host, title: string) => {
  const named = async () =>
    (await host.call('inbox.page', { view: 'all', limit: 200 })).rows.find((row) => row.title === title);
  // The demo world is still arriving.
  await expect.poll(async () => (await named()) !== undefined, { timeout: 30_000 }).toBe(true);
  const id = (await named())?.id;
  if (id === undefined) throw new Error(`There is no conversation ${title}`);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#all/${id}`);
  await page.locator('.head-title', { hasText: title }).waitFor();
  await page.locator('.composer textarea.compose-text').waitFor();
  return id;
};
const box = (page: Page) => page.locator('.composer textarea.compose-text');

describe('a hub that died', () => {
  test('is told of at once; what was written stands, and is there after the next start', async () => {
    let host = await startHost({ demo: true });
    const profile = host.profile;
    const { page, close } = await visit(browser, host);
    const id = await open(page, host, '#standup');
    await box(page).fill('Written before');
    await expect
      .poll(async () => (await host.call('drafts.get', { conversation: id }))?.text, { timeout: 15_000 })
      .toBe('Written before');
    await host.stop({ keep: true });
    await page.locator('.banner', { hasText: 'not answering' }).waitFor();
    await box(page).pressSequentially(' and after');
    await page.getByText('Saving…').waitFor();
    expect(await box(page).inputValue()).toBe('Written before and after');
    // The list and what is open are still there to be read.
    expect(await page.locator('.row').count()).toBeGreaterThan(0);
    expect(await page.locator('[data-message]').count()).toBeGreaterThan(0);
    await picture(page, 'hub-down');
    expect(await axe(page)).toEqual([]);
    await close();
    host = await startHost({ profile });
    try {
      expect((await host.call('drafts.get', { conversation: id }))?.text).toBe('Written before');
    } finally {
      await host.stop();
    }
  });
});

describe('a conversation that cannot be drawn', () => {
  test('is said so in its place, the rest of the window goes on, and it is drawn again once it can be', async () => {
    const host = await startHost({ demo: true });
    const { page, close } = await visit(browser, host);
    try {
      let spoilt = true;
      // What no host of ours would answer: messages without their parts.
      await page.routeWebSocket(/\/socket$/, (socket) => {
        const hub = socket.connectToServer();
        hub.onMessage((frame) => socket.send(spoilt ? String(frame).replaceAll('"parts":[', '"no":[') : frame));
      });
      await page.reload();
      await page.locator('.row', { hasText: '#standup' }).click();
      const said = page.getByRole('main').getByRole('alert');
      await said.getByText('This part could not be shown').waitFor();
      await picture(page, 'part-failed');
      expect(await axe(page)).toEqual([]);
      // The list, the keys and the palette are as they were.
      expect(await page.locator('.row').count()).toBeGreaterThan(3);
      await page.keyboard.press('Control+k');
      await page.locator('.palette-entry').first().waitFor();
      await page.keyboard.press('Escape');
      spoilt = false;
      await said.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.head-title', { hasText: '#standup' }).waitFor();
      await page.locator('.conversation-main .bubble').first().waitFor();
    } finally {
      await close();
      await host.stop();
    }
  });
});

/** A disk of 60 MB, where this machine lets one be made (root on Linux). */
function smallDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'carillon-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=60m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

describe('a disk that is full', () => {
  let host: Host;
  let seat: Visit;
  let small = '';
  let filler = '';
  beforeAll(async () => {
    const disk = smallDisk();
    if (disk === undefined) return;
    small = disk;
    filler = join(small, 'filler');
    host = await startHost({ demo: true, profile: join(small, 'profile') });
    seat = await visit(browser, host);
  });
  afterAll(async () => {
    if (small === '') return;
    await seat.close();
    await host.stop({ keep: true });
    execFileSync('umount', [small]);
    rmSync(small, { recursive: true });
  });
  /** Takes all there is left, to the last byte. */
  const fill = (): void => {
    const piece = Buffer.alloc(4096, 1);
    try {
      writeFileSync(filler, Buffer.alloc(statfsSync(small).bavail * 4096 - 65_536, 1));
      for (;;) writeFileSync(filler, piece, { flag: 'a' });
    } catch {
      // Full: that was wanted.
    }
  };

  test('refuses with the reason, keeps what is written, and goes on with room', async ({ skip }) => {
    if (small === '') skip('Only root on Linux can make a small disk to fill.');
    const { page } = seat;
    const id = await open(page, host, '#standup');
    // All of the demo's history is there: from now on only this test writes much.
    await expect
      .poll(async () => (await host.call('accounts.list', {})).length, { timeout: 30_000 })
      .toBeGreaterThan(3);
    await box(page).fill('Kept');
    await expect
      .poll(async () => (await host.call('drafts.get', { conversation: id }))?.text, { timeout: 15_000 })
      .toBe('Kept');
    fill();
    await page
      .locator('.composer input[type="file"]')
      .setInputFiles({ name: 'film.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(3_000_000, 1) });
    await page.locator('.composer', { hasText: 'The disk is full' }).waitFor();
    expect(await box(page).inputValue()).toBe('Kept');
    await picture(page, 'disk-full');
    expect(await axe(page)).toEqual([]);
    // More than the database has room for inside.
    const draft = await host.call('drafts.get', { conversation: id });
    if (!draft) throw new Error('The draft is gone');
    const { account, from, format } = draft;
    const long = {
      account,
      from,
      format,
      recipients: [],
      parts: [],
      replyTo: null,
      forwards: null,
      conversation: null,
    };
    const save = () => host.call('drafts.save', { ...long, subject: null, text: 'And long. '.repeat(400_000) });
    await expect(save()).rejects.toThrow('The disk is full');
    await box(page).fill('Kept, with more to say');
    truncateSync(filler, 0);
    await expect
      .poll(async () => (await host.call('drafts.get', { conversation: id }))?.text, { timeout: 60_000 })
      .toBe('Kept, with more to say');
    await save();
    expect(await page.locator('[data-message]').count()).toBeGreaterThan(0);
    expect(seat.troubles).toEqual([]);
  }, 180_000);
});
