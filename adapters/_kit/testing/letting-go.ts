import type { FakeClock } from './clock.ts';
import { nothingAsked } from './requests.ts';

/** Time let go for work over real sockets and threads: only while none of its requests is under way. */
export interface LettingGo {
  /** Lets time pass until the work is done. */
  passing<T>(work: Promise<T>): Promise<T>;
  /** Lets time pass until it holds between two requests; throws when it does not come to it within ten minutes of the clock. */
  until(holds: () => boolean): Promise<void>;
}
export const lettingGo = (clock: FakeClock): LettingGo => ({
  async passing(work) {
    let over = false;
    const quiet = work.finally(() => {
      over = true;
    });
    quiet.catch(() => undefined);
    while (!over) {
      await nothingAsked(40, () => over);
      if (!over && clock.sleeping > 0) await clock.advance(200);
    }
    return await quiet;
  },
  async until(holds) {
    const begin = clock.now();
    for (;;) {
      await nothingAsked(60);
      if (holds()) return;
      if (clock.now() - begin > 600_000) throw new Error('it did not come to that');
      // When nobody sleeps a thread is at work, which knows no fake time.
      if (clock.sleeping > 0) await clock.advance(500);
    }
  },
});
