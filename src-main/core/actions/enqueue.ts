import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src-shared/channel.ts';
import { type AccountId, asTxnId, type ChannelEvent, type ConversationId } from '../../../src-shared/model/index.ts';
import type { Operation, Store, TargetRow } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import type { Ingest } from '../ingest/index.ts';
import { type Outbox, put } from '../outbox/index.ts';
import type { Supervisor } from '../supervisor/index.ts';
import type { Share, Target } from './selection.ts';

export interface ActionOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ingest: Ingest;
  readonly directory: Directory;
  readonly supervisor: Supervisor;
  readonly outbox: Outbox;
}

/** One command of a network takes so many messages at a time; more become several operations. */
const mostTargets = 500;

/** Shows the change at once and puts the work into the outbox. */
export async function enqueue(
  options: ActionOptions,
  account: AccountId,
  conversation: ConversationId | null,
  operation: Operation,
): Promise<void> {
  await put(options.store, {
    account,
    txn: asTxnId(randomUUID()),
    conversation,
    operation,
    notBefore: options.clock.now(),
  });
  options.outbox.nudge(account);
}

/** The same operation over many messages, in bites; within one conversation it keeps that conversation's order. */
export async function enqueueTargets(
  options: ActionOptions,
  account: AccountId,
  targets: readonly Target[],
  make: (targets: readonly TargetRow[]) => Operation,
): Promise<void> {
  for (let from = 0; from < targets.length; from += mostTargets) {
    const bite = targets.slice(from, from + mostTargets);
    const first = bite[0]?.conversationId ?? null;
    const conversation = bite.every((target) => target.conversationId === first) ? first : null;
    await enqueue(options, account, conversation, make(bite.map(bare)));
  }
}
/** The outbox keeps what it needs, not all that was asked for. */
export const bare = ({ id, key, conversation }: Target): TargetRow => ({ id, key, conversation });

/** What no network is told: applied to the database as if one had said it. */
export async function applyHere(
  options: ActionOptions,
  share: Pick<Share, 'account'>,
  events: readonly ChannelEvent[],
): Promise<void> {
  if (events.length > 0) await options.ingest.apply(share.account, { events, origin: 'history' });
}
