import { type FakeClock, settle } from './clock.ts';

/** Time let go for work over real sockets and threads: only after they have had every chance to answer. */
export interface LettingGo {
  /** Lets time pass until the work is done. */
  passing<T>(work: Promise<T>): Promise<T>;
  /** Lets time pass until it holds; throws when it does not come to it within ten minutes of the clock. */
  until(holds: () => boolean): Promise<void>;
}
export const lettingGo = (clock: FakeClock): LettingGo => ({
  async passing(work) {
    let over = false;
    const quiet = work.finally(() => {
      over = true;
    });
    quiet.catch(() => undefined);
    for (let turn = 1; !over; turn++) {
      if (turn % 40 === 0 && clock.sleeping > 0) await clock.advance(200);
      else await settle(1);
    }
    return await quiet;
  },
  async until(holds) {
    const begin = clock.now();
    while (!holds()) {
      if (clock.now() - begin > 600_000) throw new Error('it did not come to that');
      await settle(60);
      // When nobody sleeps a thread is at work, which knows no fake time.
      if (clock.sleeping > 0) await clock.advance(500);
    }
  },
});
