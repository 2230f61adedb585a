import { expect, vi } from 'vitest';
import { networkIds } from '../../adapters/demo/networks.ts';
import { type Host, startHost } from './host.ts';

/**
 * A host with the made-up world in which nothing happens but what the test does: all of its history is there, and nobody
 * says anything more. On a `profile` that has the world already it is as it was left.
 * @param options.speed how many times as fast as in life it goes on, for who wants that
 */
export async function startWorld({ profile, speed = 0 }: { profile?: string; speed?: number } = {}): Promise<Host> {
  const host = await startHost(profile === undefined ? {} : { profile });
  try {
    if ((await host.call('accounts.list', {})).length === 0)
      for (const choice of networkIds) {
        const { login } = await host.call('login.start', { channel: 'demo', flow: 'world' });
        const { error } = await host.call('login.answer', { login, answers: { choice, speed: String(speed) } });
        if (error !== null) throw new Error(error);
      }
    await arrived(host);
    return host;
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** Waits until all of every account's history is there; what has none yet has not begun. */
async function arrived(host: Host): Promise<void> {
  const missing = async () => {
    const accounts = await host.call('accounts.list', {});
    return accounts.filter(({ backfill }) => backfill === null || backfill.running).map(({ label }) => label);
  };
  await vi.waitFor(async () => expect(await missing()).toEqual([]), { timeout: 90_000, interval: 100 });
}
