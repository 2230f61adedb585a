import { ChannelError, type Clock, type Log, type Outcome, type SendOptions } from '../../../src-shared/channel.ts';
import type { AccountId, BlobRef, ConversationId, MessageKey, OutboxId } from '../../../src-shared/model/index.ts';
import type { Operation, OutboxRow, Settlement, Store, Track } from '../../store/api.ts';
import { sortEvents } from '../ingest/index.ts';
import type { Live } from '../supervisor/index.ts';
import { Nudge } from '../time/nudge.ts';
import { pause, settlesWithin } from '../time/sleep.ts';
import { Claims } from './claims.ts';
import { type Failure, failureOf, notLooked, sentSettlement, settlementOf, stillUnknown } from './outcome.ts';
import { perform } from './perform.ts';

/** An operation that neither ends nor heeds its signal is given up this long after the signal, ms. */
const heedWithin = 5000;
/** No single operation may hold up those behind it for longer, ms: a large mail over a slow line; a server thinking it over. */
const longest: Readonly<Record<Track, number>> = { change: 300_000, message: 900_000, bulk: 3_600_000 };
/** After a failure of the store itself, ms. */
const againAfter = 5000;

const settleTries = 60;
const settleEvery = 5000;
/** How long an echo may take after a new session began, ms. */
const echoWithin = 60_000;

export interface OutboxOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Bytes of an outgoing part: an upload, or an attachment of the message forwarded. */
  readonly openBlob: (account: AccountId, ref: BlobRef, of: MessageKey | undefined) => Promise<Uint8Array>;
  readonly archive: (conversation: ConversationId) => Promise<void>;
}
type Send = Extract<Operation, { op: 'send' }>;

/** Works off each account's queue while it is online: its tracks side by side, one row after the other on each. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #nudges = new Map<AccountId, Nudge>();
  /** What became of tries and could not be stored before their session ended. Without it they would stand as under way for ever. */
  readonly #unsettled = new Map<OutboxId, { readonly account: AccountId; readonly settlement: Settlement }>();
  readonly #claims: Claims;
  /** By account, over all its sessions: what may still have a try in its hands. */
  readonly #attending = new Map<AccountId, Set<Promise<void>>>();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#claims = new Claims(options.store);
  }

  /** There may be something to do. */
  nudge(account: AccountId): void {
    this.#nudges.get(account)?.give();
  }

  /** Works until the session is over; never rejects. */
  async attend(live: Live): Promise<void> {
    const account = live.account.id;
    const works = this.#attending.get(account) ?? new Set();
    this.#attending.set(account, works);
    const work = this.#attend(live);
    works.add(work);
    await work;
    works.delete(work);
  }

  /**
   * An account goes whose session is over: resolves once no try of it is under way and what became of each is stored, if it
   * can be; within little more than 5 s.
   */
  async leave(account: AccountId): Promise<void> {
    await Promise.all(this.#attending.get(account) ?? []);
    await this.#settleLate(account);
  }

  /** The account has gone, with all that waited. */
  forget(account: AccountId): void {
    this.#attending.delete(account);
    this.#nudges.delete(account);
    this.#claims.forget(account);
    for (const [outbox, unsettled] of this.#unsettled)
      if (unsettled.account === account) this.#unsettled.delete(outbox);
  }

  async #attend(live: Live): Promise<void> {
    const { clock, log } = this.#options;
    const account = live.account.id;
    const nudge = new Nudge(clock);
    this.#nudges.set(account, nudge);
    const busy = new Map<Track, Promise<void>>();
    let begun = false;
    while (!live.over.aborted) {
      try {
        if (!begun) await this.#missEchoes(live);
        begun = true;
        const late = await this.#settleLate(account);
        const { row, track, nextAt } = await this.#claims.next(account, clock.now(), [...busy.keys()]);
        if (row && track) {
          const work = this.#attempt(live, row, track)
            .catch(async (error: unknown) => {
              log.error('The outbox stumbled', { account, error });
              await pause(clock, againAfter, live.over);
            })
            .finally(() => {
              busy.delete(track);
              nudge.give();
            });
          busy.set(track, work);
        } else {
          const again = late ? clock.now() + settleEvery : Number.POSITIVE_INFINITY;
          await nudge.wait(Math.min(nextAt ?? Number.POSITIVE_INFINITY, again), live.over);
        }
      } catch (error) {
        log.error('The outbox stumbled', { account, error });
        await nudge.wait(clock.now() + againAfter, live.over);
      }
    }
    await Promise.all(busy.values());
  }

  /**
   * An echo that a former session was to bring may have come while nobody listened. It has a minute to come with the
   * catching up; then its message counts as of unknown fate, and is looked for.
   */
  async #missEchoes(live: Live): Promise<void> {
    const { store, clock } = this.#options;
    for (const row of await store.query('outbox', {})) {
      if (row.account !== live.account.id || row.state !== 'awaiting-echo') continue;
      const error = { code: 'no-echo', message: 'It was accepted, but has not come back yet.' };
      const settlement = { as: 'unknown' as const, notBefore: clock.now() + echoWithin, error };
      await store.command('outbox.settle', { outbox: row.id, settlement });
    }
  }

  async #attempt(live: Live, row: OutboxRow, track: Track): Promise<void> {
    const { log } = this.#options;
    const { operation } = row;
    const settlement = await this.#bounded(live, row, longest[track], (signal) =>
      operation.op === 'send' ? this.#send(live, row, operation, signal) : this.#perform(live, row, operation, signal),
    );
    log.debug('Outbox', { outbox: row.id, op: operation.op, as: settlement.as, tries: row.tries });
    if (settlement.as === 'sent' && operation.op === 'send' && operation.archive)
      await this.#putAway(row).catch((error: unknown) =>
        // The message is sent; that its conversation stays in the inbox can be seen and put right.
        log.warn('A conversation could not be put away after sending', { outbox: row.id, error }),
      );
    await this.#settle(live, row, settlement);
    // The next session has begun meanwhile and found this row taken: it is free now.
    if (live.over.aborted) this.nudge(live.account.id);
  }

  /** Its conversation may be part of another by now. */
  async #putAway({ id }: OutboxRow): Promise<void> {
    const now = await this.#options.store.query('outbox.get', { outbox: id });
    if (now && now.conversation !== null) await this.#options.archive(now.conversation);
  }

  /** What became of a try must not be lost to a disk that is full for a moment: it would be looked for, or sent, again. */
  async #settle(live: Live, row: OutboxRow, settlement: Settlement): Promise<void> {
    const { store, clock, log } = this.#options;
    const checked =
      settlement.as === 'sent' ? { ...settlement, events: sortEvents(settlement.events, log).events } : settlement;
    for (let tries = 1; ; tries++) {
      try {
        await store.command('outbox.settle', { outbox: row.id, settlement: checked });
        this.#claims.letGo(row.id);
        return;
      } catch (error) {
        log.warn('The end of a try could not be stored yet', { outbox: row.id, error });
        if (tries >= settleTries || live.over.aborted) {
          this.#unsettled.set(row.id, { account: live.account.id, settlement: checked });
          return;
        }
        await pause(clock, settleEvery, live.over);
      }
    }
  }

  /** Stores what could not be stored before; answers whether something is left. */
  async #settleLate(account: AccountId): Promise<boolean> {
    let left = false;
    for (const [outbox, { account: of, settlement }] of this.#unsettled) {
      if (of !== account) continue;
      try {
        await this.#options.store.command('outbox.settle', { outbox, settlement });
        this.#unsettled.delete(outbox);
        this.#claims.letGo(outbox);
      } catch (error) {
        left = true;
        this.#options.log.warn('The end of a try could not be stored yet', { outbox, error });
      }
    }
    return left;
  }

  /** Runs a try with a signal, and answers even when the adapter never does. */
  async #bounded(
    live: Live,
    row: OutboxRow,
    within: number,
    run: (signal: AbortSignal) => Promise<Settlement>,
  ): Promise<Settlement> {
    const { clock } = this.#options;
    const limit = new AbortController();
    const signal = AbortSignal.any([live.over, limit.signal]);
    const work = run(signal);
    const ended = new AbortController();
    const given = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    void clock.sleep(within, ended.signal).then(
      () => limit.abort(),
      () => undefined, // ended in time
    );
    await Promise.race([work.catch(() => undefined), given]);
    ended.abort();
    if (signal.aborted && !(await settlesWithin(clock, work, heedWithin))) {
      const blind = row.operation.op === 'send' ? 'unknown' : 'not-done';
      const late = new ChannelError('timeout', blind, 'It took too long.');
      return settlementOf(row, failureOf(late, blind, signal), clock);
    }
    return work;
  }

  async #perform(
    live: Live,
    row: OutboxRow,
    operation: Exclude<Operation, Send>,
    signal: AbortSignal,
  ): Promise<Settlement> {
    try {
      const of = operation.op === 'draft-save' ? operation.message.forwards : undefined;
      const open = (ref: BlobRef) => this.#options.openBlob(live.account.id, ref, of);
      const {
        events,
        key = null,
        elsewhere = false,
      } = await perform(live, operation, {
        txn: row.txn,
        signal,
        open,
        now: () => this.#options.clock.now(),
      });
      return { as: 'sent', key, at: null, order: null, events, elsewhere };
    } catch (error) {
      const failure = this.#failure(error, 'not-done', signal);
      const outcome = failure.outcome === 'unknown' ? 'not-done' : failure.outcome;
      return settlementOf(row, { ...failure, outcome }, this.#options.clock);
    }
  }

  /** O: an unknown outcome is looked into before anything is sent again. */
  async #send(live: Live, row: OutboxRow, operation: Send, signal: AbortSignal): Promise<Settlement> {
    const { clock, log } = this.#options;
    const options = this.#sendOptions(live, row, operation, signal);
    try {
      if (row.state === 'unknown' && !live.channel.send.idempotent) {
        if (!live.session.reconcile)
          return stillUnknown(
            { ...row, tries: Number.POSITIVE_INFINITY },
            'This channel cannot tell whether it arrived.',
            clock,
          );
        const found = await live.session.reconcile(operation.message, options);
        log.info('Reconciled', { outbox: row.id, is: found.is });
        if (found.is === 'undecided') return stillUnknown(row, found.why, clock, found.againInMs);
        if (found.is === 'sent') return sentSettlement(found.result);
      }
    } catch (error) {
      // Looking failed: whether it arrived is as unknown as before.
      return notLooked(row, this.#failure(error, 'unknown', signal), clock, live.over.aborted);
    }
    try {
      return sentSettlement(await live.session.send(operation.message, options));
    } catch (error) {
      return settlementOf(row, this.#failure(error, 'unknown', signal), clock);
    }
  }

  #failure(error: unknown, blind: Outcome, signal: AbortSignal): Failure {
    const failure = failureOf(error, blind, signal);
    if (failure.broke) this.#options.log.error('An operation broke', { error });
    return failure;
  }

  #sendOptions(live: Live, row: OutboxRow, operation: Send, signal: AbortSignal): SendOptions {
    const { store, log } = this.#options;
    return {
      txn: row.txn,
      signal,
      stage: row.stage ?? undefined,
      reached: async (stage) => {
        await store.command('outbox.stage', { outbox: row.id, stage });
      },
      open: (ref) => this.#options.openBlob(live.account.id, ref, operation.message.forwards),
      progress: (sentBytes, totalBytes) => log.debug('Sending', { outbox: row.id, sentBytes, totalBytes }),
    };
  }
}
