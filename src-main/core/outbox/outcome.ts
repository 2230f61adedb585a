import { ChannelError, type Clock, type Outcome, type SendResult } from '../../../src-shared/channel.ts';
import type { OutboxRow, Settlement } from '../../store/api.ts';
import { never } from '../../store/model.ts';
import { type Backoff, delayAfter } from '../time/backoff.ts';

const retry: Backoff = { first: 5000, longest: 1_800_000 };
/**
 * Tries until a row is given up. With pauses growing to half an hour this is about five days, as RFC 5321 section
 * 4.5.4.1 asks of a mail queue.
 */
const mostTries = 250;
/** A change of state is given up within a day and taken back here: it holds up those made after it. */
const mostStateTries = 24;
/** An adapter that breaks rather than reports is not asked for days. */
const mostBreaks = 8;
/** Looking for a message whose fate is unknown is repeated this often, then left for the person to settle. */
const mostReconciles = 6;
/** However soon a channel wants to look again, ms. */
const leastWait = 1000;

export interface Failure {
  readonly outcome: Outcome;
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs: number;
  /** The adapter threw something else than a `ChannelError`, unasked. */
  readonly broke: boolean;
}

/** What a throw means. `blind`: what the outcome is when the adapter did not say. */
export function failureOf(error: unknown, blind: Outcome, signal: AbortSignal): Failure {
  if (error instanceof ChannelError) {
    const { outcome, code, message, retryAfterMs = 0 } = error;
    return { outcome, code, message, retryAfterMs, broke: false };
  }
  if (signal.aborted)
    return { outcome: blind, code: 'interrupted', message: 'The connection ended.', retryAfterMs: 0, broke: false };
  return { outcome: blind, code: 'internal', message: 'The channel failed inside.', retryAfterMs: 0, broke: true };
}

/** How the outbox goes on after a failed try; `outcome` alone decides (docs/SPEC.md, rules O-*). */
export function settlementOf(row: OutboxRow, failure: Failure, clock: Clock): Settlement {
  const error = { code: failure.code, message: failure.message };
  if (failure.outcome === 'refused') return { as: 'failed', error };
  const most = failure.broke ? mostBreaks : row.operation.op === 'send' ? mostTries : mostStateTries;
  if (row.tries >= most) return { as: 'failed', error };
  const wait = Math.max(failure.retryAfterMs, delayAfter(Math.max(0, row.tries - 1), retry, clock));
  const notBefore = clock.now() + wait;
  return failure.outcome === 'unknown' ? { as: 'unknown', notBefore, error } : { as: 'retry', notBefore, error };
}

/** After looking for it in vain: look again later, where the channel knows when (`againInMs`) just then; then leave it as it is. */
export function stillUnknown(row: OutboxRow, why: string, clock: Clock, againInMs?: number): Settlement {
  const error = { code: 'unknown', message: why };
  const wait = againInMs === undefined ? delayAfter(row.tries, retry, clock) : Math.max(leastWait, againInMs);
  const notBefore = row.tries >= mostReconciles ? never : clock.now() + wait;
  return { as: 'unknown', notBefore, error };
}

/**
 * It could not be looked for. A network that could not be asked has not said that it does not know, so it is asked for as
 * long as a message is tried; and a look that ended with its session was none, so the next session begins with it.
 */
export function notLooked(row: OutboxRow, failure: Failure, clock: Clock, ended: boolean): Settlement {
  const error = { code: 'unknown', message: failure.message };
  if (ended) return { as: 'unknown', notBefore: clock.now(), error, uncounted: true };
  if (failure.outcome === 'refused' || failure.broke) return stillUnknown(row, failure.message, clock);
  const wait = Math.max(failure.retryAfterMs, delayAfter(row.tries, retry, clock));
  return { as: 'unknown', notBefore: row.tries >= mostTries ? never : clock.now() + wait, error };
}

export function sentSettlement(result: SendResult): Settlement {
  if (result.is === 'await-echo') return { as: 'awaiting-echo' };
  return {
    as: 'sent',
    key: result.key,
    at: result.at,
    order: result.order ?? null,
    events: result.events ?? [],
  };
}
