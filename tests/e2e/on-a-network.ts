import type { Locator, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { startHost } from './host.ts';
import { eachAtASeat, type Seat } from './seat.ts';

export interface OnANetwork<N> extends Seat {
  readonly network: N;
}
/** For every test a network that `start` simulates, and somebody before a window that has no account yet. */
export function eachOnANetwork<N extends { stop(): Promise<unknown> }>(start: () => Promise<N>): () => OnANetwork<N> {
  let network: N;
  // Hooks that follow a test run in reverse: the host has ended by then.
  afterEach(async () => {
    await network.stop();
  });
  const at = eachAtASeat(async () => {
    network = await start();
    return startHost();
  });
  return () => ({ network, ...at() });
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
