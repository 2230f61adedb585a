import { insertion } from '../connection/insertion.ts';
import type { ConversationRow } from '../schema.ts';
import type { Conversation, Work } from './work.ts';

type Column = Exclude<keyof ConversationRow, 'id' | 'account'>;

/** What messages change as they come. */
const usual: readonly Column[] = [
  'kind',
  'title',
  'messages',
  'unread',
  'starred',
  'files',
  'inbox',
  'sent',
  'plain',
  'received',
  'last_message',
  'last_at',
  'last_in_at',
  'last_from_me',
  'preview',
  'people',
  'people_count',
  'in_inbox',
];
/** SQLite rewrites the entry of every index that has a column named in SET, changed or not: so these stand apart. */
const naming: readonly Column[] = ['key', 'linked', 'snoozed_until'];
const listing: readonly Column[] = ['views', 'sort_at', 'failed'];
/** These begin as the table has them by itself, and most conversations never know another value. */
const seldom: Readonly<Partial<ConversationRow>> = {
  snoozed_at: null,
  woken_at: 0,
  parent: null,
  archived: 0,
  archived_at: -1,
  muted: 0,
  pinned: 0,
  spam: 0,
  trash: 0,
  draft: 0,
  drafts: 0,
  read_ord: null,
  read_at: null,
  read_key: null,
};
const seldomColumns = Object.keys(seldom) as Column[];

/** A statement that writes some of the columns; their values come first, the id last. */
interface Writing {
  readonly columns: readonly Column[];
  readonly sql: string;
}
const inserting = (columns: readonly Column[]) => ({
  columns,
  into: insertion('conversations', [...columns, 'account', 'id']),
});
const updating = (columns: readonly Column[]): Writing => ({
  columns,
  sql: `UPDATE conversations SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
});
const plainNew = inserting([...usual, ...naming, ...listing]);
const wholeNew = inserting([...usual, ...naming, ...listing, ...seldomColumns]);
/** By which of naming, listing and seldom are written too: bits 1, 2 and 4. */
const updates = Array.from({ length: 8 }, (_, bits) =>
  updating([...usual, ...(bits & 1 ? naming : []), ...(bits & 2 ? listing : []), ...(bits & 4 ? seldomColumns : [])]),
);

export function insert(work: Work, { row }: Conversation): void {
  const { columns, into } = seldomColumns.every((column) => row[column] === seldom[column]) ? plainNew : wholeNew;
  work.sql.later(into, ...columns.map((column) => row[column]), row.account, row.id);
}

/** Writes what differs from the table, if anything does. */
export function update(work: Work, { row, stored }: Conversation): void {
  const differ = (columns: readonly Column[]) => columns.some((column) => row[column] !== stored?.[column]);
  const bits = (differ(naming) ? 1 : 0) | (differ(listing) ? 2 : 0) | (differ(seldomColumns) ? 4 : 0);
  const writing = updates[bits];
  if (!writing || (bits === 0 && !differ(usual))) return;
  work.sql.run(writing.sql, ...writing.columns.map((column) => row[column]), row.id);
}
