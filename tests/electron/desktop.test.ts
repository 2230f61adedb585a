import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, call, inbox, open, type Shell, shared, whyNot } from './shell.ts';

const here = test.skipIf(whyNot !== undefined);
const world = shared(['--demo', 'mailto:vera@example.org?subject=Bells%20at%20noon&body=Come.']);

/** The person chooses this place in whatever dialog comes. */
const choose = ({ app }: Shell, path: string | null): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
  }, path);

here('a letter asked for before the page was there is begun in it', async () => {
  const { page } = world();
  await page.getByText('vera@example.org').first().waitFor({ timeout: 60_000 });
  await expect.poll(() => page.getByLabel('Subject').inputValue()).toBe('Bells at noon');
  // A bystander of the next tests otherwise.
  await page.getByLabel('Subject').press('Escape');
});

here('a second start hands its address over to the first', async () => {
  const shell = world();
  await expect(open(shell.profile, ['carillon://conversation/1'])).rejects.toThrow();
  await inbox(shell.page);
  await expect(open(shell.profile, [`carillon://conversation/${(await inbox(shell.page))[0]?.id}`])).rejects.toThrow();
  const [row] = await inbox(shell.page);
  await expect.poll(() => shell.page.url()).toContain(`/${row?.id}`);
});

here('a conversation is saved as PDF where the person says, or not at all', async () => {
  const shell = world();
  await choose(shell, null);
  expect(await ask(shell.page, 'shell.pdf', { name: 'x.pdf' })).toEqual({ path: null });
  const path = join(shell.profile, '..', 'conversation.pdf');
  await choose(shell, path);
  expect(await ask(shell.page, 'shell.pdf', { name: 'x.pdf' })).toEqual({ path });
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
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
  await expect.poll(() => existsSync(path), { timeout: 30_000 }).toBe(true);
});

here('a conversation opens in a window of its own, once', async () => {
  const { app, page } = world();
  const [row] = await inbox(page);
  const opened = app.waitForEvent('window');
  await ask(page, 'shell.window', { conversation: row?.id });
  const own = await opened;
  expect(own.url()).toContain(String(row?.id));
  await own.locator('[data-pane="conversation"]').waitFor();
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
  await expect.poll(async () => (await menu()).flat(), { timeout: 30_000 }).toContain('Go to inbox');
  await ask(page, 'settings.set', { patch: { language: 'pl' } });
  await expect.poll(async () => (await menu()).map(([title]) => title)).toContain('Edycja');
  await ask(page, 'settings.set', { patch: { language: 'system' } });
  await expect.poll(async () => (await menu()).map(([title]) => title)).toContain('Edit');
  const command = await app.evaluate(({ Menu, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap((item) => item.submenu?.items ?? []);
    items.find((item) => item.label === 'Keyboard shortcuts')?.click(undefined, window);
    return items.length;
  });
  expect(command).toBeGreaterThan(20);
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
});

here('preferences are kept; a key the system does not give is refused and not kept', async () => {
  const { page, profile } = world();
  expect(await ask(page, 'shell.preferences')).toMatchObject({ hotKey: null, launchAtLogin: false, spellCheck: false });
  expect(await call(page, 'shell.prefer', { hotKey: 'no such key' })).toMatchObject({
    ok: false,
    error: { code: 'refused' },
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
