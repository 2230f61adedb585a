/** One conversation: who is in it and what was said, a stretch at a time. */
import { z } from 'zod';
import type { FeatureName } from '../channel.ts';
import {
  AccountId,
  ConversationId,
  type ConversationKey,
  MessageId,
  type SendLimits,
  Time,
  UserKey,
} from '../model/index.ts';
import { call, limit } from './call.ts';
import type { ConversationRow } from './inbox.ts';
import type { MessageView } from './messages.ts';
import type { PersonRef } from './person-ref.ts';

export interface ConversationView extends ConversationRow {
  readonly key: ConversationKey;
  readonly topic: string | null;
  readonly members: readonly PersonRef[];
  /** How many are in it, where the network says so because they are more than it named. */
  readonly memberCount?: number;
  readonly limits: SendLimits;
  readonly readOnly: string | null;
  readonly features: readonly FeatureName[];
  readonly firstUnread: MessageId | null;
  /** Who is there now, of those the network tells of. */
  readonly presence?: readonly PresenceView[];
}
export type PresenceState = 'online' | 'away' | 'busy' | 'offline';

/** Somebody's presence on the network of one account. */
export interface PresenceView {
  readonly account: AccountId;
  readonly key: UserKey;
  readonly state: PresenceState;
  /** From then on nobody knows any more, Unix ms. */
  readonly until?: number;
}
export interface MessagePage {
  readonly messages: readonly MessageView[];
  /** Cursors towards the past and the future; absent at that end. */
  readonly older?: string;
  readonly newer?: string;
  /** Scopes of this conversation whose history is still on its way. */
  readonly incomplete: boolean;
}

/** Some of those in a conversation, as its network tells them now. */
export interface MembersView {
  readonly people: readonly PersonRef[];
  /** Where to go on; absent at the end. */
  readonly next?: string;
  /** How many there are whom was asked for. */
  readonly total: number;
}

/** What a thread began with, if that is here, and its replies, oldest first. */
export interface ThreadPage {
  readonly root: MessageView | null;
  readonly replies: readonly MessageView[];
  /** There are earlier replies than these. */
  readonly earlier: boolean;
}

export const conversationCalls = {
  'conversation.get': call(z.object({ conversation: ConversationId })).returns<ConversationView | null>(),
  /**
   * Around a message, or around the first one not before a time, or from a cursor, or the newest when none is given.
   * Messages oldest first.
   */
  'conversation.page': call(
    z.object({
      conversation: ConversationId,
      around: MessageId.optional(),
      at: Time.optional(),
      cursor: z.string().optional(),
      limit,
    }),
  ).returns<MessagePage>(),
  /** The thread a message begins or answers in: what it began with, and the newest replies, or those before one. */
  'conversation.thread': call(
    z.object({ message: MessageId, before: MessageId.optional(), limit }),
  ).returns<ThreadPage | null>(),
  /** What is kept at hand, the newest first. */
  'conversation.pins': call(z.object({ conversation: ConversationId })).returns<readonly MessageView[]>(),
  /**
   * Who is in it by a part of their name, all where it is empty, asked of the network: for conversations of more people than
   * `conversation.get` names. Null where the network is not one to be asked. The account must be online.
   */
  'conversation.members': call(
    z.object({
      conversation: ConversationId,
      text: z.string().trim().max(200).default(''),
      cursor: z.string().optional(),
    }),
  ).returns<MembersView | null>(),
  /**
   * A conversation with these people on the network of an account: the one there is, or a new one. With a title it is a
   * new group. The account must be online.
   */
  'conversation.create': call(
    z.object({
      account: AccountId,
      title: z.string().trim().max(200).default(''),
      members: z.array(UserKey).min(1).max(200),
    }),
  ).returns<{ conversation: ConversationId }>(),
};
