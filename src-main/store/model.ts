import type { FlagName } from '../../src-shared/model/index.ts';

/** Bits of `messages.state`. All but `removed` and `mine` are set on shown messages only. */
export const states = {
  shown: 1,
  unread: 2,
  starred: 4,
  files: 8,
  failed: 16,
  inbox: 32,
  sent: 64,
  spam: 128,
  trash: 256,
  draft: 512,
  mine: 1024,
  removed: 2048,
  /** Neither spam, trash nor draft. */
  plain: 4096,
  /** Plain and written by somebody else. */
  received: 8192,
} as const;

/** Which counter of `conversations` each bit feeds. */
export const counters = [
  ['messages', states.shown],
  ['unread', states.unread],
  ['starred', states.starred],
  ['files', states.files],
  ['failed', states.failed],
  ['inbox', states.inbox],
  ['sent', states.sent],
  ['spam', states.spam],
  ['trash', states.trash],
  ['draft', states.draft],
  ['plain', states.plain],
  ['received', states.received],
] as const;

/** Bits of `conversations.views`; the partial indexes of the schema name the same numbers. */
export const views = {
  inbox: 1,
  inboxUnread: 2,
  unread: 4,
  starred: 8,
  snoozed: 16,
  sent: 32,
  done: 64,
  spam: 128,
  trash: 256,
  all: 512,
  drafts: 1024,
  files: 2048,
} as const;

/** Bit i of `messages.flags`: known; bit 8 + i: set. */
export const flagNames: readonly FlagName[] = [
  'read',
  'starred',
  'answered',
  'forwarded',
  'draft',
  'important',
  'pinned',
];

/** `messages.author_is`. */
export const authorIs = { user: 0, me: 1, system: 2 } as const;
/** `reaction_counts.told`. */
export interface ReactionCounts {
  readonly counts: readonly (readonly [emoji: string, count: number])[];
  readonly mine?: readonly string[];
}
/** `who` of reactions and receipts when it is the account's own person. */
export const me = 0;

/** Of what is not taken up by itself any more: far enough for every queue, near enough for every integer column. Unix ms. */
export const never = 253_402_300_799_000;
