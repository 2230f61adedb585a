import type { Clock } from '../../../src-shared/channel.ts';
import { settlesWithin } from './sleep.ts';

/** Work that does not heed its signal is left behind after this long, ms: what it did is looked for by the next run. */
const heedWithin = 2000;

/** Work that goes on beside everything else and must have come to its end before the store is closed. */
export class UnderWay {
  readonly #works = new Set<Promise<unknown>>();

  /** `work` never rejects. */
  add(work: Promise<unknown>): void {
    this.#works.add(work);
    void work.finally(() => this.#works.delete(work));
  }

  /** After its signal was given: resolves once all of it has ended, `besides` too, or two seconds are over. */
  async end(clock: Clock, besides: Promise<unknown>): Promise<void> {
    await settlesWithin(clock, Promise.all([besides, ...this.#works]), heedWithin);
  }
}
