import type { Reply } from './routes.ts';

/** A bad moment. What is `before` leaves the network untouched; what is `after` happens although nobody hears of it. */
export type Fault =
  /** Answered so instead of being acted upon: 429 with the vendor's headers, 5xx, a cursor that is gone. */
  | { readonly is: 'answer'; readonly reply: Reply }
  /** The connection is cut before anything was done. */
  | { readonly is: 'cut-before' }
  /** It was done, and the connection is cut before the first byte of the answer. */
  | { readonly is: 'cut-after' }
  /** It was done, and the connection is cut in the middle of the answer. */
  | { readonly is: 'cut-mid-body' }
  /** It is done only once `until` resolves. */
  | { readonly is: 'slow'; readonly until: Promise<unknown> }
  /** It was done, but the answer is changed: broken JSON, a field gone, a number where text was. */
  | { readonly is: 'spoilt'; readonly change: (body: string) => string };

export interface Trigger {
  readonly method?: string;
  /** Tried on the path of the request. */
  readonly path?: RegExp;
  /** How many requests it strikes; default 1. */
  readonly times?: number;
  /** How many that fit are left in peace first; default 0. */
  readonly after?: number;
}
interface Armed {
  readonly trigger: Trigger;
  readonly fault: Fault;
  left: number;
  spared: number;
}

/** Faults waiting for their request. */
export class Faults {
  readonly #armed: Armed[] = [];

  /** The next requests that fit meet `fault`. */
  arm(trigger: Trigger, fault: Fault): void {
    this.#armed.push({ trigger, fault, left: trigger.times ?? 1, spared: trigger.after ?? 0 });
  }
  clear(): void {
    this.#armed.length = 0;
  }
  /** Faults armed that no request has met yet. */
  get waiting(): number {
    return this.#armed.filter(({ left }) => left > 0).length;
  }
  strike(method: string, path: string): Fault | undefined {
    for (const one of this.#armed) {
      const { trigger } = one;
      if (one.left === 0 || (trigger.method ?? method) !== method || !(trigger.path ?? /^/).test(path)) continue;
      if (one.spared > 0) {
        one.spared--;
        continue;
      }
      one.left--;
      return one.fault;
    }
    return undefined;
  }
}
