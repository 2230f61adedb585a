import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Desk, has, openDesk } from './desk.ts';
import { ask, call, inbox, open, type Shell, shared, whyNot } from './shell.ts';

const lacking = ['dbus-daemon', 'xdotool'].filter((program) => !has(program));
if (lacking.length > 0) console.warn(`The desktop around the window is not tested: ${lacking.join(', ')} is missing.`);
const here = test.skipIf(whyNot !== undefined || lacking.length > 0);

let desk: Desk;
/** Where the window is left. */
const place = { x: 37, y: 41, width: 801, height: 603 };
const locked = { CARILLON_PASSPHRASE: 'dzwony' };
const world = shared([], async (later) => {
  if (lacking.length > 0) return {};
  desk = await openDesk(later);
  return { ...desk.env, ...locked };
});

const seen = ({ app }: Shell): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
const hide = async (shell: Shell): Promise<void> => {
  await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => seen(shell)).toBe(false);
};
const boundsOf = ({ app }: Pick<Shell, 'app'>) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
const labels = async (): Promise<readonly string[]> => (await desk.trayMenu()).map(({ label }) => label);
const paused = async (): Promise<boolean | undefined> =>
  (await desk.trayMenu()).find(({ label }) => label === 'Pause notifications')?.checked;

/** A made-up network in which, its history aside, life goes on so many times as fast. */
const logIn = async ({ page }: Shell, network: string, speed: number): Promise<void> => {
  const { login } = await ask<{ login: string }>(page, 'login.start', { channel: 'demo', flow: 'world' });
  await ask(page, 'login.answer', { login, answers: { choice: network, speed: String(speed) } });
};

here('the icon near the clock has a menu that writes, pauses and shows', async () => {
  const shell = world();
  await logIn(shell, 'family', 0.05);
  await expect.poll(() => desk.tray).toBe(true);
  await expect.poll(labels).toEqual(['Show Carillon', 'New message', '', 'Pause notifications', '', 'Quit Carillon']);
  await desk.choose('Pause notifications');
  await expect.poll(paused).toBe(true);
  expect(await ask(shell.page, 'settings.get')).toMatchObject({ notifications: false });
  await hide(shell);
  await desk.choose('New message');
  await shell.page.getByRole('region', { name: 'New message' }).waitFor();
  await expect.poll(() => seen(shell)).toBe(true);
  await shell.page.keyboard.press('Escape');
  await desk.choose('Pause notifications');
  await expect.poll(paused).toBe(false);
  await expect.poll(desk.trayTitle).toMatch(/^Carillon: \d+ unread conversations?$/);
});

here('nobody is told of history; what comes while nobody looks is told, and a click shows it', async () => {
  const shell = world();
  const { page } = shell;
  await hide(shell);
  const fetching = async (): Promise<boolean> => {
    const accounts = await ask<{ backfill: { running: boolean } | null }[]>(page, 'accounts.list');
    return accounts.some(({ backfill }) => backfill?.running);
  };
  await expect.poll(fetching).toBe(false);
  expect(desk.notices).toEqual([]);
  await logIn(shell, 'sms', 150);
  await expect.poll(() => desk.notices.length).toBeGreaterThan(0);
  const [notice] = desk.notices;
  if (!notice) throw new Error('There is no notice');
  desk.press(notice);
  await expect.poll(() => seen(shell)).toBe(true);
  await page.locator('[data-target="true"]', { hasText: notice.body.slice(0, 20) }).waitFor();
});

here('a notice says as little as the person wants, and is taken back when its message is read', async () => {
  const shell = world();
  await ask(shell.page, 'shell.prefer', { noticeText: 'nothing' });
  await hide(shell);
  const bare = () => desk.notices.find(({ title }) => title === 'Carillon');
  await expect.poll(bare).toMatchObject({ body: 'New message' });
  const { groups } = await ask<{ groups: { conversation: { id: number } }[] }>(shell.page, 'notifications.list');
  await ask(shell.page, 'act.flag', { conversations: groups.map(({ conversation }) => conversation.id), read: true });
  await expect.poll(() => desk.withdrawn).toContain(bare()?.id);
  await ask(shell.page, 'settings.set', { patch: { notifications: false } });
});

here('a key of the whole system shows and hides the window; keys of the menu zoom', async () => {
  const shell = world();
  const press = (keys: string): void => void execFileSync('xdotool', ['key', keys]);
  expect(await call(shell.page, 'shell.prefer', { hotKey: 'no such key' })).toMatchObject({
    error: { code: 'hot-key' },
  });
  await ask(shell.page, 'shell.prefer', { hotKey: 'Control+Alt+K' });
  await hide(shell);
  press('ctrl+alt+k');
  await expect.poll(() => seen(shell)).toBe(true);
  await expect
    .poll(() => shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null))
    .toBe(true);
  const zoom = (): Promise<number | undefined> =>
    shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());
  // Those of the menu, as a hand presses them: without Shift, and on the number block.
  press('ctrl+equal');
  await expect.poll(zoom).toBe(0.5);
  press('ctrl+KP_Add');
  await expect.poll(zoom).toBe(1);
  press('ctrl+minus');
  await expect.poll(zoom).toBe(0.5);
  press('ctrl+0');
  await expect.poll(zoom).toBe(0);
  press('ctrl+alt+k');
  await expect.poll(() => seen(shell)).toBe(false);
  await ask(shell.page, 'shell.prefer', { hotKey: null });
});

here('closing puts the window away where that is wanted; the icon brings it back and ends it all', async () => {
  const shell = world();
  const { app, page, profile } = shell;
  await desk.choose('Show Carillon');
  await expect.poll(() => seen(shell)).toBe(true);
  await ask(page, 'shell.prefer', { background: true });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => seen(shell)).toBe(false);
  desk.click();
  await expect.poll(() => seen(shell)).toBe(true);
  await app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), place);
  await expect.poll(() => boundsOf(shell)).toEqual(place);
  expect(await ask(page, 'shell.zoom', { to: 'in' })).toEqual({ percent: 110 });
  const closed = app.waitForEvent('close');
  await desk.choose('Quit Carillon');
  await closed;
  expect(JSON.parse(readFileSync(join(profile, 'window.json'), 'utf8'))).toMatchObject(place);
});

here(
  'a locked profile asks for its passphrase in the window, which is where it was and as large as it was read',
  async () => {
    const { profile } = world();
    const { app, page } = await open(profile, [], onTestFinished, desk.env);
    await expect.poll(() => boundsOf({ app })).toEqual(place);
    await page.getByLabel('Passphrase').fill('wrong one');
    await page.getByLabel('Passphrase').press('Enter');
    await page.getByText('That is not the passphrase').waitFor();
    await page.getByLabel('Passphrase').fill(locked.CARILLON_PASSPHRASE);
    await page.getByLabel('Passphrase').press('Enter');
    await page.locator('.row').first().waitFor();
    expect(await ask(page, 'app.info')).toMatchObject({ keyStore: 'passphrase' });
    const percent = (): Promise<number> =>
      app.evaluate(({ BrowserWindow }) =>
        Math.round((BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 0) * 100),
      );
    await expect.poll(percent).toBe(110);
    // A place on a screen that is gone is not gone back to.
    const [row] = await inbox(page);
    const far = { x: 9_000, y: 9_000, width: 500, height: 500, maximized: false };
    writeFileSync(join(profile, 'conversation-window.json'), JSON.stringify(far));
    await ask(page, 'shell.window', { conversation: row?.id });
    const left = () =>
      app.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()
            .find((window) => window.webContents.getURL().includes('conversation='))
            ?.getBounds().x,
      );
    // A new window has no address before its page answers.
    await expect.poll(left).toBeDefined();
    expect(await left()).toBeLessThan(1440);
  },
);
