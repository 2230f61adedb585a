import type { Clock } from '../../../src-shared/channel.ts';
import { sleepUntil } from './sleep.ts';

/** Wakes a loop that waits for work. A nudge given while nobody waits is kept, so that none is ever missed. */
export class Nudge {
  readonly #clock: Clock;
  #pending = false;
  #waiter: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  give(): void {
    this.#pending = true;
    this.#waiter?.abort();
  }

  /** Until nudged, until `at` (Unix ms; Infinity allowed), or until the signal aborts. One waiter at a time. */
  async wait(at: number, signal: AbortSignal): Promise<void> {
    if (!this.#pending && !signal.aborted) {
      const waiter = new AbortController();
      this.#waiter = waiter;
      await sleepUntil(this.#clock, at, AbortSignal.any([signal, waiter.signal]));
      this.#waiter = undefined;
    }
    this.#pending = false;
  }
}
