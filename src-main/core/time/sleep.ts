import type { Clock } from '../../../src-shared/channel.ts';

/** Timers of the platform hold 31 bits of milliseconds (24.8 days); longer waits are taken in steps. */
const longestStep = 86_400_000;

/**
 * Waits until `at` (Unix ms; Infinity: for ever) or until the signal aborts, whichever is first. Never rejects. For what is
 * due at a time of day; a clock that is put right meanwhile is noticed after the wait.
 */
export async function sleepUntil(clock: Clock, at: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const left = at - clock.now();
    if (left <= 0) return;
    try {
      await clock.sleep(Math.min(left, longestStep), signal);
    } catch {
      return; // aborted: the one reason a clock rejects for
    }
  }
}

/** Waits so long, ms, whatever is done to the clock meanwhile, or until the signal aborts. Never rejects. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  clock.sleep(ms, signal).catch(() => undefined);

/** Resolves once the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Whether `work` ended (either way) within `ms`. Its failure is the caller's to handle elsewhere. */
export async function settlesWithin(clock: Clock, work: PromiseLike<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const ended = work.then(
    () => true,
    () => true,
  );
  const late = pause(clock, ms, timer.signal).then(() => false);
  const first = await Promise.race([ended, late]);
  timer.abort();
  return first;
}
