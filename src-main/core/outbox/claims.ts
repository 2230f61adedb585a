import type { AccountId, OutboxId } from '../../../src-shared/model/index.ts';
import type { Commands, Store, Track } from '../../store/api.ts';

type Claim = Commands['outbox.claim']['output'];

/**
 * Which operations are in somebody's hands here. A claim can be stored and its answer lost, with the thread that stored it or with
 * a flush that failed: its operation is found again by being in nobody's hands. Outlives the sessions, whose tries outlive
 * them for a moment.
 */
export class Claims {
  readonly #store: Store;
  readonly #held = new Map<OutboxId, AccountId>();
  /** Accounts of which a claim was asked for and not answered. */
  readonly #unheard = new Set<AccountId>();
  readonly #turns = new Map<AccountId, Promise<unknown>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The next operation that is due, held from then on until it is let go. One claim of an account at a time, whatever session
   * asks: the answer that is still to come is not taken for one that was lost. Rejects with the store's error.
   */
  next(account: AccountId, now: number, busy: readonly Track[]): Promise<Claim> {
    const claim = (this.#turns.get(account) ?? Promise.resolve()).then(() => this.#claim(account, now, busy));
    this.#turns.set(
      account,
      claim.catch(() => undefined), // told to whoever asked
    );
    return claim;
  }

  /** What became of it is stored. */
  letGo(outbox: OutboxId): void {
    this.#held.delete(outbox);
  }

  /** The account is no longer here. */
  forget(account: AccountId): void {
    for (const [outbox, of] of this.#held) if (of === account) this.#held.delete(outbox);
    this.#unheard.delete(account);
    this.#turns.delete(account);
  }

  async #claim(account: AccountId, now: number, busy: readonly Track[]): Promise<Claim> {
    const held = [...this.#held].flatMap(([outbox, of]) => (of === account ? [outbox] : []));
    if (this.#unheard.has(account)) await this.#store.command('outbox.release', { account, except: held });
    this.#unheard.add(account);
    const claim = await this.#store.command('outbox.claim', { account, now, busy, except: held });
    this.#unheard.delete(account);
    if (claim.row) this.#held.set(claim.row.id, account);
    return claim;
  }
}
