import type { Clock } from '../../../src-shared/channel.ts';

export interface PaceOptions {
  /** Between two looks, ms: right after something happened, while a conversation is in front of the person, at most. */
  readonly leastMs: number;
  readonly watchedMs: number;
  readonly mostMs: number;
}
/**
 * How often to look: soon after something happened, rarer the longer nothing does. What changes meanwhile counts for the
 * pause under way too, so that the next look is never later than the pace allows for what is in front now.
 */
export interface Pace {
  /** Resolves when it is time to look again. Rejects with the signal's reason. */
  next(signal: AbortSignal): Promise<void>;
  happened(): void;
  /** A conversation is in front of the person. */
  watched(on: boolean): void;
  /** The person turned to something: looks as soon as the last look began `apartMs` ago, which may be at once. */
  glance(apartMs: number): void;
  /** Looks at once. */
  ring(): void;
  /** Unix ms; undefined while a look is under way. */
  readonly nextAt: number | undefined;
}
const slower = 1.4;

export function pace(clock: Clock, { leastMs, watchedMs, mostMs }: PaceOptions): Pace {
  let wait = leastMs;
  let watched = false;
  /** When the last look began, Unix ms. */
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** A look is wanted by then, whatever the pause, Unix ms. */
  let wantedAt = Number.POSITIVE_INFINITY;
  let nextAt: number | undefined;
  /** Wakes the pause under way, which then works out anew how long it is. */
  let bell = new AbortController();

  function want(at: number): void {
    wait = leastMs;
    wantedAt = Math.min(wantedAt, at);
    bell.abort();
  }
  return {
    async next(signal) {
      const since = clock.now();
      for (;;) {
        signal.throwIfAborted();
        bell = new AbortController();
        const rung = bell.signal;
        nextAt = Math.min(wantedAt, since + Math.min(wait, watched ? watchedMs : mostMs));
        const left = nextAt - clock.now();
        if (left <= 0) break;
        await clock.sleep(left, AbortSignal.any([signal, rung])).catch((error: unknown) => {
          if (!rung.aborted || signal.aborted) throw error;
        });
      }
      nextAt = undefined;
      wantedAt = Number.POSITIVE_INFINITY;
      lookedAt = clock.now();
      wait = Math.min(mostMs, Math.ceil(wait * slower));
    },
    happened() {
      wait = leastMs;
    },
    watched(on) {
      watched = on;
      bell.abort();
    },
    glance(apartMs) {
      want(Math.max(clock.now(), lookedAt + apartMs));
    },
    ring() {
      want(clock.now());
    },
    get nextAt() {
      return nextAt;
    },
  };
}
