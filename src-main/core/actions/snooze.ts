import type { Clock, Log } from '../../../src-shared/channel.ts';
import type { Store } from '../../store/api.ts';
import { Nudge } from '../time/nudge.ts';

/** Looked at so often even without a known next waking, so that a changed clock is noticed. Ms. */
const longest = 3_600_000;
/** After a failure of the store, whose disk may be well again. Ms. */
const againAfter = 60_000;

/** Brings conversations back when their time has come. */
export class Snooze {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #nudge: Nudge;

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#nudge = new Nudge(clock);
  }

  /** A snooze was set, moved or taken off. */
  nudge(): void {
    this.#nudge.give();
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      let nextAt: number | null = null;
      try {
        ({ nextAt } = await this.#store.command('snooze.wake', { now: this.#clock.now() }));
      } catch (error) {
        this.#log.error('Snoozed conversations could not be woken', { error });
        nextAt = this.#clock.now() + againAfter;
      }
      const latest = this.#clock.now() + longest;
      await this.#nudge.wait(Math.min(nextAt ?? latest, latest), stop);
    }
  }
}
