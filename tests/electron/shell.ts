import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';

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

/**
 * What Playwright has Electron run first where it finds Electron by itself: the product begins once Playwright listens. No
 * window comes while it is still looking which there are; met half-way, one was waited for without end.
 */
const held = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  ...['lib', 'server', 'electron', 'loader.js'],
);
const environment = (profile: string): Record<string, string> => {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  // An older Electron than the product's own cannot load the SQLite addon (Node-API 10).
  env.CARILLON_HUB_NODE = process.execPath;
  env.XDG_CONFIG_HOME = join(profile, '..', 'config');
  return env;
};
const commandLine = (profile: string, args: readonly string[]): string[] => {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // A display without a screen has no graphics card. Looking for one ends Chromium's process for it, and should its first page
  // be answered at that very moment, the page may wait for that process for ever.
  const drawing = process.platform === 'linux' ? ['--disable-gpu'] : [];
  return [...sandbox, ...drawing, root, '--profile', profile, ...args];
};
/** A busy machine shows what it has when it can, ms. */
const patience = 60_000;

/** Says what is to be done in the end: of a test, or of a file. */
export type Later = (work: () => void | Promise<void>) => void;

/** The built product in a real Electron, on a folder of its own. The hub runs in this Node beside it. */
export const open = async (
  profile = newProfile(),
  args: readonly string[] = ['--demo'],
  later: Later = onTestFinished,
  more: Readonly<Record<string, string>> = {},
): Promise<Shell> => {
  const app = await _electron.launch({
    executablePath: electron ?? '',
    args: ['-r', held, ...commandLine(profile, args)],
    env: { ...environment(profile), ...more },
  });
  later(async () => {
    await app.close();
    expect(readFileSync(join(profile, 'carillon.log'), 'utf8')).not.toContain('an error nobody caught');
  });
  app.context().setDefaultTimeout(patience);
  const page = await app.firstWindow({ timeout: patience });
  // It begins empty: what is asked of that page could be lost with it.
  await page.waitForURL(/^carillon:/, { waitUntil: 'commit' });
  return { app, page, profile };
};

/** Starts the product on a profile whose window is open already; resolves with how it ended. */
export const openAgain = async ({ profile }: Shell, args: readonly string[] = []): Promise<number | null> => {
  const child = spawn(electron ?? '', commandLine(profile, args), { env: environment(profile), stdio: 'ignore' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
};

/** One Electron for all tests of a file that leave it as it was; a start is most of what a test takes. */
export const shared = (
  args: readonly string[] = ['--demo'],
  prepare: (later: Later) => Promise<Readonly<Record<string, string>>> = async () => ({}),
): (() => Shell) => {
  const ends: (() => void | Promise<void>)[] = [];
  let shell: Shell | undefined;
  beforeAll(async () => {
    if (whyNot !== undefined) return;
    const later: Later = (work) => void ends.unshift(work);
    shell = await open(newProfile(later), args, later, await prepare(later));
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (shell === undefined) throw new Error('There is no Electron');
    return shell;
  };
};

export const newProfile = (later: Later = onTestFinished): string => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-electron-'));
  // Chromium's helpers may write their last a moment after it has ended.
  later(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
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
  const until = Date.now() + patience;
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

export interface Row {
  readonly id: number;
  readonly account: number;
  readonly title: string;
}
/** The inbox of the demo world once it has been filled. */
export const inbox = async (page: Page): Promise<readonly Row[]> => {
  const until = Date.now() + 90_000;
  for (;;) {
    const { rows } = await ask<{ rows: Row[] }>(page, 'inbox.page', { view: 'inbox', limit: 200 });
    if (rows.length > 3) return rows;
    if (Date.now() > until) throw new Error(`the inbox has only ${rows.length} rows`);
    await page.waitForTimeout(100);
  }
};
