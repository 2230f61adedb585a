import { LostAnswer, RpcError, type Writable } from './mtproto/server.ts';

/** What can go wrong with a call. */
export type Trouble =
  | { readonly is: 'error'; readonly code: number; readonly message: string }
  /** Done, but the connection breaks before the answer. */
  | { readonly is: 'lost-answer' }
  /** Neither done nor answered: the connection breaks. */
  | { readonly is: 'lost-question' }
  /** Done late: not before the promise settles. */
  | { readonly is: 'slow'; readonly until: Promise<unknown> };
/** What can go wrong with an update on its way. */
export type Mishap = 'drop' | 'duplicate' | 'swap';

/** Bad days on demand. Everything is counted: what was asked for `times` times is over after that. */
export class Faults {
  readonly #troubles: { method: string; trouble: Trouble; left: number }[] = [];
  readonly #mishaps: Mishap[] = [];
  #held: Writable | undefined;
  /** Every later difference says that there is too much (core.telegram.org/constructor/updates.differenceTooLong). */
  tooLong = false;
  /** The same for channels. */
  channelTooLong = false;
  /** How many events one difference carries at most. */
  slice = 100;
  /** What is asked of the server next time it is asked for this. */
  next(method: string, trouble: Trouble, times = 1): void {
    this.#troubles.push({ method, trouble, left: times });
  }
  flood(method: string, seconds: number, times = 1): void {
    this.next(method, { is: 'error', code: 420, message: `FLOOD_WAIT_${seconds}` }, times);
  }
  /** The next updates pushed meet these, one each. */
  mishaps(...all: readonly Mishap[]): void {
    this.#mishaps.push(...all);
  }
  async around<T>(method: string, act: () => Promise<T>): Promise<T> {
    const found = this.#troubles.find((one) => one.method === method && one.left > 0);
    if (!found) return act();
    found.left--;
    const { trouble } = found;
    switch (trouble.is) {
      case 'error':
        throw new RpcError(trouble.code, trouble.message);
      case 'lost-question':
        throw new LostAnswer();
      case 'lost-answer':
        await act();
        throw new LostAnswer();
      case 'slow':
        await trouble.until;
        return act();
    }
  }
  /** What really leaves when this update is pushed. */
  passing(update: Writable): readonly Writable[] {
    if (this.#held) {
      const held = this.#held;
      this.#held = undefined;
      return [update, held];
    }
    switch (this.#mishaps.shift()) {
      case 'drop':
        return [];
      case 'duplicate':
        return [update, update];
      case 'swap':
        this.#held = update;
        return [];
      case undefined:
        return [update];
    }
  }
}
