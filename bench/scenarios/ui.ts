import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../../tests/e2e/browser.ts';
import type { Bench } from '../context.ts';
import { type Figure, percentile } from '../measure.ts';
import { type Notes, probe } from '../ui/probe.ts';
import { plainPage, type Scrolled, scroll } from '../ui/scroll.ts';

const root = join(import.meta.dirname, '..', '..');
const interactionBar = 50;
/** What Chromium does not report took less than this, ms. */
const unreported = 16;
/** Messages of the long conversation, as `children/host.ts` makes it. */
const longSize = 5000;
/** How far the list and the conversation are scrolled, px: five seconds. */
const distance = 40_000;
const arrivals = 200;
/** Rounds of looking about, one a minute, that stand for an hour of use. */
const hourRounds = 60;

const most = (name: string, value: number, unit: Figure['unit'], bar?: number): Figure => ({
  scenario: 'ui',
  name,
  value,
  unit,
  ...(bar === undefined ? {} : { bar: { at: 'most', value: bar } as const }),
});

/** The window in Chromium on the Node host, at as many conversations as the bench has messages. Needs a build. */
export async function ui({ folder, size }: Bench): Promise<readonly Figure[]> {
  const host = await startHost(folder, size);
  const browser = await startBrowser();
  try {
    const page = await open(browser, host);
    const paint = await page.evaluate(() => (window as unknown as { notes: Notes }).notes.paint);
    const figures: Figure[] = [most('largest contentful paint', paint, 'ms', 1000)];
    for (const [name, act] of Object.entries(acts)) {
      console.error(`  ${name}`);
      const { times, longest } = await interact(page, act);
      figures.push(
        most(`${name}, to next paint p95`, percentile(times, 0.95), 'ms', interactionBar),
        most(`${name}, longest task`, longest, 'ms', 100),
      );
    }
    figures.push(...(await scrolling(browser, page)));
    const delays = await arrive(page, host);
    figures.push(
      most('event to DOM p50', percentile(delays, 0.5), 'ms'),
      most('event to DOM p99', percentile(delays, 0.99), 'ms', 50),
    );
    console.error('  an hour');
    for (let round = 0; round < hourRounds; round += 1) await lookAbout(page);
    figures.push(...(await memory(browser, page)));
    return figures;
  } finally {
    await browser.close();
    await host.stop();
  }
}

interface Host {
  readonly url: string;
  readonly token: string;
  /** A message arrives; answers when, Unix ms. */
  say(text: string): Promise<number>;
  stop(): Promise<void>;
}
async function startHost(folder: string, size: number): Promise<Host> {
  const args = [join(root, 'bench', 'children', 'host.ts'), folder, join(root, 'out', 'renderer'), String(size)];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the host ended');
    return value;
  };
  const { url, token } = JSON.parse(await next()) as { url: string; token: string };
  return {
    url,
    token,
    async say(text) {
      child.stdin.write(`${text}\n`);
      return Number(await next());
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
}

async function open(browser: Browser, host: Host): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const first = await context.newPage();
  await first.goto(`${host.url}/?token=${host.token}`);
  await first.locator('.row').first().waitFor();
  await first.close();
  const page = await context.newPage();
  await page.addInitScript(probe);
  await page.goto(`${host.url}/`);
  await page.locator('.row').first().waitFor();
  await settle(page);
  return page;
}
/** Two frames later what was asked for is on the screen, and Chromium has told how long it took. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30)))),
  );

/** Each presses keys and answers how many. */
const acts: Readonly<Record<string, (page: Page) => Promise<number>>> = {
  'j and k': async (page) => {
    await page.locator('.row').first().focus();
    return press(page, [...repeat('j', 40), ...repeat('k', 20)]);
  },
  open: async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('.row').first().focus();
    return press(page, repeat(['Enter', 'u', 'j'], 15).flat());
  },
  typing: async (page) => {
    await page.locator('.row').first().click();
    await page.keyboard.press('r');
    const count = await press(page, [...'The bells ring at noon, and the tide comes in after them.']);
    await press(page, ['Control+a', 'Backspace', 'Escape']);
    return count;
  },
  palette: async (page) => {
    const count = await press(page, ['Control+k', ...'go to people']);
    await page.keyboard.press('Escape');
    return count;
  },
  search: async (page) => {
    const count = await press(page, ['/', ...'person with some words']);
    await press(page, ['Escape', 'Escape']);
    return count;
  },
};
const repeat = <T>(what: T, count: number): T[] => Array.from({ length: count }, () => what);
async function press(page: Page, keys: readonly string[]): Promise<number> {
  for (const key of keys) {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await settle(page);
  }
  return keys.length;
}

async function interact(page: Page, act: (page: Page) => Promise<number>) {
  await page.evaluate(() => {
    const { notes } = window as unknown as { notes: Notes };
    notes.interactions.length = 0;
    notes.longTasks.length = 0;
  });
  const count = await act(page);
  await page.waitForTimeout(300);
  const { interactions, longTasks } = await page.evaluate(() => (window as unknown as { notes: Notes }).notes);
  const times = [...interactions, ...repeat(unreported, Math.max(0, count - interactions.length))];
  return { times, longest: Math.max(0, ...longTasks) };
}

/** How the list and a long conversation are scrolled, beside a page of as many bubbles and nothing else. */
async function scrolling(browser: Browser, page: Page): Promise<readonly Figure[]> {
  console.error('  scrolling');
  const bare = await page.context().newPage();
  await plainPage(bare, longSize);
  await bare.evaluate(probe);
  await settle(bare);
  const plain = await scroll(browser, bare, 'main', -distance);
  await bare.close();
  const bar = Math.max(0.01, plain.dropped);
  const list = await scroll(browser, page, '.rows', -distance);
  await page.locator('.rows').evaluate((rows) => rows.scrollTo({ top: 0 }));
  await settle(page);
  await page.locator('.row', { hasText: 'The long one' }).first().click();
  await page.locator('.messages [data-message]').first().waitFor();
  await settle(page);
  const long = await scroll(browser, page, '.messages', distance);
  await page.keyboard.press('Escape');
  const figures = (name: string, { dropped, unpainted, longest, busy }: Scrolled): readonly Figure[] => [
    most(`${name}, dropped frames`, dropped, 'ratio', bar),
    most(`${name}, frames not wholly painted`, unpainted, 'ratio'),
    most(`${name}, processor time a frame`, busy, 'ms'),
    most(`${name}, longest task`, longest, 'ms', 100),
  ];
  return [
    most('a plain page, dropped frames', plain.dropped, 'ratio'),
    most('a plain page, processor time a frame', plain.busy, 'ms'),
    ...figures('the list', list),
    ...figures('a long conversation', long),
  ];
}

/** From the moment a network hands a message over to the moment its row is in the page, in ms each. */
async function arrive(page: Page, host: Host): Promise<readonly number[]> {
  console.error('  arrivals');
  await press(page, ['Escape', 'Escape', 'g', 'i']);
  // With nobody pointing at a row, news push in at the top; else they would come in above what is in sight.
  await page.mouse.move(2, 2);
  await page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );
  await page.locator('.rows').evaluate((rows) => rows.scrollTo({ top: 0 }));
  await page.evaluate(() => {
    const seen = new Map<string, number>();
    Object.assign(window, { seen });
    new MutationObserver(() => {
      for (const [text] of document.querySelector('.rows')?.textContent?.matchAll(/arrival \d+;/g) ?? []) {
        if (!seen.has(text)) seen.set(text, Date.now());
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  const said: [text: string, at: number][] = [];
  for (let i = 0; i < arrivals; i += 1) {
    const text = `arrival ${i};`;
    said.push([text, await host.say(text)]);
    // One at a time: what is not in the page when the next one comes would be counted twice.
    await page.waitForFunction((text) => (window as unknown as { seen: Map<string, number> }).seen.has(text), text, {
      polling: 10,
    });
  }
  const seen = new Map(await page.evaluate(() => [...(window as unknown as { seen: Map<string, number> }).seen]));
  return said.map(([text, at]) => (seen.get(text) ?? Number.POSITIVE_INFINITY) - at);
}

async function lookAbout(page: Page): Promise<void> {
  await page.locator('.row').first().focus();
  for (const key of ['j', 'j', 'Enter', 'u', '/', 'b', 'e', 'l', 'Escape', 'Escape', 'Control+k', 'Escape']) {
    await page.keyboard.press(key);
  }
  await page.locator('.rows').evaluate((rows) => rows.scrollTo({ top: Math.random() * rows.scrollHeight }));
  await settle(page);
  await page.locator('.rows').evaluate((rows) => rows.scrollTo({ top: 0 }));
  await settle(page);
}

/** What the page's process holds for itself (Linux), and its script heap. */
async function memory(browser: Browser, page: Page): Promise<readonly Figure[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const figures = [most('script heap after an hour', usedSize / 1e6, 'MB')];
  if (process.platform !== 'linux') return figures;
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1000);
  return [...figures, most('renderer memory after an hour', Math.max(...sizes), 'MB', 250)];
}
