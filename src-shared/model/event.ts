import { z } from 'zod';
import { BlobRef, ConversationKey, LabelKey, MessageKey, UserKey } from '../ids.ts';
import { SendLimitsPatch } from './limits.ts';
import { Content, Flags, IncomingMessage, Time } from './message.ts';

/**
 * What a network can tell about the world. Each event is idempotent and carries the time (or version) by which a later
 * one wins, so that any order, repetition or split of a history ends in the same database (docs/SPEC.md).
 */
export const conversationKinds = ['thread', 'direct', 'group', 'channel', 'support', 'feed'] as const;
export const ConversationPatch = z.object({
  kind: z.enum(conversationKinds).optional(),
  title: z.string().max(10_000).optional(),
  topic: z.string().max(100_000).optional(),
  /** What it is a part of, in words: a team, a server, a workspace. */
  parent: z.string().max(1024).optional(),
  /** Null: has none (any more). */
  avatar: BlobRef.nullable().optional(),
  /** Everyone in it, the account's own person left out. Replaces the former list. */
  members: z.array(UserKey).max(100_000).optional(),
  /** How many are in it, the account's own person among them; told where `members` may not be all of them. */
  memberCount: z.number().int().nonnegative().optional(),
  muted: z.boolean().optional(),
  archived: z.boolean().optional(),
  pinned: z.boolean().optional(),
  /** What this conversation can carry, where it differs from its channel. */
  limits: SendLimitsPatch.optional(),
});
export type ConversationPatch = z.infer<typeof ConversationPatch>;

export const UserPatch = z.object({
  name: z.string().max(1024).optional(),
  /** Null: has none (any more). */
  avatar: BlobRef.nullable().optional(),
  bot: z.boolean().optional(),
  /** Their account there is closed: nothing written to it reaches anybody. */
  gone: z.boolean().optional(),
  /** Ways to know this person again on another network: `mailto:`, `tel:` (E.164) or profile URIs. */
  addresses: z.array(z.string().max(2048)).max(100).optional(),
});
export type UserPatch = z.infer<typeof UserPatch>;

/** What a label is for, where the network says (RFC 6154 special use and its like elsewhere). */
const labelRoles = ['inbox', 'archive', 'sent', 'drafts', 'trash', 'spam', 'all', 'starred', 'important'] as const;
export const LabelRole = z.enum(labelRoles);
export type LabelRole = z.infer<typeof LabelRole>;
export const LabelPatch = z.object({
  name: z.string().max(1024).optional(),
  /** `folder`: moving out of one usually means into another. `label`: any number at once. `keyword`: a label by bare name. */
  kind: z.enum(['folder', 'label', 'keyword']).optional(),
  role: LabelRole.nullable().optional(),
  colour: z.string().max(32).optional(),
  /** False once the network no longer has it: every placement under it ends. */
  exists: z.boolean().optional(),
});
export type LabelPatch = z.infer<typeof LabelPatch>;

export const ChannelEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: IncomingMessage }),
  z.object({
    type: z.literal('edited'),
    target: MessageKey,
    content: Content,
    at: Time,
    version: z.number().int().positive(),
    /** Not to be seen as an edit: what changed is beside the words, as buttons and votes are. */
    quiet: z.boolean().optional(),
  }),
  z.object({ type: z.literal('removed'), target: MessageKey, at: Time }),
  z.object({
    type: z.literal('reaction'),
    target: MessageKey,
    by: UserKey.or(z.literal('me')),
    emoji: z.string().max(256),
    on: z.boolean(),
    at: Time,
  }),
  /**
   * How many reacted with what, where the network counts more than it names. Whole: an emoji that is not in it has no reaction.
   * `mine`: which of them are the account's own; absent where this telling does not say. Changes named after it are told in a
   * new count too.
   */
  z.object({
    type: z.literal('reaction-counts'),
    target: MessageKey,
    counts: z.array(z.object({ emoji: z.string().max(256), count: z.number().int().positive() })).max(1000),
    mine: z.array(z.string().max(256)).max(1000).optional(),
    at: Time,
  }),
  /** `by` has seen (or its device has received) everything up to and including `upTo`. */
  z.object({
    type: z.literal('receipt'),
    receipt: z.enum(['delivered', 'read']),
    by: UserKey.or(z.literal('me')),
    upTo: MessageKey,
    at: Time,
  }),
  z.object({ type: z.literal('flags'), target: MessageKey, flags: Flags, at: Time }),
  /** `on: false` with a `ref` ends that one placement; without, every placement of the message under the label. */
  z.object({
    type: z.literal('placed'),
    target: MessageKey,
    label: LabelKey,
    ref: z.string().max(256).optional(),
    on: z.boolean(),
    at: Time,
  }),
  z.object({ type: z.literal('label'), key: LabelKey, patch: LabelPatch, at: Time }),
  z.object({ type: z.literal('conversation'), key: ConversationKey, patch: ConversationPatch, at: Time }),
  z.object({ type: z.literal('user'), key: UserKey, patch: UserPatch, at: Time }),
  /** Never stored; passed on to the windows. */
  z.object({
    type: z.literal('typing'),
    conversation: ConversationKey,
    by: UserKey,
    ttlMs: z.number().int().nonnegative(),
  }),
  z.object({
    type: z.literal('presence'),
    by: UserKey,
    state: z.enum(['online', 'away', 'busy', 'offline']),
    until: Time.optional(),
  }),
  /** There is history to fetch: opens a durable backfill task, or does nothing when the scope has one. */
  z.object({
    type: z.literal('history'),
    scope: z.string().max(2048),
    title: z.string().max(1024).optional(),
    total: z.number().int().nonnegative().optional(),
  }),
  /** Something may have been missed in the scope: its backfill task starts anew. */
  z.object({ type: z.literal('gap'), scope: z.string().max(2048) }),
]);
export type ChannelEvent = z.infer<typeof ChannelEvent>;
export type EventOf<T extends ChannelEvent['type']> = Extract<ChannelEvent, { type: T }>;
