import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import { eventually } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';
import { openWorld, type World } from '../testing/world.ts';

let clock: FakeClock;
let network: PretendNetwork;
let world: World;
beforeEach(async () => {
  clock = fakeClock();
  network = new PretendNetwork();
  network.history = Array.from({ length: 95 }, (_, n) => letter(`h${n}`, { at: clock.now() - n * 1000 }));
  world = await openWorld(clock, network);
});
afterEach(() => world.bench.close());

const messages = async (): Promise<number> => (await world.bench.call('app.stats', {})).messages;
/** Time passes, `step` ms at once, until all is there. */
const complete = (step: number) =>
  eventually(async () => {
    await clock.advance(step);
    return (await messages()) === 95;
  });

describe('history', () => {
  it('is fetched page by page to its end, and shows how far it is', async () => {
    await world.bench.login();
    await eventually(async () => (await messages()) === 95);
    const [account] = await world.bench.call('accounts.list', {});
    expect(account?.backfill).toMatchObject({ done: 95, total: 95 });
    expect(network.pagesServed).toBe(10);
    expect(world.bench.heard.filter(({ event }) => event === 'notify')).toEqual([]);
  });

  it('goes on after a crash where the last committed page ended', async () => {
    network.pageFaults.push(
      undefined,
      undefined,
      undefined,
      new ChannelError('busy', 'not-done', 'Later', { retryAfterMs: 600_000 }),
    );
    await world.bench.login();
    await eventually(async () => (await messages()) === 30);
    await world.bench.crash();
    const served = network.pagesFrom.length;
    await complete(30_000);
    expect(Math.min(...network.pagesFrom.slice(served))).toBe(30);
  });

  it('waits as long as the network asks after a refusal, and then goes on', async () => {
    network.pageFaults.push(new ChannelError('rate', 'not-done', 'Slow down', { retryAfterMs: 120_000 }));
    await world.bench.login();
    await eventually(() => world.bench.logged.some((line) => line.includes('could not be fetched')));
    await clock.advance(119_000);
    expect(await messages()).toBe(0);
    await complete(1000);
  });
});
