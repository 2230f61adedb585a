import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../../../src-shared/channel.ts';
import { type AccountId, asTxnId, type DraftId } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import type { Changes } from '../changes/index.ts';
import { draftOut } from '../compose/index.ts';
import { CallError } from '../errors.ts';
import type { Outbox } from '../outbox/index.ts';
import type { Supervisor } from '../supervisor/index.ts';
import { Nudge } from '../time/nudge.ts';

/** A draft is brought to the network once nobody has typed for this long, ms. */
const quiet = 5000;
const tryAgainAfter = 5000;

export interface KeeperOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly directory: Directory;
  readonly supervisor: Supervisor;
  readonly outbox: Outbox;
  readonly changes: Changes;
}
interface Due {
  readonly draft: DraftId;
  readonly account: AccountId;
  readonly updatedAt: number;
}

/**
 * Brings drafts written here to the network, where it keeps drafts. What is due is asked of the store, so that neither an end
 * of the program nor of the connection loses any; the outbox does the rest (SPEC, O-10 to O-12).
 */
export class DraftKeeper {
  readonly #options: KeeperOptions;
  /** Words that stay here, by the time of them: their channel keeps no drafts, or cannot keep these. */
  readonly #stays = new Map<DraftId, number>();

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Works until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, changes, log } = this.#options;
    const nudge = new Nudge(clock);
    const deaf = changes.on((event, payload) => {
      if (event === 'changed' && 'topics' in payload && payload.topics.some(({ on }) => on === 'drafts')) nudge.give();
    });
    while (!signal.aborted) {
      let next: number;
      try {
        next = await this.#round();
      } catch (error) {
        log.error('Drafts could not be brought to the network', { error });
        next = clock.now() + tryAgainAfter;
      }
      await nudge.wait(next, signal);
    }
    deaf();
  }

  /** Answers when the next one is due, Unix ms. */
  async #round(): Promise<number> {
    const { store, clock } = this.#options;
    const now = clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const due of await store.query('drafts.unkept', {})) {
      if (this.#stays.get(due.draft) === due.updatedAt) continue;
      // A clock set back must not make anyone wait for years.
      const at = Math.min(due.updatedAt, now) + quiet;
      if (at > now) next = Math.min(next, at);
      else if (!(await this.#keep(due))) this.#stays.set(due.draft, due.updatedAt);
    }
    return next;
  }

  /** Whether it is on its way now. */
  async #keep({ draft, account }: Due): Promise<boolean> {
    const { store, clock, directory, supervisor, outbox } = this.#options;
    const found = await store.query('draft.composition', { draft });
    if (!found || !(await directory.channelOf(account)).features.drafts) return false;
    const { composition, updatedAt } = found;
    const where = await directory.of(account, composition.conversation).catch(unlessGone);
    const message = where && (await draftOut(store, composition, where, updatedAt));
    if (!message) return false;
    const txn = asTxnId(randomUUID());
    const identity = await supervisor
      .runner(account)
      .withSession(async ({ session }) => session.identify?.(message, txn));
    await store.command('outbox.enqueue', {
      account,
      txn,
      conversation: null,
      operation: { op: 'draft-save', draft, message, replaces: null, at: updatedAt },
      notBefore: clock.now(),
      ...(identity ? { identity } : {}),
    });
    outbox.nudge(account);
    return true;
  }
}

/** Its conversation is no longer here: then it stays here too, until it is changed. */
function unlessGone(error: unknown): undefined {
  if (error instanceof CallError) return undefined;
  throw error;
}
