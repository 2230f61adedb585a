import type { Conversation, Work } from './work.ts';

/** Columns in the order of the statements below. */
const columns = [
  'key',
  'linked',
  'snoozed_until',
  'snoozed_at',
  'woken_at',
  'kind',
  'title',
  'parent',
  'archived',
  'archived_at',
  'muted',
  'pinned',
  'messages',
  'unread',
  'starred',
  'files',
  'failed',
  'inbox',
  'sent',
  'spam',
  'trash',
  'draft',
  'plain',
  'received',
  'drafts',
  'read_ord',
  'read_at',
  'read_key',
  'last_message',
  'last_at',
  'last_in_at',
  'last_from_me',
  'preview',
  'people',
  'people_count',
  'in_inbox',
  'views',
  'sort_at',
] as const;
const insertion = `INSERT INTO conversations (id, account, ${columns.join(', ')}) VALUES (?, ?, ${columns.map(() => '?').join(', ')})`;

/** SQLite rewrites the entry of every index that has a column named in SET, changed or not: so the rare ones are left out. */
const naming: ReadonlySet<string> = new Set(['key', 'linked', 'snoozed_until']);
const listing: ReadonlySet<string> = new Set(['views', 'sort_at', 'failed']);
const updating = (left: readonly ReadonlySet<string>[]) => {
  const set = columns.filter((column) => !left.some((group) => group.has(column)));
  return {
    columns: set,
    sql: `UPDATE conversations SET ${set.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
  };
};
const whole = updating([]);
const listed = updating([naming]);
const plain = updating([naming, listing]);

export function insert(work: Work, conversation: Conversation): void {
  const { row } = conversation;
  work.sql.run(insertion, row.id, row.account, ...columns.map((column) => row[column]));
}
/** Writes what differs from the table, if anything does. */
export function update(work: Work, { row, stored }: Conversation): void {
  const differs = (column: (typeof columns)[number]) => row[column] !== stored?.[column];
  const set = columns.some((column) => naming.has(column) && differs(column))
    ? whole
    : columns.some((column) => listing.has(column) && differs(column))
      ? listed
      : plain;
  if (set === plain && !set.columns.some(differs)) return;
  work.sql.run(set.sql, ...set.columns.map((column) => row[column]), row.id);
}
