import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { type Host, root } from './host.ts';

const found = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));

/** A Chromium that speaks to nobody of its own accord. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(found === undefined ? {} : { executablePath: found }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

export interface Visit {
  readonly page: Page;
  /** Errors the page threw or logged, and requests that went anywhere but to the host. */
  readonly troubles: string[];
  close(): Promise<void>;
}

/** A busy machine lets the window draw what it has when it lets it, ms. */
const patience = 60_000;

/** What a page gives up on after a few seconds, be it a note at its foot or keys kept for what is on its way, it keeps for minutes. */
const waitLonger = (): void => {
  const real = window.setTimeout;
  const patient = (work: TimerHandler, ms = 0, ...more: unknown[]): number =>
    real(work, ms >= 2_500 && ms <= 10_000 ? ms * 60 : ms, ...more);
  Object.assign(window, { setTimeout: patient });
};

/**
 * Opens the window in a browser of its own and waits until it is drawn.
 * @param options.late what the hub says comes so much later, ms
 * @param options.patient a busy machine may take longer than a person would wait; false where the page's pauses between its
 * tries are waited for
 */
export async function visit(
  browser: Browser,
  host: Host,
  { late = 0, patient = true, ...options }: BrowserContextOptions & { late?: number; patient?: boolean } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`logged: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(host.url) && !/^(data|blob|about):/.test(url)) troubles.push(`asked for: ${url}`);
  });
  if (patient) await page.addInitScript(waitLonger);
  if (late > 0)
    await page.routeWebSocket(/\/socket$/, (socket) => {
      const hub = socket.connectToServer();
      hub.onMessage((message) => void setTimeout(() => socket.send(message), late));
    });
  await page.goto(`${host.url}/?token=${host.token}`);
  await page.locator('.window').waitFor();
  return { page, troubles, close: () => context.close() };
}

const named: Readonly<Record<string, { code: string; number: number; text?: string }>> = {
  Enter: { code: 'Enter', number: 13, text: '\r' },
  Escape: { code: 'Escape', number: 27 },
  Tab: { code: 'Tab', number: 9 },
  ArrowDown: { code: 'ArrowDown', number: 40 },
  F10: { code: 'F10', number: 121 },
};
const bits: Readonly<Record<string, number>> = { Alt: 1, Control: 2, Shift: 8 };

/**
 * Hands that wait for nothing: all keys are sent at once, and each reaches the page as soon as it has dealt with the one
 * before. A key is a chord (`Control+k`, `Enter`) or, beginning with a quotation mark, text: `"tomorrow`.
 */
export async function burst(page: Page, ...keys: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const single = keys.flatMap((key) => (key.startsWith('"') ? [...key.slice(1)] : [key]));
  const sent = single.flatMap((chord) => {
    const held = chord.length > 1 ? chord.split('+') : [chord];
    const key = held.pop() ?? '';
    const modifiers = held.reduce((sum, name) => sum + (bits[name] ?? 0), 0);
    const known = named[key];
    const text = modifiers === 0 || modifiers === bits.Shift ? (known ? known.text : key) : undefined;
    const event = {
      key,
      modifiers,
      code: known?.code ?? (/^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : ''),
      // Of other characters the codes are other keys: 40 is a parenthesis and the arrow down.
      windowsVirtualKeyCode: known?.number ?? (/^[a-z0-9 ]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0),
    };
    const type = text === undefined ? ('rawKeyDown' as const) : ('keyDown' as const);
    return [
      session.send('Input.dispatchKeyEvent', { ...event, type, ...(text === undefined ? {} : { text }) }),
      session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' }),
    ];
  });
  await Promise.all(sent);
  await session.detach();
}

/** Waits until this, or something in it, has the focus: then keys are for it. */
export const focusIn = (target: Locator): Promise<void> =>
  target.and(target.page().locator(':focus, :focus-within')).first().waitFor();

/** Keeps what the page looks like for people to look at (artefacts/, not committed). */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(root, 'artefacts', 'screens');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What axe has against the page, one line a finding. */
export async function axe(page: Page, { rules }: { rules?: string[] } = {}): Promise<readonly string[]> {
  // Mail is shown as it was sent, in a frame without scripts that axe cannot enter.
  // Without other frames to enter, the simple mode is enough: it needs no second page for each run.
  const builder = new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('.mail-frame')
    .options({ resultTypes: ['violations'] });
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  );
}
