/** What is on its way out. */
import { z } from 'zod';
import { type AccountId, type ConversationId, type DraftId, type MessageId, OutboxId } from '../model/index.ts';
import { call, none } from './call.ts';

export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'awaiting-echo'
  | 'delivered'
  | 'read'
  | 'unknown'
  | 'failed'
  | 'cancelled';
/** How far something is on its way. Times are Unix ms. */
export interface Delivery {
  readonly outbox: OutboxId | null;
  readonly state: DeliveryState;
  /** For the person, once it failed or while it is tried again. */
  readonly error: string | null;
  /** Until then it can be called off. */
  readonly notBefore: number | null;
  /** When it is tried next. */
  readonly retryAt: number | null;
}
/** One operation of the outbox. */
export interface OutboxView {
  readonly id: OutboxId;
  /** The operation: `send`, `flag`, `label`, `draft-save` ... */
  readonly kind: string;
  readonly account: AccountId;
  readonly conversation: ConversationId | null;
  readonly message: MessageId | null;
  readonly title: string;
  readonly delivery: Delivery;
  /** Unix ms. */
  readonly createdAt: number;
}

export const outboxCalls = {
  'outbox.list': call(none).returns<readonly OutboxView[]>(),
  /** Undo send: works until the first byte leaves; answers whether it did, with the draft brought back. */
  'outbox.cancel': call(z.object({ outbox: OutboxId })).returns<{ cancelled: boolean; draft: DraftId | null }>(),
  /** At once, whatever pause it was in. */
  'outbox.retry': call(z.object({ outbox: OutboxId })).returns<null>(),
  /** The person settles an unknown outcome: it was sent after all. */
  'outbox.settle': call(z.object({ outbox: OutboxId, as: z.enum(['sent', 'failed']) })).returns<null>(),
};
