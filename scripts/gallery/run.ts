// npm run gallery: a picture of every screen and state, for people to look at. Nothing is compared.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from '../../tests/e2e/browser.ts';
import { type Host, startHost } from '../../tests/e2e/host.ts';
import { conditions, hubDown } from './conditions.ts';
import { type Find, screens } from './screens.ts';

const usage = `npm run gallery -- [--only NAME]... [--size WIDTHxHEIGHT]... [--theme light|dark]... [--language TAG] [--out FOLDER]
pictures of ${screens.length} screens and ${conditions.length + 2} states, to artefacts/gallery`;
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true, default: ['1440x900', '1024x768', '390x844'] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    language: { type: 'string', default: 'en-GB' },
    out: { type: 'string', default: join(import.meta.dirname, '..', '..', 'artefacts', 'gallery') },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const themes = values.theme.filter((theme) => theme === 'light' || theme === 'dark');
const wanted = (name: string): boolean => values.only === undefined || values.only.includes(name);

const open = async (
  browser: Browser,
  host: Host,
  options: BrowserContextOptions,
  before?: (page: Page) => Promise<void>,
) => {
  const context = await browser.newContext({
    locale: values.language,
    timezoneId: 'Europe/Warsaw',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await before?.(page);
  await page.goto(`${host.url}/?token=${host.token}`);
  await page.locator('.window').waitFor();
  return page;
};

const finder = (host: Host): Find => {
  const known = host.call('inbox.page', { view: 'all', limit: 200 });
  return async (title) => {
    const found = (await known).rows.find((row) => row.title.includes(title));
    if (found === undefined) throw new Error(`the demo world has no "${title}"`);
    return found.id;
  };
};

const missed: string[] = [];
const browser = await startBrowser();
const demo = await startHost({ demo: true });
const empty = await startHost();
try {
  for (;;) {
    const accounts = await demo.call('accounts.list', {});
    if (accounts.length > 4 && !accounts.some((account) => account.backfill?.running)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const find = finder(demo);
  for (const size of values.size) {
    const [width = 1440, height = 900] = size.split('x').map(Number);
    for (const colorScheme of themes) {
      const folder = join(values.out, size, colorScheme);
      mkdirSync(folder, { recursive: true });
      const options: BrowserContextOptions = { viewport: { width, height }, colorScheme };
      const take = async (name: string, work: () => Promise<Page>): Promise<void> => {
        if (!wanted(name)) return;
        try {
          const page = await work();
          // Pictures and frames inside of messages have come when nothing is asked for any more.
          await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
          // What is slow shows so only after a while.
          await page.waitForTimeout(400);
          await page.screenshot({ path: join(folder, `${name}.png`) });
          await page.context().close();
        } catch (error) {
          missed.push(
            `${size} ${colorScheme} ${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
          );
        }
      };
      for (const { name, reach } of screens) {
        await take(name, async () => {
          const page = await open(browser, demo, options);
          await page.locator('.row').first().waitFor();
          await reach(page, find);
          return page;
        });
      }
      for (const { name, sign, meet } of conditions) {
        await take(name, async () => {
          const page = await open(browser, demo, options, meet);
          await page.locator(sign).first().waitFor();
          return page;
        });
      }
      await take('welcome', async () => {
        const page = await open(browser, empty, options);
        await page.locator('.welcome').waitFor();
        return page;
      });
      await take('hub-down', async () => {
        const context = await browser.newContext({ ...options, reducedMotion: 'reduce', locale: values.language });
        const page = await context.newPage();
        await hubDown(page, async () => {
          await page.goto(`${demo.url}/?token=${demo.token}`);
          await page.locator('.row').first().waitFor();
        });
        return page;
      });
    }
  }
} finally {
  await browser.close();
  await demo.stop();
  await empty.stop();
}
for (const line of missed) console.error(`not drawn: ${line}`);
console.log(`The gallery is in ${values.out}`);
process.exitCode = missed.length > 0 ? 1 : 0;
