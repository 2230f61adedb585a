/** Writing and sending. */
import { z } from 'zod';
import {
  AccountId,
  type BlobRef,
  ConversationId,
  DraftId,
  Mention,
  MessageId,
  type OutboxId,
  Part,
  Recipient,
  Time,
  UserKey,
} from '../model/index.ts';
import { call } from './call.ts';

/** What the composer holds: text in one format and files already taken into the blob store. */
export const Composition = z.object({
  account: AccountId,
  conversation: ConversationId.nullable(),
  from: UserKey.nullable(),
  recipients: z.array(Recipient).max(10_000),
  subject: z.string().max(10_000).nullable(),
  text: z.string().max(5_000_000),
  format: z.enum(['plain', 'markdown', 'html']),
  /** Parts besides the text: images, documents, a location ... `media.ref` names an upload or another message's blob. */
  parts: z.array(Part).max(1000),
  replyTo: MessageId.nullable(),
  forwards: MessageId.nullable(),
  /** Into the thread of this message, be it its first or an answer in it. */
  thread: MessageId.nullable().optional(),
  /** People named in the text as `@name`; those whose name is no longer there are left out. */
  mentions: z.array(Mention).max(10_000).optional(),
});
export type Composition = z.infer<typeof Composition>;

export const composeCalls = {
  /** Starting point of a reply, reply to all, forward or new message: recipients, subject, quoted text. */
  'compose.start': call(
    z.object({
      kind: z.enum(['new', 'reply', 'reply-all', 'forward']),
      message: MessageId.optional(),
      conversation: ConversationId.optional(),
      account: AccountId.optional(),
      to: z.string().max(10_000).optional(),
    }),
  ).returns<Composition & { readonly quoted: { readonly text: string; readonly html: string } | null }>(),
  'compose.send': call(
    Composition.extend({ notBefore: Time.optional(), draft: DraftId.optional(), archive: z.boolean().default(false) }),
  ).returns<{ outbox: OutboxId; conversation: ConversationId; message: MessageId; undoUntil: number }>(),
  /** How the parts will be changed to fit, before sending. */
  'compose.check': call(Composition).returns<{
    readonly problems: readonly {
      readonly level: 'converted' | 'dropped' | 'rejected';
      readonly what: string;
      readonly why: string;
    }[];
  }>(),
  /** Bytes as base64 (from a drop or a paste), kept encrypted until sent. At most 150 MB. */
  'compose.upload': call(
    z.object({ name: z.string().max(1024), mime: z.string().max(255), base64: z.string().max(210_000_000) }),
  ).returns<{ ref: BlobRef; bytes: number }>(),
};
