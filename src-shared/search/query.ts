import type { SystemView } from '../ipc/index.ts';

/** What the person asked for, read from the search box. Plain JSON; every string of words is folded (see words.ts). */
export interface Query {
  /** All of them must hold. */
  readonly clauses: readonly Clause[];
  /** How the box was read, in the order typed, in words the person can check. */
  readonly understood: readonly Understood[];
}
export interface Understood {
  readonly field: string;
  readonly value: string;
  readonly negated: boolean;
}
export type Clause = (
  | TextClause
  | { readonly is: 'view'; readonly view: SystemView | 'anywhere' }
  | { readonly is: 'flag'; readonly flag: FlagWord }
  | { readonly is: 'has'; readonly what: HasWord }
  | { readonly is: 'kind'; readonly kind: KindWord }
  | { readonly is: 'channel' | 'account' | 'label'; readonly name: string }
  /** The account's own person wrote it, or it was written to them. */
  | { readonly is: 'mine'; readonly side: 'from' | 'to' }
  /** From `from` (inclusive) until `until` (exclusive), Unix ms; null is open. */
  | { readonly is: 'time'; readonly from: number | null; readonly until: number | null }
  /** Bytes of all attachments together. */
  | { readonly is: 'size'; readonly least: number | null; readonly most: number | null }
) & { readonly negated: boolean };

const textFields = ['any', 'subject', 'body', 'from', 'to', 'filename'] as const;
export type TextField = (typeof textFields)[number];
/** Words that stand next to each other in one field. */
export interface TextClause {
  readonly is: 'text';
  readonly field: TextField;
  readonly words: readonly string[];
  /** Written between quotes: taken as it stands, never corrected. */
  readonly exact: boolean;
  /** The last of the words is the beginning of a word. */
  readonly prefix: boolean;
}
export const flagWords = [
  'unread',
  'read',
  'starred',
  'answered',
  'forwarded',
  'important',
  'draft',
  'muted',
  'pinned',
  'snoozed',
] as const;
export type FlagWord = (typeof flagWords)[number];
export const hasWords = [
  'attachment',
  'image',
  'video',
  'audio',
  'document',
  'pdf',
  'link',
  'event',
  'location',
  'contact',
  'poll',
  'sticker',
  'call',
] as const;
export type HasWord = (typeof hasWords)[number];
export const kindWords = ['thread', 'direct', 'group', 'channel', 'support', 'feed'] as const;
export type KindWord = (typeof kindWords)[number];
