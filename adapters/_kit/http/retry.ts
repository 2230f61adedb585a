import type { Clock } from '../../../src-shared/channel.ts';

/** Bounds of the pause between tries, ms. */
export interface Backoff {
  readonly leastMs: number;
  readonly mostMs: number;
}
/**
 * The pause before try `tries + 1`: full jitter, uniform between nothing and a doubling bound, so that many clients do
 * not come back at once (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
 */
export const pause = (tries: number, clock: Clock, { leastMs, mostMs }: Backoff): number =>
  Math.ceil(clock.random() * Math.min(mostMs, leastMs * 2 ** tries));

/** No network keeps anybody away for longer, whatever it says; and timers hold no more than 24 days. Ms. */
const longest = 86_400_000;

/** RFC 9110 section 10.2.3: seconds or an HTTP date. Ms from now, at most a day; undefined where absent or unreadable. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const written = headers.get('retry-after')?.trim();
  if (!written) return undefined;
  if (/^\d+(\.\d+)?$/.test(written)) return Math.min(longest, Math.ceil(Number(written) * 1000));
  // A date names its day or month; `Date.parse` would take a bare number, -1 too, for a year.
  const date = /[a-z]/i.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(longest, Math.max(0, date - now));
}
