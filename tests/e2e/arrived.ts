import { vi } from 'vitest';
import type { Host } from './host.ts';

/** Waits until all of the pretend history is there. */
export async function arrived(host: Host): Promise<void> {
  await vi.waitFor(
    async () => {
      const accounts = await host.call('accounts.list', {});
      if (accounts.length === 0 || accounts.some((account) => account.backfill?.running))
        throw new Error('History is still on its way');
    },
    { timeout: 60_000, interval: 250 },
  );
}
