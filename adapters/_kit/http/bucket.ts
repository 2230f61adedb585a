import { type Allowance, ChannelError, type Clock } from '../../../src-shared/channel.ts';

/** How fast a network lets itself be asked: `rate` units in `perMs`, at most `burst` of them at once. */
export interface Pace {
  readonly rate: number;
  readonly perMs: number;
  /** Units; default `rate`. */
  readonly burst?: number;
}
export interface TakeOptions {
  readonly cost: number;
  /** Work that can wait leaves a part of the bucket to what a person is waiting for. */
  readonly background: boolean;
  /** A wait longer than this is not begun: it throws `busy` with the wait in `retryAfterMs`. Ms. */
  readonly maxWaitMs: number;
  readonly signal: AbortSignal | undefined;
}
/** What is left of one rule's bucket, and until when. */
export type Budget = Allowance;

/** The part of a bucket that background work leaves untouched. */
const reserve = 0.25;

/**
 * A token bucket. Takers wait in the order they came, those in the foreground before those in the background; the level
 * is worked out when somebody looks, so that an idle bucket costs nothing.
 */
export class Bucket {
  readonly #name: string;
  readonly #of: string | undefined;
  readonly #clock: Clock;
  readonly #perUnitMs: number;
  readonly #capacity: number;
  #level: number;
  #levelAt: number;
  #blockedUntil = 0;
  /** Units promised to takers that still wait, by their priority. */
  readonly #promised = { foreground: 0, background: 0 };

  constructor(name: string, of: string | undefined, pace: Pace, clock: Clock) {
    this.#name = name;
    this.#of = of;
    this.#clock = clock;
    this.#perUnitMs = pace.perMs / pace.rate;
    this.#capacity = pace.burst ?? pace.rate;
    this.#level = this.#capacity;
    this.#levelAt = clock.now();
  }

  /** Resolves once `cost` units are the caller's. Rejects with `busy` where that would take too long, or the signal's reason. */
  async take({ cost, background, maxWaitMs, signal }: TakeOptions): Promise<void> {
    // One call that costs more than the bucket holds goes when it is full.
    const units = Math.min(cost, this.#capacity);
    const kind = background ? 'background' : 'foreground';
    let ahead = this.#promised.foreground + (background ? this.#promised.background : 0);
    this.#promised[kind] += units;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const wait = this.#waitFor(units, background, ahead);
        if (wait <= 0) break;
        if (wait > maxWaitMs)
          throw new ChannelError('busy', 'not-done', `The allowance “${this.#name}” is used up for now.`, {
            retryAfterMs: wait,
          });
        await this.#clock.sleep(wait, signal);
        // Whoever was ahead has been waiting longer and has had its turn.
        ahead = 0;
      }
      this.#level -= units;
    } finally {
      this.#promised[kind] -= units;
    }
  }

  /** The network asks for silence; nothing is handed out before. `until` is Unix ms. */
  block(until: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until);
  }

  budget(): Budget {
    this.#fill();
    const now = this.#clock.now();
    return {
      rule: this.#name,
      ...(this.#of === undefined ? {} : { of: this.#of }),
      left: Math.max(0, Math.floor(this.#level)),
      limit: this.#capacity,
      fullAt: now + Math.ceil((this.#capacity - this.#level) * this.#perUnitMs),
      ...(this.#blockedUntil > now ? { blockedUntil: this.#blockedUntil } : {}),
    };
  }

  #waitFor(units: number, background: boolean, ahead: number): number {
    this.#fill();
    const kept = background ? Math.min(this.#capacity * reserve, this.#capacity - units) : 0;
    const short = units + kept + ahead - this.#level;
    const blocked = this.#blockedUntil - this.#clock.now();
    return Math.max(blocked, short > 1e-6 ? Math.ceil(short * this.#perUnitMs) : 0);
  }
  #fill(): void {
    const now = this.#clock.now();
    this.#level = Math.min(this.#capacity, this.#level + Math.max(0, now - this.#levelAt) / this.#perUnitMs);
    this.#levelAt = now;
  }
}
