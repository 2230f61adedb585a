import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';

export interface Seat {
  readonly host: Host;
  readonly seat: Visit;
}
/** For every test a host of its own, and somebody before its window. */
export function eachAtASeat(start: () => Promise<Host> = startHost): () => Seat {
  let browser: Browser;
  let host: Host;
  let seat: Visit;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    host = await start();
    seat = await visit(browser, host);
  });
  afterEach(async () => {
    await seat.close();
    await host.stop();
  });
  return () => ({ host, seat });
}
