import { z } from 'zod';
import { UserKey } from '../ids.ts';
import { type PartKind, partKinds } from './part.ts';

/**
 * How well a channel carries something: as it is; changed into something near it; left out; or not at all, so that
 * sending is refused before it is tried.
 */
export const Level = z.enum(['full', 'converted', 'dropped', 'rejected']);
export type Level = z.infer<typeof Level>;

export const PartLimit = z.object({
  level: Level,
  /** Bytes a single piece of media may have. */
  maxBytes: z.number().int().positive().optional(),
  /** How many of this kind one message may hold. */
  maxCount: z.number().int().positive().optional(),
});
export type PartLimit = z.infer<typeof PartLimit>;

export const SendLimits = z.object({
  /** `mail`: subject, recipients and rich text, a card. `chat`: a line under a stream. */
  style: z.enum(['mail', 'chat']),
  /** UTF-16 code units of text; 0 means no limit is known. */
  maxText: z.number().int().nonnegative(),
  formats: z.object({ plain: Level, markdown: Level, html: Level }),
  /** A kind not listed is `rejected`. */
  parts: z.partialRecord(z.enum(partKinds as [PartKind, ...PartKind[]]), PartLimit),
  subject: z.boolean(),
  /** The sender chooses who gets it (to, cc, bcc). */
  recipients: z.boolean(),
  reply: Level,
  thread: Level,
  mentions: Level,
  /** People of the account can be mentioned who are not in the conversation. */
  mentionsAnybody: z.boolean().optional(),
  /** Words that call many at once in a conversation of several: as if mentioned by this key. */
  callsMany: z
    .array(z.object({ key: UserKey, name: z.string().max(256), reaches: z.enum(['everyone', 'active']) }))
    .optional(),
  /** All media of one message together, bytes. */
  maxTotalBytes: z.number().int().positive().optional(),
  /** What can be reacted with, where that is less than the channel takes; none: nobody can. */
  reactions: z.array(z.string().max(256)).max(500).optional(),
  /** The network itself drops a second send with the same transaction id. */
  idempotent: z.boolean(),
});
export type SendLimits = z.infer<typeof SendLimits>;
export const SendLimitsPatch = SendLimits.partial().extend({
  /** Why the person cannot write here at all (read-only channel, left group); shown in place of the composer. */
  readOnly: z.string().optional(),
});
export type SendLimitsPatch = z.infer<typeof SendLimitsPatch>;
