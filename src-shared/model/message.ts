import { z } from 'zod';
import { ConversationKey, LabelKey, MessageKey, TxnId, UserKey } from '../ids.ts';
import { Part } from './part.ts';

/** Unix time in milliseconds. */
export const Time = z.number().int().nonnegative();

/** Who wrote a message. `name` is the name this one message carries, where the network lets it differ from the person's. */
export const Author = z.discriminatedUnion('is', [
  z.object({ is: z.literal('user'), key: UserKey, name: z.string().max(1024).optional() }),
  /** The account's own person, on this device or another; `key` tells which of several addresses. */
  z.object({ is: z.literal('me'), key: UserKey.optional(), name: z.string().max(1024).optional() }),
  z.object({ is: z.literal('system') }),
]);
export type Author = z.infer<typeof Author>;

export const Recipient = z.object({
  role: z.enum(['to', 'cc', 'bcc', 'reply-to']),
  key: UserKey,
  name: z.string().max(1024).optional(),
});
export type Recipient = z.infer<typeof Recipient>;

export const Mention = z.object({ key: UserKey, name: z.string().optional(), me: z.boolean().optional() });
export type Mention = z.infer<typeof Mention>;

/** A message's place under a label, with the network's own reference for it there (IMAP: "uidvalidity:uid"). */
export const Placement = z.object({ label: LabelKey, ref: z.string().max(256).optional() });
export type Placement = z.infer<typeof Placement>;

export const Flags = z.object({
  read: z.boolean().optional(),
  starred: z.boolean().optional(),
  answered: z.boolean().optional(),
  forwarded: z.boolean().optional(),
  /** Not yet sent: a draft that lives on the network. */
  draft: z.boolean().optional(),
  important: z.boolean().optional(),
  /** Kept at hand for everybody in the conversation. */
  pinned: z.boolean().optional(),
});
export type Flags = z.infer<typeof Flags>;
export type FlagName = keyof Flags;

/** What people wrote, without who, when and where. */
export const Content = z.object({
  subject: z.string().max(10_000).optional(),
  parts: z.array(Part).max(1000),
  mentions: z.array(Mention).max(10_000).optional(),
});
export type Content = z.infer<typeof Content>;

/**
 * A message as an adapter hands it in: new, or met again (ingest upserts on (account, key)).
 *
 * It belongs to a conversation in one of two ways. Networks that have conversations name theirs in `conversation`.
 * Mail has none: there `links` lists every identifier the message is or refers to (RFC 5322 Message-ID, References,
 * In-Reply-To), own identifier first, and messages that share any link, however indirectly, are one conversation.
 */
export const IncomingMessage = Content.extend({
  key: MessageKey,
  conversation: ConversationKey.optional(),
  links: z.array(z.string().max(2048)).max(2000).optional(),
  from: Author,
  at: Time,
  /** The network's own order within the conversation, compared as text; absent where time is all there is. */
  order: z.string().max(256).optional(),
  /** Set on the echo of something this client sent, so that it meets its outbox row. */
  txn: TxnId.optional(),
  recipients: z.array(Recipient).max(10_000).optional(),
  replyTo: MessageKey.optional(),
  threadRoot: MessageKey.optional(),
  forwardedFrom: z.object({ name: z.string(), at: Time.optional() }).optional(),
  placements: z.array(Placement).max(1000).optional(),
  flags: Flags.optional(),
  /** When `flags` and `placements` were true on the network, Unix ms (default: `at`). A later state wins over an earlier. */
  observedAt: Time.optional(),
  /** Grows with each edit on the network; 0 or absent for the first text. */
  version: z.number().int().nonnegative().optional(),
  editedAt: Time.optional(),
  /** Everything the model has no word for, JSON; never shown unasked, never lost. */
  raw: z.record(z.string(), z.unknown()).optional(),
  /** The message exactly as it stood in an archive (RFC 5322 bytes); kept compressed, serves attachments and export. */
  source: z.instanceof(Uint8Array).optional(),
}).refine((m) => m.conversation !== undefined || (m.links?.length ?? 0) > 0, 'a message needs a conversation or links');
export type IncomingMessage = z.infer<typeof IncomingMessage>;

/** A message on its way out: what the composer made, after degradation to the channel's limits. */
export const OutgoingMessage = Content.extend({
  /** Absent when it opens a new conversation with `recipients`. */
  conversation: ConversationKey.optional(),
  /** One of the account's own identities (from-address); absent means the account's first. */
  from: UserKey.optional(),
  fromName: z.string().max(1024).optional(),
  recipients: z.array(Recipient).max(10_000).optional(),
  replyTo: MessageKey.optional(),
  threadRoot: MessageKey.optional(),
  forwards: MessageKey.optional(),
  /** Links of the conversation answered into, oldest first (mail: References). */
  references: z.array(z.string().max(2048)).max(200).optional(),
  /** When the person pressed send; stable over every try, Unix ms. */
  at: Time,
});
export type OutgoingMessage = z.infer<typeof OutgoingMessage>;
