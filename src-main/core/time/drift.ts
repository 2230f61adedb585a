import type { Clock } from '../../../src-shared/channel.ts';
import { pause } from './sleep.ts';

/** How often the clock is looked at, and how far it must be from what has gone by to have been put right. Ms. */
const heartbeat = 15_000;
const much = 30_000;

/**
 * Compares the clock with the time that has gone by, until the signal aborts. `moved` is told by how much it ran ahead (the
 * machine slept, or it was put forward), or was put back: then less than zero. Ms. It must not reject.
 */
export async function watchClock(
  clock: Clock,
  moved: (by: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const before = clock.now();
    await pause(clock, heartbeat, signal);
    const by = clock.now() - before - heartbeat;
    if (!signal.aborted && Math.abs(by) > much) await moved(by);
  }
}
