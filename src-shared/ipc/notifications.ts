/** The notification centre. */
import { z } from 'zod';
import { ConversationId, MessageId } from '../model/index.ts';
import { call, limit } from './call.ts';
import type { ConversationRow } from './inbox.ts';

/** What is unheard of one conversation. Times are Unix ms. */
export interface NotificationGroup {
  readonly conversation: ConversationRow;
  /** The newest few, oldest first. */
  readonly messages: readonly {
    readonly message: MessageId;
    readonly at: number;
    readonly author: string;
    readonly preview: string;
  }[];
  readonly count: number;
  readonly lastAt: number;
}

export interface NotificationsView {
  readonly groups: readonly NotificationGroup[];
  /** All of them, listed or not. */
  readonly conversations: number;
  readonly messages: number;
}

export const notificationCalls = {
  /** What the person was to be told of and has neither read nor put away, by conversation, the newest first. */
  'notifications.list': call(z.object({ limit })).returns<NotificationsView>(),
  /** Puts notices away; the messages stay unread. Neither named: all of them. */
  'notifications.clear': call(
    z.object({
      conversations: z.array(ConversationId).max(10_000).optional(),
      messages: z.array(MessageId).max(10_000).optional(),
    }),
  ).returns<null>(),
};
