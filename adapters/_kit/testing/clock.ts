import type { Clock } from '../../../src-shared/channel.ts';

/** A clock that stands still until it is told to go on, and chance that repeats. */
export interface FakeClock extends Clock {
  /** Lets `ms` pass: whoever sleeps wakes at their moment, in order, and does what they do before time goes on. */
  advance(ms: number): Promise<void>;
  /**
   * From now on time goes on only while `work` answers undefined: what it answers else is under way and knows no clock (a
   * database, a disk), and how much time passes meanwhile must not depend on the machine. The function answered ends this.
   */
  waitFor(work: () => Promise<unknown> | undefined): () => void;
  /** How many are asleep. */
  readonly sleeping: number;
}

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** Lets everything that is ready to run have its turn, promises and finished input alike. */
export async function settle(turns = 5): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** `start` is Unix ms. Two clocks with the same seed draw the same numbers. */
export function fakeClock(start: number = Date.UTC(2026, 10, 20, 15, 0), seed = 1): FakeClock {
  let now = start;
  let state = seed >>> 0;
  const sleepers = new Set<Sleeper>();
  const works = new Set<() => Promise<unknown> | undefined>();
  const earliest = () =>
    [...sleepers].reduce<Sleeper | undefined>((a, b) => (a && a.wakesAt <= b.wakesAt ? a : b), undefined);

  /** Whoever was woken has done what they do, and nothing they set going is under way. */
  const calm = async (): Promise<void> => {
    for (;;) {
      await settle();
      const busy = [...works].flatMap((work) => work() ?? []);
      if (busy.length === 0) return;
      await Promise.allSettled(busy);
    }
  };

  return {
    now: () => now,
    random() {
      // Numerical Recipes' linear congruential generator: quality is no matter here, repetition is.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 4_294_967_296;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper: Sleeper = {
          wakesAt: now + Math.max(0, ms),
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async advance(ms) {
      const until = now + ms;
      await calm();
      for (let next = earliest(); next && next.wakesAt <= until; next = earliest()) {
        now = Math.max(now, next.wakesAt);
        next.wake();
        await calm();
      }
      now = until;
    },
    waitFor(work) {
      works.add(work);
      return () => works.delete(work);
    },
    get sleeping() {
      return sleepers.size;
    },
  };
}

/** The machine's own clock, for adapters tested against a real server. */
export const realClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    }),
};
