import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { servePage } from '../../scripts/lib/page-server.mjs';
import { newProfile, open, whyNot } from './shell.ts';

describe.skipIf(whyNot !== undefined)('while one works on the page', () => {
  test('the window shows it from source, with its own hub, and takes a change at once', async () => {
    const served = await servePage();
    onTestFinished(() => served.close());
    const { page } = await open(newProfile(), ['--demo'], onTestFinished, { CARILLON_DEV_PAGE: served.url });
    await page.locator('.row').first().waitFor();
    expect(page.url()).toMatch(/^carillon:/);
    const again: string[] = [];
    page.on('request', (request) => {
      if (/list\.css\?.*t=/.test(request.url())) again.push(request.url());
    });
    const file = join(import.meta.dirname, '..', '..', 'src-renderer', 'features', 'list', 'list.css');
    // Somebody saves the file, and again: Vite may just then load the page anew with what it has found to bundle.
    const save = (): string | undefined => {
      utimesSync(file, new Date(), new Date());
      return again[0];
    };
    await expect.poll(save, { interval: 1000 }).toMatch(/^carillon:/);
  });
});
