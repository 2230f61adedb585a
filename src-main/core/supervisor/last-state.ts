import type { Clock, ConnectionState, Log } from '../../../src-shared/channel.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { AccountRow, Store } from '../../store/api.ts';

const wordsOf = (state: ConnectionState): string => ('message' in state ? state.message : '');

export interface LastStateOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly account: AccountId;
  readonly changed: (last: NonNullable<AccountRow['last']>) => void;
}

/** Remembers how an account fares, for when nobody connects it. */
export class LastState {
  readonly #options: LastStateOptions;
  #noted: ConnectionState | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: LastStateOptions) {
    this.#options = options;
  }

  /** On the way is no state to remember, and waiting longer for the next try is the same one. */
  note(state: ConnectionState): void {
    const before = this.#noted;
    if (state.is === 'connecting' || (before?.is === state.is && wordsOf(before) === wordsOf(state))) return;
    this.#write(state);
  }

  /** The account is connected no more: what was online has been so until now. Resolves once that is stored. */
  async end(): Promise<void> {
    if (this.#noted?.is === 'online') this.#write(this.#noted);
    await this.#writing;
  }

  #write(state: ConnectionState): void {
    const { store, clock, log, account, changed } = this.#options;
    this.#noted = state;
    const at = clock.now();
    changed({ state, at });
    this.#writing = this.#writing
      .then(() => store.command('account.state', { account, state, at }))
      .then(
        () => undefined,
        (error: unknown) => log.warn('How the account fares could not be noted', { error }),
      );
  }
}
