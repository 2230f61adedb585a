import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

export interface OnANetwork<N> {
  readonly network: N;
  readonly host: Host;
  readonly seat: Visit;
}
/** For every test a network that `start` simulates, and somebody before a window that has no account yet. */
export function eachOnANetwork<N extends { stop(): Promise<unknown> }>(start: () => Promise<N>): () => OnANetwork<N> {
  let browser: Browser;
  let network: N;
  let host: Host;
  let seat: Visit;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    network = await start();
    host = await startHost();
    seat = await visit(browser, host);
  });
  afterEach(async () => {
    await seat.close();
    await host.stop();
    await network.stop();
  });
  return () => ({ network, host, seat });
}

/** Opens the dialog for an account of that channel. */
export async function beginLogin(page: Page, channel: string): Promise<Locator> {
  await page
    .getByRole('button', { name: /^Add an account/ })
    .first()
    .click();
  const dialog = page.locator('.dialog');
  await dialog.locator('.channel', { hasText: channel }).click();
  return dialog;
}
/** The network's page of consent sends the person back to this machine, which says thank you; then to the inbox. */
export async function consent(page: Page, dialog: Locator): Promise<void> {
  const opened = page.context().waitForEvent('page');
  await dialog.getByRole('button', { name: 'Open in the browser' }).click();
  const asked = await opened;
  await asked.getByText('close this page').waitFor();
  await asked.close();
  await dialog.getByRole('button', { name: 'To the inbox' }).click();
}
