import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { acceleratorOf } from '../../src-main/hosts/electron/accelerator.ts';
import { frameOf } from '../../src-renderer/features/desktop/frame.ts';
import { createI18n } from '../../src-renderer/i18n/index.ts';
import type { KeySettings } from '../../src-shared/ipc/index.ts';
import { type Mail, mboxOf, pdf } from '../e2e/mail.ts';
import { ask, call, inbox, openAgain, type Row, type Shell, shared, whyNot } from './shell.ts';

const here = test.skipIf(whyNot !== undefined);
const world = shared(['--demo', 'mailto:vera@example.org?subject=Bells%20at%20noon&body=Come.']);

const letters: readonly Mail[] = Array.from({ length: 205 }, (_, number) => ({
  id: `bell-${number}`,
  ...(number === 0 ? {} : { after: 'bell-0' }),
  from: 'Vera Holm <vera@example.org>',
  subject: 'The bells',
  at: Date.UTC(2025, 0, 1, 8) + number * 3_600_000,
  text: `Bell ${number} rings.`,
  ...(number === 204
    ? { files: [{ name: 'tides.pdf', mime: 'application/pdf', bytes: pdf(['The tide tables']) }] }
    : {}),
}));
/** The conversation of these letters, once they are here. */
const bells = async (page: Page): Promise<number> => {
  const { rows } = await ask<{ rows: Row[] }>(page, 'inbox.page', { view: 'all', channel: 'archive', limit: 1 });
  if (!rows[0]) throw new Error('The letters are not here');
  return rows[0].id;
};
const clickMenu = ({ app }: Shell, label: string): Promise<void> =>
  app.evaluate(({ Menu, BrowserWindow }, label) => {
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap((item) => item.submenu?.items ?? []);
    const item = items.find((one) => one.label === label);
    if (!item) throw new Error(`The menu has no "${label}"`);
    item.click(undefined, BrowserWindow.getAllWindows()[0]);
  }, label);
/** A server on this computer, and how it ends. */
const listening = async (answer: RequestListener): Promise<{ address: string; close: () => Promise<void> }> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    const ended = once(server, 'close');
    server.close();
    await ended;
  };
  return { address: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, close };
};
/** The words of a PDF, and the colours things in it are painted in. */
const pdfAt = async (path: string): Promise<{ words: string; fills: readonly string[] }> => {
  const task = getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 });
  const file = await task.promise;
  const words: string[] = [];
  const fills: string[] = [];
  for (let number = 1; number <= file.numPages; number++) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent();
    words.push(...items.map((item) => ('str' in item ? item.str : '')));
    const { fnArray, argsArray } = await page.getOperatorList();
    fnArray.forEach((operator, at) => {
      if (operator === OPS.setFillRGBColor) fills.push(String(argsArray[at]?.[0]));
    });
  }
  await task.destroy();
  return { words: words.join(' '), fills };
};

/** The person chooses this place in whatever dialog comes. */
const choose = ({ app }: Shell, path: string | null): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
  }, path);

here('a letter asked for before the page was there is begun in it', async () => {
  const { page } = world();
  await page.getByText('vera@example.org').first().waitFor();
  await expect.poll(() => page.getByLabel('Subject').inputValue()).toBe('Bells at noon');
  // A bystander of the next tests otherwise.
  await page.getByLabel('Subject').press('Escape');
});

here('a second start hands a file of mail and an address over to the first', async () => {
  const shell = world();
  const { page, profile } = shell;
  await inbox(page);
  const path = join(profile, '..', 'bells.mbox');
  writeFileSync(path, mboxOf(letters));
  expect(await openAgain(shell, [path])).toBe(0);
  const dialog = page.getByRole('dialog', { name: 'Import an archive' });
  await dialog.getByText('bells.mbox').waitFor();
  await dialog.getByText('Done').waitFor();
  await page.keyboard.press('Escape');
  expect(await openAgain(shell, [`carillon://conversation/${await bells(page)}`])).toBe(0);
  await page.getByRole('heading', { name: 'The bells' }).waitFor();
});

here('a PDF in a letter is shown by the page itself', async () => {
  const { page } = world();
  await page.getByRole('button', { name: 'Show tides.pdf' }).click();
  await page.locator('.pdf-page[data-page="1"][data-state="drawn"]').waitFor();
  await page.locator('.pdf-words', { hasText: 'The tide tables' }).waitFor();
  await page.keyboard.press('Escape');
});

here('a conversation is saved as PDF where the person says, all of it in ink on white, or not at all', async () => {
  const shell = world();
  const { app, page, profile } = shell;
  const conversation = await bells(page);
  await choose(shell, null);
  expect(await ask(page, 'shell.pdf', { name: 'x.pdf', conversation })).toEqual({ path: null });
  const path = join(profile, '..', 'conversation.pdf');
  await choose(shell, path);
  await ask(page, 'settings.set', { patch: { theme: 'dark' } });
  // As a person would: from the menu.
  await clickMenu(shell, 'Save as PDF');
  const written = (): string => (existsSync(path) ? readFileSync(path, 'latin1').trimEnd() : '');
  await expect.poll(written, { timeout: 60_000, interval: 200 }).toMatch(/%%EOF$/);
  await ask(page, 'settings.set', { patch: { theme: 'system' } });
  // The page it was drawn on goes again.
  await expect.poll(() => app.windows().length).toBe(1);
  const { words, fills } = await pdfAt(path);
  expect(letters.filter(({ text }) => !words.includes(text)).map(({ id }) => id)).toEqual([]);
  for (const chrome of ['Inbox', 'Reply', 'Done', 'Write']) expect(words).not.toContain(chrome);
  expect(words).toContain('tides.pdf');
  const dark = fills.filter((fill) => /^#[0-3][0-9a-f]/.test(fill));
  expect(fills.length).toBeGreaterThan(0);
  expect(dark.length).toBeLessThan(fills.length);
});

here('a conversation is written as an archive where the person says', async () => {
  const shell = world();
  const path = join(shell.profile, '..', 'saved.mbox');
  await choose(shell, path);
  await clickMenu(shell, 'Export the conversation');
  const written = (): string => (existsSync(path) ? readFileSync(path, 'latin1') : '');
  await expect.poll(() => written().match(/^Message-ID: <bell-\d+@/gim)?.length).toBe(letters.length);
});

here('printing hands the whole conversation to the system', async () => {
  const { app, page } = world();
  await app.evaluate(({ app }) => {
    app.once('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) => {
        contents.executeJavaScript('document.body.innerText').then((words) => {
          process.env.CARILLON_TEST_PRINTED = words;
          done?.(true, '');
        });
      };
    });
  });
  await ask(page, 'shell.print', { conversation: await bells(page) });
  const printed = await app.evaluate(() => process.env.CARILLON_TEST_PRINTED);
  expect(letters.filter(({ text }) => !printed?.includes(text))).toEqual([]);
});

here('what a link would download is saved where the person says', async () => {
  const shell = world();
  const { page, profile } = shell;
  const { files } = await ask<{ files: { id: number }[] }>(page, 'files.page', { limit: 1 });
  const path = join(profile, '..', 'saved');
  await choose(shell, path);
  await page.evaluate((id) => {
    const link = document.createElement('a');
    link.href = `carillon://app/attachment/${id}`;
    link.download = 'saved';
    document.body.append(link);
    link.click();
    link.remove();
  }, files[0]?.id ?? 0);
  await expect.poll(() => existsSync(path)).toBe(true);
});

here('a conversation opens in a window of its own, once', async () => {
  const { app, page } = world();
  const [row] = await inbox(page);
  const opened = app.waitForEvent('window');
  await ask(page, 'shell.window', { conversation: row?.id });
  const own = await opened;
  await own.locator('[data-pane="conversation"]').waitFor();
  expect(own.url()).toContain(String(row?.id));
  await ask(page, 'shell.window', { conversation: row?.id });
  expect(app.windows()).toHaveLength(2);
  await own.close();
});

here('the menu, the badge and the tray say what the window says', async () => {
  const { app, page } = world();
  await inbox(page);
  const menu = () =>
    app.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).map((item) => [
        item.label,
        ...(item.submenu?.items ?? []).map((entry) => entry.label),
      ]),
    );
  await expect.poll(async () => (await menu()).flat()).toContain('Go to inbox');
  await ask(page, 'settings.set', { patch: { language: 'pl' } });
  await expect.poll(async () => (await menu()).map(([title]) => title)).toContain('Edycja');
  await ask(page, 'settings.set', { patch: { language: 'system' } });
  await expect.poll(async () => (await menu()).map(([title]) => title)).toContain('Edit');
  await clickMenu(world(), 'Keyboard shortcuts');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
});

here('every command of a menu is in it with the keys it has now, and its entry asks for it', async () => {
  const { app, page } = world();
  const keys: KeySettings = { preset: 'vim', changed: { archive: ['Ctrl+Shift+y'] } };
  await ask(page, 'settings.set', { patch: { keys } });
  const { menus } = frameOf(createI18n('en'), 0, { keys, notifications: true });
  const items = menus.flatMap((menu) => menu.items);
  const inMenu = () =>
    app.evaluate(
      ({ Menu }, titles) =>
        (Menu.getApplicationMenu()?.items ?? [])
          .filter(({ label }, at) => titles.includes(label) && at > 2)
          .flatMap((menu) => menu.submenu?.items ?? [])
          .filter(({ role }) => !role)
          .map(({ label, accelerator }) => [label, accelerator ?? null]),
      menus.map(({ title }) => title),
    );
  await expect.poll(inMenu).toEqual(items.map(({ title, keys }) => [title, acceleratorOf(keys, false) ?? null]));
  expect(items.find(({ command }) => command === 'archive')?.keys).toBe('Ctrl+Shift+y');
  const asked = await app.evaluate(
    ({ Menu, BrowserWindow }, titles) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) throw new Error('There is no window');
      const { webContents } = window;
      const said: unknown[] = [];
      const send = webContents.send;
      webContents.send = (_channel, _event, opening) => void said.push(opening.command);
      for (const [at, menu] of (Menu.getApplicationMenu()?.items ?? []).entries()) {
        if (at < 3 || !titles.includes(menu.label)) continue;
        for (const item of menu.submenu?.items ?? []) if (!item.role) item.click(undefined, window);
      }
      webContents.send = send;
      return said;
    },
    menus.map(({ title }) => title),
  );
  expect(asked).toEqual(items.map(({ command }) => command));
  await ask(page, 'settings.set', { patch: { keys: { preset: 'gmail', changed: {} } } });
});

here('an entry of the menu with nothing to act on says so', async () => {
  const shell = world();
  const { page } = shell;
  await page.evaluate(() => {
    location.hash = 'inbox';
  });
  await page.getByRole('log').waitFor({ state: 'detached' });
  const said = page.getByText('“Print” has nothing to act on here').waitFor();
  await clickMenu(shell, 'Print');
  await said;
});

here('new versions are looked for where the person says, when they say, and nowhere before', async () => {
  const { page } = world();
  let asked = 0;
  let answer: { status: number; text: string } = { status: 404, text: 'nothing' };
  const { address: updateFeed, close } = await listening((_request, response) => {
    asked += 1;
    response.writeHead(answer.status).end(answer.text);
  });
  const look = () => call(page, 'shell.update');
  expect(await look()).toMatchObject({ error: { code: 'update-none' } });
  await ask(page, 'shell.prefer', { updateFeed });
  expect(asked).toBe(0);
  expect(await look()).toMatchObject({ error: { code: 'update-missing' } });
  answer = { status: 200, text: '<!doctype html><title>A page</title>' };
  expect(await look()).toMatchObject({ error: { code: 'update-bad' } });
  const version = (number: string) =>
    `version: ${number}\nfiles:\n  - url: Carillon.AppImage\n    sha512: ${'A'.repeat(86)}==\n    size: 1\n`;
  answer = { status: 200, text: version('0.0.1') };
  expect(await look()).toMatchObject({ value: { found: null } });
  answer = { status: 200, text: version('99.0.0') };
  await page.keyboard.press('Control+,');
  await page.getByRole('textbox', { name: 'Find a setting' }).fill('updates');
  await page.getByRole('button', { name: 'Look now' }).click();
  await page.getByRole('status').getByText('Version 99.0.0 is there').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await close();
  expect(await look()).toMatchObject({ error: { code: 'update-away' } });
  expect(await ask(page, 'privacy.hosts')).toContainEqual(
    expect.objectContaining({ host: '127.0.0.1', why: 'update' }),
  );
  await ask(page, 'shell.prefer', { updateFeed: null });
});

here('a misspelt word has proposals under the second mouse button', async () => {
  const { app } = world();
  const offered = await app.evaluate(({ BrowserWindow, Menu }) => {
    const [window] = BrowserWindow.getAllWindows();
    let labels: string[] = [];
    const popup = Menu.prototype.popup;
    Menu.prototype.popup = function popup() {
      labels = this.items.map(({ label }) => label);
    };
    const word = { selectionText: '', misspelledWord: 'belfrey', dictionarySuggestions: ['belfry', 'belfries'] };
    window?.webContents.emit('context-menu', {}, { isEditable: true, ...word });
    Menu.prototype.popup = popup;
    return labels;
  });
  expect(offered.slice(0, 4)).toEqual(['belfry', 'belfries', 'Add to dictionary', '']);
});

here('a dictionary is fetched once spelling is checked and not before, and that is in the log of hosts', async () => {
  const { app, page } = world();
  const fetched: string[] = [];
  const { address, close } = await listening((request, response) => {
    fetched.push(request.url ?? '');
    response.writeHead(404).end();
  });
  const off = await app.evaluate(({ session }, address) => {
    session.defaultSession.setSpellCheckerDictionaryDownloadURL(address);
    return [session.defaultSession, session.fromPartition('paper')].map((one) => one.isSpellCheckerEnabled());
  }, address);
  expect(off).toEqual([false, false]);
  expect(fetched).toEqual([]);
  await ask(page, 'shell.prefer', { spellCheck: true });
  await expect.poll(() => fetched.join()).toMatch(/\.bdic/);
  await expect
    .poll(() => ask(page, 'privacy.hosts'))
    .toContainEqual(expect.objectContaining({ host: 'redirector.gvt1.com', why: 'other' }));
  await ask(page, 'shell.prefer', { spellCheck: false });
  await close();
});

here('preferences are kept; a key the system does not give is refused and not kept', async () => {
  const { page, profile } = world();
  expect(await ask(page, 'shell.preferences')).toMatchObject({ hotKey: null, launchAtLogin: false, spellCheck: false });
  expect(await call(page, 'shell.prefer', { hotKey: 'no such key' })).toMatchObject({
    ok: false,
    error: { code: 'hot-key' },
  });
  expect(await call(page, 'shell.prefer', { updateFeed: 'http://plain.example.org' })).toMatchObject({
    error: { code: 'invalid-input' },
  });
  expect(await ask(page, 'shell.prefer', { launchAtLogin: true })).toMatchObject({ hotKey: null, launchAtLogin: true });
  const entry = join(profile, '..', 'config', 'autostart', 'carillon.desktop');
  if (process.platform === 'linux') expect(readFileSync(entry, 'utf8')).toContain(profile);
  await ask(page, 'shell.prefer', { launchAtLogin: false });
  expect(existsSync(entry)).toBe(false);
  expect(JSON.parse(readFileSync(join(profile, 'shell.json'), 'utf8'))).toMatchObject({ launchAtLogin: false });
});

here('zoom goes in steps and back', async () => {
  const { page } = world();
  expect(await ask(page, 'shell.zoom', { to: 'reset' })).toEqual({ percent: 100 });
  const { percent } = await ask<{ percent: number }>(page, 'shell.zoom', { to: 'in' });
  expect(percent).toBeGreaterThan(100);
  expect(await ask(page, 'shell.zoom', { to: 'reset' })).toEqual({ percent: 100 });
});
