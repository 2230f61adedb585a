/** Lists of conversations. */
import { z } from 'zod';
import { AccountId, ConversationId, type conversationKinds, LabelId, PersonId, Time } from '../model/index.ts';
import { call, limit } from './call.ts';
import type { PersonRef } from './person-ref.ts';

/** Lists there are whatever the accounts; the store's `model.ts` has what belongs to each. */
export const systemViews = [
  'inbox',
  'unread',
  'starred',
  'snoozed',
  'sent',
  'drafts',
  'done',
  'spam',
  'trash',
  'all',
] as const;
export type SystemView = (typeof systemViews)[number];

/** Which conversations; all that is named must hold. Without a view: all, or whatever stands under the label or person. */
export const ListFilter = z.object({
  view: z.enum(systemViews).optional(),
  account: AccountId.optional(),
  channel: z.string().optional(),
  label: LabelId.optional(),
  person: PersonId.optional(),
  unread: z.boolean().optional(),
  hasAttachment: z.boolean().optional(),
  starred: z.boolean().optional(),
});
export type ListFilter = z.infer<typeof ListFilter>;

/** A page of such a list. */
export const ListQuery = ListFilter.extend({
  /** `unread`: what is unread first, then the rest, each newest first. */
  sort: z.enum(['newest', 'oldest', 'unread']).default('newest'),
  cursor: z.string().optional(),
  /** The rows before the cursor rather than after it, in the list's own order all the same. */
  back: z.boolean().optional(),
  /** Rows to skip, without a cursor: where a scroll bar was dragged to. */
  offset: z.number().int().nonnegative().optional(),
  /** Only those of these that belong here. */
  only: z.array(ConversationId).max(1000).optional(),
  limit,
});
export type ListQuery = z.infer<typeof ListQuery>;

export type ConversationKind = (typeof conversationKinds)[number];
/** A conversation, as a line of a list. Times are Unix ms. */
export interface ConversationRow {
  readonly id: ConversationId;
  readonly account: AccountId;
  readonly channel: string;
  readonly kind: ConversationKind;
  /** Title or subject; empty where there is none, then `people` is what to show. */
  readonly title: string;
  /** What it is part of, by name: a team, a workspace. */
  readonly parent: string | null;
  /** Others in it, the last to write first, at most four; `peopleCount` is all of them. */
  readonly people: readonly PersonRef[];
  readonly peopleCount: number;
  readonly preview: string;
  /** Of the newest message. */
  readonly lastAt: number;
  readonly lastFromMe: boolean;
  readonly messages: number;
  readonly unread: number;
  readonly starred: boolean;
  readonly muted: boolean;
  readonly pinned: boolean;
  readonly inInbox: boolean;
  readonly snoozedUntil: number | null;
  readonly hasAttachment: boolean;
  readonly hasDraft: boolean;
  /** Something in it could not be sent. */
  readonly hasFailed: boolean;
  readonly labels: readonly LabelId[];
}
export interface ConversationPage {
  readonly rows: readonly ConversationRow[];
  /** Hand it back for the next page; absent at the end. */
  readonly next?: string;
  /** With `back`: the page before; absent at the beginning. */
  readonly previous?: string;
}

/** What the rail shows beside its entries. */
export interface Counts {
  /** Unread conversations per view; all of them for what is kept to come back to: `starred`, `snoozed`, `drafts`. */
  readonly views: Readonly<Partial<Record<SystemView, number>>>;
  readonly accounts: readonly { readonly id: AccountId; readonly unread: number }[];
  /** Operations that failed for good and were not put away. */
  readonly failed: number;
}

export const inboxCalls = {
  'inbox.page': call(ListQuery).returns<ConversationPage>(),
  /** How many conversations a filter lets through. */
  'inbox.total': call(ListFilter).returns<{ total: number }>(),
  /** How many of them are newer than a time: where, newest first, the first one of that time or before stands. */
  'inbox.newer': call(ListFilter.extend({ than: Time })).returns<{ count: number }>(),
  /** `reading`: a conversation before the person's eyes, whose messages count as read although that is only now being told. */
  'inbox.counts': call(z.object({ reading: ConversationId.optional() })).returns<Counts>(),
};
