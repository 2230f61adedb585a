import { ChannelError, type Clock } from '../../../src-shared/channel.ts';

export interface BreakerOptions {
  /** Failures in a row after which nothing more is tried. */
  readonly failures: number;
  /** How long it stays open the first time, ms; doubled each time the try that follows fails, up to `mostMs`. */
  readonly openMs: number;
  readonly mostMs: number;
}
/** One request that was let through. Whoever has it says once how it went. */
export interface Pass {
  succeeded(): void;
  failed(): void;
  /** It ended in a way that says nothing about the network: it was called off. */
  left(): void;
}

/** Stops asking a network that does not answer. After a pause one request is let through; its fate decides. */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #clock: Clock;
  #failures = 0;
  #opened = 0;
  #openUntil = 0;
  #probing = false;

  constructor(options: BreakerOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Throws `network`, surely not done, while it is open. */
  enter(): Pass {
    const wait = this.#openUntil - this.#clock.now();
    const open = this.#openUntil !== 0;
    if (open && (wait > 0 || this.#probing))
      throw new ChannelError(
        'network',
        'not-done',
        'The service has not been answering; it is left alone for a moment.',
        {
          retryAfterMs: Math.max(1000, wait),
        },
      );
    const isProbe = open;
    if (isProbe) this.#probing = true;
    return {
      succeeded: () => this.#close(),
      failed: () => this.#failed(isProbe),
      left: () => {
        if (isProbe) this.#probing = false;
      },
    };
  }

  #close(): void {
    this.#failures = 0;
    this.#opened = 0;
    this.#openUntil = 0;
    this.#probing = false;
  }
  /** Requests that were under way when it opened fail of the same trouble, and make it no longer. */
  #failed(isProbe: boolean): void {
    this.#failures++;
    if (isProbe) this.#probing = false;
    else if (this.#openUntil !== 0 || this.#failures < this.#options.failures) return;
    this.#openUntil = this.#clock.now() + Math.min(this.#options.mostMs, this.#options.openMs * 2 ** this.#opened);
    this.#opened++;
  }
}
