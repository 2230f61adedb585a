import type { Chance } from '../simulators/_base/index.ts';
import type { Network } from './network.ts';

/** Between two events, ms. */
const every = 40;

/** What others do on a network, in their own time, whether or not the hub is alive. */
export function happenings(network: Network, luck: Chance) {
  let left = 0;
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (left === 0) return;
    left--;
    running = running.then(() => network.happen(luck));
  }, every);
  return {
    /** So many more. */
    more(count: number): void {
      left += count;
    },
    /** No more; rejects when one of them could not happen. */
    async end(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
