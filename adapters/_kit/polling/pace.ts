import type { Clock } from '../../../src-shared/channel.ts';

export interface PaceOptions {
  /** Between two looks, ms: right after something happened, while a conversation is in front of the person, at most. */
  readonly leastMs: number;
  readonly watchedMs: number;
  readonly mostMs: number;
}
/** How often to look: soon after something happened, rarer the longer nothing does. */
export interface Pace {
  /** Resolves when it is time to look again, or when rung. Rejects with the signal's reason. */
  next(signal: AbortSignal): Promise<void>;
  happened(): void;
  /** A conversation is in front of the person. */
  watched(on: boolean): void;
  ring(): void;
  /** Unix ms; undefined while a look is under way. */
  readonly nextAt: number | undefined;
}
const slower = 1.4;

export function pace(clock: Clock, { leastMs, watchedMs, mostMs }: PaceOptions): Pace {
  let wait = leastMs;
  let watched = false;
  let nextAt: number | undefined;
  let bell = new AbortController();
  return {
    async next(signal) {
      const rung = bell.signal;
      const pause = Math.min(wait, watched ? watchedMs : mostMs);
      nextAt = clock.now() + pause;
      await clock.sleep(pause, AbortSignal.any([signal, rung])).catch((error: unknown) => {
        if (!rung.aborted || signal.aborted) throw error;
      });
      nextAt = undefined;
      bell = new AbortController();
      wait = Math.min(mostMs, Math.ceil(wait * slower));
    },
    happened() {
      wait = leastMs;
    },
    watched(on) {
      watched = on;
    },
    ring() {
      wait = leastMs;
      bell.abort();
    },
    get nextAt() {
      return nextAt;
    },
  };
}
