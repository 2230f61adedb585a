import { ChannelError, type Clock, type Log } from '../../../src-shared/channel.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { BackfillTask, Store } from '../../store/api.ts';
import type { Ingest } from '../ingest/index.ts';
import { type Live, operationOf } from '../supervisor/index.ts';
import { type Backoff, delayAfter } from '../time/backoff.ts';
import { Nudge } from '../time/nudge.ts';

/** Messages asked for at once: enough to be quick, few enough that live events never wait long for the writer. */
const pageSize = 200;
const afterTrouble: Backoff = { first: 5000, longest: 1_800_000 };

/** Fetches history by the durable tasks, newest first, one page at a time for each account while it is online. */
export class Backfill {
  readonly #store: Store;
  readonly #ingest: Ingest;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #nudges = new Map<AccountId, Nudge>();

  constructor(options: { store: Store; ingest: Ingest; clock: Clock; log: Log }) {
    this.#store = options.store;
    this.#ingest = options.ingest;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** There may be a new task. */
  nudge(account: AccountId): void {
    this.#nudges.get(account)?.give();
  }

  /** Works until the session is over; never rejects. */
  async attend(live: Live): Promise<void> {
    const backfill = operationOf(live, 'backfill');
    if (!backfill) return;
    const account = live.account.id;
    const nudge = new Nudge(this.#clock);
    this.#nudges.set(account, nudge);
    while (!live.over.aborted) {
      let waitUntil: number;
      try {
        const { task, nextAt } = await this.#store.query('backfill.next', { account, now: this.#clock.now() });
        if (live.over.aborted) return;
        waitUntil = task ? await this.#page(live, backfill.fetch, task) : (nextAt ?? Number.POSITIVE_INFINITY);
      } catch (error) {
        this.#log.error('A page of history could not be stored', { account, error });
        waitUntil = this.#clock.now() + delayAfter(3, afterTrouble, this.#clock);
      }
      if (waitUntil > this.#clock.now()) await nudge.wait(waitUntil, live.over);
    }
  }

  /** Fetches and stores one page; answers when to look for the next, Unix ms. */
  async #page(
    live: Live,
    fetch: NonNullable<Live['session']['backfill']>['fetch'],
    task: BackfillTask,
  ): Promise<number> {
    const { scope } = task;
    const account = live.account.id;
    let page: Awaited<ReturnType<typeof fetch>>;
    try {
      page = await fetch({ scope, cursor: task.cursor ?? undefined, limit: pageSize, signal: live.over });
    } catch (error) {
      if (live.over.aborted) return 0;
      const asked = error instanceof ChannelError ? error.retryAfterMs : undefined;
      const wait = Math.max(asked ?? 0, delayAfter(task.tries, afterTrouble, this.#clock));
      this.#log.warn('A page of history could not be fetched', { account, scope, error });
      await this.#store.command('backfill.postpone', { account, scope, notBefore: this.#clock.now() + wait });
      return 0;
    }
    if (live.over.aborted) return 0;
    const notBefore = this.#clock.now() + (page.waitMs ?? 0);
    await this.#ingest.apply(
      account,
      { events: page.events, origin: 'history' },
      {
        task: {
          scope,
          cursor: page.next ?? null,
          finished: page.next === undefined,
          done: page.done,
          total: page.total ?? task.total,
          notBefore,
        },
      },
    );
    return notBefore;
  }
}
