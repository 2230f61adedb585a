import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, picture, startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';
import { startWorld } from './world.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

const reach = async (page: Page, host: Host, title: string) => {
  const named = async () =>
    (await host.call('inbox.page', { view: 'all', limit: 200 })).rows.find((row) => row.title === title);
  const id = (await named())?.id;
  if (id === undefined) throw new Error(`There is no conversation ${title}`);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#all/${id}`);
  await page.locator('.head-title', { hasText: title }).waitFor();
  return id;
};
const open = async (page: Page, host: Host, title: string) => {
  const id = await reach(page, host, title);
  await page.locator('.composer textarea.compose-text').waitFor();
  return id;
};
const box = (page: Page) => page.locator('.composer textarea.compose-text');

describe('a hub that died', () => {
  test('is told of at once; what was written stands, and is there after the next start', async () => {
    let host = await startWorld();
    const profile = host.profile;
    const { page, close } = await visit(browser, host);
    const id = await open(page, host, '#standup');
    await box(page).fill('Written before');
    await expect.poll(async () => (await host.call('drafts.get', { conversation: id }))?.text).toBe('Written before');
    await host.stop({ keep: true });
    await page.locator('.banner', { hasText: 'not answering' }).waitFor();
    await box(page).pressSequentially(' and after');
    await page.getByText('Saving…').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('Written before and after');
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

/** A document of one page that wants a password: ISO 32000-1 §7.6.3, with keys that no password made. */
const lockedPdf = (): Buffer => {
  const key = '<'.concat('5a'.repeat(32), '>');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    `<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >>`,
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const xref = text.length;
  text += `xref\n0 5\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer << /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<01> <01>] >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};

describe('what cannot be drawn', () => {
  let host: Host;
  beforeAll(async () => {
    host = await startWorld();
  });
  afterAll(() => host.stop());

  test('a conversation is said so in its place, the rest of the window goes on, and it is drawn again once it can be', async () => {
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
    }
  });

  test('a document says whether it is locked or too large, and can be saved all the same', async () => {
    const { page, close, troubles } = await visit(browser, host);
    try {
      const answer = (reply: Parameters<Route['fulfill']>[0]) =>
        page.route('**/attachment/*', (route) => route.fulfill({ contentType: 'application/pdf', ...reply }));
      await answer({ body: lockedPdf() });
      await reach(page, host, 'Invoice 2041 from Hetzel Hosting');
      const show = page.getByRole('button', { name: 'Show invoice-2041.pdf' });
      const said = page.getByRole('dialog', { name: 'invoice-2041.pdf' }).getByRole('alert');
      await show.click();
      await said.filter({ hasText: 'locked with a password' }).waitFor();
      await page.getByRole('dialog').getByRole('link', { name: 'Save invoice-2041.pdf' }).waitFor();
      expect(await axe(page)).toEqual([]);
      await picture(page, 'document-locked');
      await page.keyboard.press('Escape');
      await said.waitFor({ state: 'detached' });
      // As a host says of one that has more bytes than a window should hold.
      await answer({ headers: { 'content-length': '100000001' }, body: '%PDF-1.4' });
      await show.click();
      await said.filter({ hasText: 'too large to be shown' }).waitFor();
      expect(troubles).toEqual([]);
    } finally {
      await close();
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
    host = await startWorld({ profile: join(small, 'profile') });
    seat = await visit(browser, host, { patient: false });
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
    await box(page).fill('Kept');
    await expect.poll(async () => (await host.call('drafts.get', { conversation: id }))?.text).toBe('Kept');
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
  }, 300_000);
});
