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
    await page.locator('.row').first().waitFor({ timeout: 60_000 });
    expect(page.url()).toMatch(/^carillon:/);
    const again = page.waitForRequest((request) => /list\.css\?.*t=/.test(request.url()), { timeout: 30_000 });
    // Somebody saves the file.
    const file = join(import.meta.dirname, '..', '..', 'src-renderer', 'features', 'list', 'list.css');
    utimesSync(file, new Date(), new Date());
    expect((await again).url()).toMatch(/^carillon:/);
  });
});
