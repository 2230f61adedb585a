import type { Clock } from '../../../src-shared/channel.ts';

export interface Backoff {
  /** Delay after the first failure, ms. */
  readonly first: number;
  /** No delay is longer, ms (before jitter). */
  readonly longest: number;
}

/**
 * Exponential delay with jitter, ms: `first * 2^failures`, bounded, then spread over half to one and a half of it so
 * that accounts which failed together do not come back together. `failures` counts from 0.
 */
export function delayAfter(failures: number, backoff: Backoff, clock: Clock): number {
  const plain = Math.min(backoff.longest, backoff.first * 2 ** Math.min(failures, 30));
  return Math.round(plain * (0.5 + clock.random()));
}
