import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The Electron of this machine: `ELECTRON_OVERRIDE_DIST_PATH`, or the one the package fetched. */
export const electron = [process.env.ELECTRON_OVERRIDE_DIST_PATH, join(root, 'node_modules', 'electron', 'dist')]
  .map((folder) => folder && join(folder, 'electron'))
  .find((path) => path && existsSync(path));
export const whyNot =
  electron === undefined
    ? 'there is no Electron here'
    : process.platform === 'linux' && !process.env.DISPLAY
      ? 'there is no display (run under xvfb-run)'
      : undefined;
if (whyNot) console.warn(`Electron is not tested: ${whyNot}.`);

export interface Shell {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
}

/** The built product in a real Electron, on a folder of its own. The hub runs in this Node beside it. */
export const open = async (profile = newProfile(), args: readonly string[] = ['--demo']): Promise<Shell> => {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  // An older Electron than the product's own cannot load the SQLite addon (Node-API 10).
  env.CARILLON_HUB_NODE = process.execPath;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: electron ?? '',
    args: [...sandbox, root, '--profile', profile, ...args],
    env,
  });
  onTestFinished(async () => {
    await app.close();
  });
  const page = await app.firstWindow();
  return { app, page, profile };
};

export const newProfile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-electron-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'profile');
};

/** Asks the hub from the page, over the bridge, as the window does. */
export const call = (page: Page, name: string, input: unknown = {}): Promise<unknown> =>
  page.evaluate(([name, input]) => (window.carillon as NonNullable<typeof window.carillon>).call(String(name), input), [
    name,
    input,
  ] as const);

/** Asks until the answer is a good one: the hub may still be starting. */
export const ask = async <T>(page: Page, name: string, input: unknown = {}): Promise<T> => {
  const until = Date.now() + 20_000;
  for (;;) {
    const reply = (await call(page, name, input)) as {
      ok: boolean;
      value: T;
      error?: { code: string; message: string };
    };
    if (reply.ok) return reply.value;
    if (reply.error?.code !== 'hub-down' || Date.now() > until) throw new Error(`${name}: ${reply.error?.message}`);
    await page.waitForTimeout(100);
  }
};
