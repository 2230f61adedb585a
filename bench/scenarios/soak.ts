import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { AccountId } from '../../src-shared/model/index.ts';
import { startBrowser } from '../../tests/e2e/browser.ts';
import { compare } from '../../tests/kills/compare.ts';
import { lookHere } from '../../tests/kills/here.ts';
import type { Facts, Network } from '../../tests/kills/network.ts';
import { networks } from '../../tests/kills/networks/index.ts';
import { type HubProcess, soon, startHub } from '../../tests/kills/process.ts';
import { chance } from '../../tests/simulators/_base/index.ts';
import type { Bench } from '../context.ts';
import { type Figure, percentile } from '../measure.ts';
import { footprint } from '../soak/footprint.ts';
import { growth, type Sample } from '../soak/growth.ts';
import { Probes } from '../soak/probes.ts';
import { Stretches } from '../soak/stretches.ts';

/** Which share of the events happens on which network: Gmail's allowance lets it tell of some five letters a second. */
const shares: Readonly<Record<string, number>> = {
  slack: 0.44,
  telegram: 0.44,
  outlook: 0.05,
  gmail: 0.04,
  teams: 0.03,
};
/** Messages each network holds before it begins. */
const history = 80;
/** One event in so many is watched on its way to the page, and fewer where one waits until the network is asked. */
const watched = 50;
const samples = 120;
/** Events that happen while the hub, killed at the end, is not there. */
const meanwhile = 100;
/** The machine is looked at this often, ms; a stretch of which its host withheld more than this share says little of us. */
const stretchMs = 5000;
const calm = 0.02;
const patienceMs = 600_000;

interface Member {
  readonly name: string;
  readonly network: Network;
  readonly account: AccountId;
}
const most = (name: string, value: number, unit: Figure['unit'], bar?: number): Figure => ({
  scenario: 'soak',
  name,
  value,
  unit,
  ...(bar === undefined ? {} : { bar: { at: 'most', value: bar } as const }),
});

/**
 * A hub on five simulated networks, with the window in Chromium following, lives through as many events as the bench has
 * messages; then it is killed and started again, and all it shows is held against what each network has. Needs a build.
 * Memory is told on Linux only.
 */
export async function soak({ folder, size, rate }: Bench): Promise<readonly Figure[]> {
  const profile = join(folder, 'soak');
  let hub = await startHub(profile);
  const members: Member[] = [];
  let browser: Browser | undefined;
  try {
    for (const name of Object.keys(shares)) {
      const network = await networks[name]?.(history);
      if (network) members.push({ name, network, account: await network.logIn(hub) });
    }
    console.error('  history');
    await settled(hub, members);
    browser = await startBrowser();
    const page = await open(browser, hub);
    const probes = await Probes.watch(page);
    const stretches = new Stretches(stretchMs);
    const held: Sample[] = [];
    const began = performance.now();
    const before = { hub: footprint(hub.pid), here: process.cpuUsage() };
    const talkative = members.filter(({ network }) => network.whisper);
    for (const [part, { name, network, account }] of talkative.entries()) {
      const { whisper } = network;
      if (!whisper) continue;
      console.error(`  following ${name}`);
      await follow(page, hub, account, whisper);
      const [from, to] = [part, part + 1].map((n) => Math.round((size * n) / talkative.length));
      for (let event = from ?? 0; event < (to ?? 0); event++) {
        await paced(rate);
        await happening(members, chosen.next())?.network.happen(luck);
        if (event % watched === 0) await probes.send(whisper);
        if (event % Math.ceil(size / samples) === 0) held.push({ event, mb: footprint(hub.pid)?.mb ?? 0 });
        if (event % Math.ceil(size / 10) === 0) say(event, held, began);
      }
      await probes.all();
    }
    stretches.end();
    const seconds = (performance.now() - began) / 1000;
    const after = { hub: footprint(hub.pid), here: process.cpuUsage(before.here) };
    // Gone from one instruction to the next, with what was asked for last still under way; the networks go on without it.
    await hub.kill();
    for (let event = 0; event < meanwhile; event++) await happening(members, chosen.next())?.network.happen(luck);
    hub = await startHub(profile);
    console.error('  comparing');
    const lost = await settled(hub, members);
    const ways = (asked: boolean, most = Number.POSITIVE_INFINITY) =>
      probes.seen.filter((way) => way.asked === asked && stretches.shareAt(way.at) <= most).map(({ ms }) => ms);
    const [told, asked, quiet] = [ways(false), ways(true), ways(false, calm)];
    return [
      most('events a second', size / seconds, 'messages/s'),
      most('messages compared', lost.compared, 'messages'),
      most('lost, doubled or different', lost.wrong, 'messages', 0),
      most('event to DOM p50, told by the network', percentile(told, 0.5), 'ms'),
      most('event to DOM p99, told by the network', percentile(told, 0.99), 'ms', 50),
      ...(quiet.length > 0 ? [most('event to DOM p99, while little was withheld', percentile(quiet, 0.99), 'ms')] : []),
      most('of the ways, while little was withheld', quiet.length / told.length, 'ratio'),
      most('answer to DOM p50, asked of the network', percentile(asked, 0.5), 'ms'),
      most('answer to DOM p99, asked of the network', percentile(asked, 0.99), 'ms', 50),
      most('networks, processor time an event', (after.here.user + after.here.system) / 1000 / size, 'ms'),
      ...(before.hub && after.hub
        ? [
            most('hub, processor time an event', (after.hub.workedMs - before.hub.workedMs) / size, 'ms'),
            most('hub, resident', held.at(-1)?.mb ?? 0, 'MB'),
            most('hub, growth over the last two thirds', growth(held), 'MB', 20),
          ]
        : []),
    ];
  } finally {
    await browser?.close();
    await hub.end();
    for (const { network } of members) await network.stop();
  }
}

const say = (event: number, held: readonly Sample[], began: number): void =>
  console.error(
    `  ${event} events, ${Math.round((performance.now() - began) / 1000)} s, the hub ${Math.round(held.at(-1)?.mb ?? 0)} MB`,
  );

const chosen = chance('soak, where');
const luck = chance('soak, what');
function happening(members: readonly Member[], draw: number): Member | undefined {
  let sum = 0;
  return members.find(({ name }) => {
    sum += shares[name] ?? 0;
    return draw < sum;
  });
}

let next = 0;
/** Keeps to the rate, events a second; what a busy machine was late with is not made up for. */
async function paced(rate: number): Promise<void> {
  next = Math.max(next + 1000 / rate, performance.now());
  const wait = next - performance.now();
  if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
}

async function open(browser: Browser, hub: HubProcess): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(hub.page);
  await page.locator('.row').first().waitFor();
  return page;
}
/** Opens the conversation that is whispered in, as somebody who is about to read what comes. */
async function follow(
  page: Page,
  hub: HubProcess,
  account: AccountId,
  whisper: NonNullable<Network['whisper']>,
): Promise<void> {
  const greeting = `Are you there, ${account}?`;
  whisper(greeting);
  // Not always the first: Telegram tells whole seconds, in which others write too.
  const id = await soon('the conversation is among the first', async () => {
    const { rows } = await hub.call('inbox.page', { view: 'inbox', account, limit: 20 });
    return rows.find(({ preview }) => preview === greeting)?.id;
  });
  // In the list of its account: letters whose networks' clocks have run ahead would stand above it elsewhere.
  const at = (await hub.call('accounts.list', {})).findIndex((one) => one.id === account);
  await page.locator('.rail-account').nth(at).getByRole('button').first().click();
  const row = page.locator(`.row[data-conversation="${id}"]`);
  // What comes while somebody points at a row, or has scrolled, comes in above what is in sight.
  await page.mouse.move(2, 2);
  // Letters that were on their way meanwhile may stand above it: whoever asks again is above them.
  const opened = async (): Promise<boolean> => {
    await page.locator('.rows').evaluate((rows) => rows.scrollTo({ top: 0 }));
    const clicked = await row.click({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (!clicked) whisper(greeting);
    return clicked;
  };
  await soon('its row can be opened', opened, 300_000, 3000);
  await page.locator('.messages [data-message]', { hasText: greeting }).first().waitFor();
}

/** Waits until what is here agrees with every network, or patience ends, and tells how much was compared and what is wrong. */
async function settled(hub: HubProcess, members: readonly Member[]): Promise<{ compared: number; wrong: number }> {
  let compared = 0;
  let wrong = 0;
  for (const { name, network, account } of members) {
    let open: readonly string[] = ['never looked at'];
    const agrees = async (): Promise<boolean> => {
      const now = (await hub.call('accounts.list', {})).find(({ id }) => id === account);
      if (now?.state.is !== 'online' || now.backfill?.running) return false;
      const standing = await network.standing();
      const here = await lookHere(hub, account);
      const { missing, surplus, different } = compare(standing, here);
      open = [
        ...missing.map((one) => `missing ${one}`),
        ...surplus.map((one) => `not there ${one}`),
        ...different,
        ...here.twice.map((one) => `twice ${one}`),
      ];
      const about = (facts: Facts, of: Facts): Facts =>
        Object.fromEntries(Object.keys(of).map((key) => [key, facts[key] ?? '']));
      const same = new Map([...standing.facts].map(([key, of]) => [key, about(here.facts.get(key) ?? {}, of)]));
      return open.length === 0 && digest(same) === digest(standing.facts);
    };
    await soon(`${name} is here`, agrees, patienceMs, 2000).catch((error: unknown) =>
      console.error(error, open.slice(0, 10)),
    );
    compared += (await network.standing()).facts.size;
    wrong += open.length;
  }
  return { compared, wrong };
}
/** Everything compared, as one number. */
function digest(facts: ReadonlyMap<string, Facts>): string {
  const hash = createHash('sha256');
  for (const [key, about] of [...facts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(JSON.stringify([key, Object.entries(about).toSorted()]));
  return hash.digest('hex');
}
