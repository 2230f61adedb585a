import { customType, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type {
  AccountId,
  AttachmentId,
  BlobRef,
  ConversationId,
  ConversationKey,
  Cursor,
  DraftId,
  IdentityId,
  ImportId,
  LabelId,
  LabelKey,
  MessageId,
  MessageKey,
  OutboxId,
  PersonId,
  TxnId,
  UserKey,
} from '../../src-shared/model/index.ts';

/**
 * The tables of migrations/ as types: each row as SQL answers it, column by column (a test holds the two together).
 * What the columns mean is said in the migrations.
 */
const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'BLOB' });
/** Text, or the zstd of it (text/pack.ts). */
const packed = customType<{ data: string | Uint8Array }>({ dataType: () => 'ANY' });

export const accounts = sqliteTable('accounts', {
  id: integer().$type<AccountId>().notNull().primaryKey(),
  channel: text().notNull(),
  key: text().$type<UserKey>().notNull(),
  label: text().notNull(),
  identities: text().notNull(),
  config: text().notNull(),
  inbox_is_label: integer().notNull(),
  colour: text(),
  paused: integer().notNull().default(0),
  last_state: text(),
  to_me: integer().notNull().default(0),
});
export const people = sqliteTable('people', {
  id: integer().$type<PersonId>().notNull().primaryKey(),
});
export const notes = sqliteTable('notes', {
  person: integer().$type<PersonId>().notNull().primaryKey(),
  text: text().notNull(),
});
export const identities = sqliteTable('identities', {
  id: integer().$type<IdentityId>().notNull().primaryKey(),
  account: integer().$type<AccountId>().notNull(),
  key: text().$type<UserKey>().notNull(),
  me: integer().notNull().default(0),
  person: integer().$type<PersonId>(),
  told: text(),
  seen_name: text(),
  seen_at: integer().notNull().default(-1),
  name: text().notNull(),
  address: text(),
});
export const addresses = sqliteTable(
  'addresses',
  {
    address: text().notNull(),
    identity: integer().$type<IdentityId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.address, table.identity] })],
);
export const conversations = sqliteTable('conversations', {
  id: integer().$type<ConversationId>().notNull().primaryKey(),
  account: integer().$type<AccountId>().notNull(),
  key: text().$type<ConversationKey>().notNull(),
  linked: integer().notNull(),
  snoozed_until: integer(),
  snoozed_at: integer(),
  woken_at: integer().notNull().default(0),
  kind: text().notNull(),
  title: text().notNull().default(''),
  parent: text(),
  archived: integer().notNull().default(0),
  archived_at: integer().notNull().default(-1),
  muted: integer().notNull().default(0),
  pinned: integer().notNull().default(0),
  messages: integer().notNull().default(0),
  unread: integer().notNull().default(0),
  starred: integer().notNull().default(0),
  files: integer().notNull().default(0),
  failed: integer().notNull().default(0),
  inbox: integer().notNull().default(0),
  sent: integer().notNull().default(0),
  spam: integer().notNull().default(0),
  trash: integer().notNull().default(0),
  draft: integer().notNull().default(0),
  plain: integer().notNull().default(0),
  received: integer().notNull().default(0),
  drafts: integer().notNull().default(0),
  read_ord: text(),
  read_at: integer(),
  read_key: text(),
  last_message: integer().$type<MessageId>(),
  last_at: integer().notNull().default(0),
  last_in_at: integer().notNull().default(-1),
  last_from_me: integer().notNull().default(0),
  preview: text().notNull().default(''),
  people: text().notNull().default('[]'),
  people_count: integer().notNull().default(0),
  in_inbox: integer().notNull().default(0),
  views: integer().notNull().default(0),
  sort_at: integer().notNull().default(0),
});
export const conversationTold = sqliteTable('conversation_told', {
  conversation: integer().$type<ConversationId>().notNull().primaryKey(),
  told: text().notNull(),
});
export const participants = sqliteTable(
  'participants',
  {
    conversation: integer().$type<ConversationId>().notNull(),
    identity: integer().$type<IdentityId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversation, table.identity] })],
);
export const threadLinks = sqliteTable(
  'thread_links',
  {
    account: integer().$type<AccountId>().notNull(),
    link: text().notNull(),
    conversation: integer().$type<ConversationId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.link] })],
);
export const messages = sqliteTable('messages', {
  id: integer().$type<MessageId>().notNull().primaryKey(),
  account: integer().$type<AccountId>().notNull(),
  key: text().$type<MessageKey>().notNull(),
  conversation: integer().$type<ConversationId>().notNull(),
  ord: text().notNull(),
  at: integer().notNull(),
  state: integer().notNull(),
  author: integer().$type<IdentityId>(),
  author_is: integer().notNull(),
  author_name: text(),
  version: integer().notNull(),
  base_version: integer().notNull(),
  edited_at: integer(),
  removed_at: integer(),
  flags: integer().notNull(),
  flags_at: integer().notNull(),
  flags_times: text(),
  shown: integer().notNull(),
  labels: text().notNull().default('[]'),
  echo: integer().notNull().default(0),
  reply_to: text(),
  thread_root: text(),
  txn: text(),
  subject: text(),
  preview: text().notNull(),
});
export const bodies = sqliteTable('bodies', {
  message: integer().$type<MessageId>().notNull().primaryKey(),
  content: packed().notNull(),
  recipients: text(),
  forwarded_from: text(),
  links: text(),
  raw: packed(),
});
export const sources = sqliteTable('sources', {
  message: integer().$type<MessageId>().notNull().primaryKey(),
  bytes: bytes().notNull(),
  size: integer().notNull(),
});
export const versions = sqliteTable(
  'versions',
  {
    message: integer().$type<MessageId>().notNull(),
    version: integer().notNull(),
    at: integer().notNull(),
    subject: text(),
    content: packed().notNull(),
  },
  (table) => [primaryKey({ columns: [table.message, table.version] })],
);
export const attachments = sqliteTable('attachments', {
  id: integer().$type<AttachmentId>().notNull().primaryKey(),
  message: integer().$type<MessageId>().notNull(),
  ref: text().$type<BlobRef>().notNull(),
  position: integer().notNull(),
  name: text().notNull(),
  mime: text().notNull(),
  bytes: integer(),
  inline: integer().notNull(),
  content_id: text(),
  hash: text(),
  state: text().notNull(),
  error: text(),
});
export const reactions = sqliteTable(
  'reactions',
  {
    message: integer().$type<MessageId>().notNull(),
    who: integer().notNull(),
    emoji: text().notNull(),
    on_at: integer().notNull().default(-1),
    off_at: integer().notNull().default(-1),
  },
  (table) => [primaryKey({ columns: [table.message, table.who, table.emoji] })],
);
export const reactionCounts = sqliteTable('reaction_counts', {
  message: integer().$type<MessageId>().notNull().primaryKey(),
  told: text().notNull(),
  at: integer().notNull(),
});
export const receipts = sqliteTable(
  'receipts',
  {
    conversation: integer().$type<ConversationId>().notNull(),
    who: integer().notNull(),
    receipt: text().notNull(),
    message: integer().$type<MessageId>().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversation, table.who, table.receipt] })],
);
export const labels = sqliteTable('labels', {
  id: integer().$type<LabelId>().notNull().primaryKey(),
  account: integer().$type<AccountId>().notNull(),
  key: text().$type<LabelKey>().notNull(),
  told: text(),
  ended_at: integer().notNull().default(-1),
  name: text().notNull(),
  kind: text().notNull(),
  role: text(),
  colour: text(),
  gone: integer().notNull().default(0),
  conversations: integer().notNull().default(0),
  unread: integer().notNull().default(0),
});
export const placements = sqliteTable(
  'placements',
  {
    message: integer().$type<MessageId>().notNull(),
    label: integer().$type<LabelId>().notNull(),
    ref: text().notNull(),
    on_at: integer().notNull().default(-1),
    off_at: integer().notNull().default(-1),
    live: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.message, table.label, table.ref] })],
);
export const conversationLabels = sqliteTable(
  'conversation_labels',
  {
    conversation: integer().$type<ConversationId>().notNull(),
    label: integer().$type<LabelId>().notNull(),
    messages: integer().notNull(),
    unread: integer().notNull(),
    sort_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversation, table.label] })],
);
export const parked = sqliteTable(
  'parked',
  {
    account: integer().$type<AccountId>().notNull(),
    target: text().notNull(),
    digest: bytes().notNull(),
    event: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.target, table.digest] })],
);
export const drafts = sqliteTable('drafts', {
  id: integer().$type<DraftId>().notNull().primaryKey(),
  account: integer().$type<AccountId>().notNull(),
  conversation: integer().$type<ConversationId>(),
  composition: text().notNull(),
  network_key: text().$type<MessageKey>(),
  updated_at: integer().notNull(),
  kept_at: integer().notNull().default(-1),
  saving: integer().$type<OutboxId>(),
  elsewhere: integer().notNull().default(0),
  copy_version: integer(),
});
export const outbox = sqliteTable('outbox', {
  id: integer().$type<OutboxId>().notNull().primaryKey(),
  txn: text().$type<TxnId>().notNull(),
  account: integer().$type<AccountId>().notNull(),
  conversation: integer().$type<ConversationId>(),
  message: integer().$type<MessageId>(),
  lane: text().notNull(),
  operation: text().notNull(),
  state: text().notNull(),
  stage: text(),
  tries: integer().notNull().default(0),
  due_at: integer().notNull(),
  not_before: integer().notNull(),
  error_code: text(),
  error_message: text(),
  composition: text(),
  created_at: integer().notNull(),
  copy_key: text().$type<MessageKey>(),
  copy_saving: integer().$type<OutboxId>(),
  claimed_from: text(),
});
export const masks = sqliteTable('masks', {
  outbox: integer().$type<OutboxId>().notNull(),
  message: integer().$type<MessageId>(),
  conversation: integer().$type<ConversationId>(),
  field: text().notNull(),
  value: text().notNull(),
});
export const backfillTasks = sqliteTable(
  'backfill_tasks',
  {
    account: integer().$type<AccountId>().notNull(),
    scope: text().notNull(),
    title: text(),
    cursor: text().$type<Cursor>(),
    done: integer().notNull().default(0),
    total: integer(),
    not_before: integer().notNull().default(0),
    tries: integer().notNull().default(0),
    finished: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.account, table.scope] })],
);
export const checkpoints = sqliteTable(
  'checkpoints',
  {
    account: integer().$type<AccountId>().notNull(),
    scope: text().notNull(),
    cursor: text().$type<Cursor>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.scope] })],
);
export const notifications = sqliteTable('notifications', {
  message: integer().$type<MessageId>().notNull().primaryKey(),
  conversation: integer().$type<ConversationId>().notNull(),
  at: integer().notNull(),
});
export const settings = sqliteTable('settings', {
  key: text().notNull().primaryKey(),
  value: text().notNull(),
});
export const imports = sqliteTable('imports', {
  id: integer().$type<ImportId>().notNull().primaryKey(),
  account: integer().$type<AccountId>().notNull(),
  channel: text().notNull(),
  path: text().notNull(),
  cursor: text().$type<Cursor>(),
  state: text().notNull(),
  messages: integer().notNull().default(0),
  added: integer().notNull().default(0),
  done: integer().notNull().default(0),
  total: integer().notNull().default(0),
  damaged_count: integer().notNull().default(0),
  error: text(),
});
export const importDamages = sqliteTable(
  'import_damages',
  {
    import: integer().$type<ImportId>().notNull(),
    number: integer().notNull(),
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.import, table.number] })],
);
export const uploads = sqliteTable('uploads', {
  ref: text().$type<BlobRef>().notNull().primaryKey(),
  hash: text().notNull(),
  name: text().notNull(),
  mime: text().notNull(),
  bytes: integer().notNull(),
});
export const pictures = sqliteTable('pictures', {
  id: integer().notNull().primaryKey(),
  account: integer().$type<AccountId>().notNull(),
  subject: text().notNull(),
  ref: text().notNull(),
  fetched_at: integer().notNull(),
  seen_at: integer().notNull(),
  bytes: integer().notNull(),
  mime: text(),
  content: bytes(),
});
export const hosts = sqliteTable(
  'hosts',
  {
    host: text().notNull(),
    port: integer().notNull(),
    why: text().notNull(),
    who: text().notNull(),
    first_at: integer().notNull(),
    last_at: integer().notNull(),
    times: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.host, table.port, table.why, table.who] })],
);

export type AccountRow = typeof accounts.$inferSelect;
export type PersonRow = typeof people.$inferSelect;
export type IdentityRow = typeof identities.$inferSelect;
export type ConversationRow = typeof conversations.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;
export type BodyRow = typeof bodies.$inferSelect;
export type VersionRow = typeof versions.$inferSelect;
export type AttachmentRow = typeof attachments.$inferSelect;
export type ReactionRow = typeof reactions.$inferSelect;
export type ReactionCountsRow = typeof reactionCounts.$inferSelect;
export type ReceiptRow = typeof receipts.$inferSelect;
export type LabelRow = typeof labels.$inferSelect;
export type PlacementRow = typeof placements.$inferSelect;
export type DraftRow = typeof drafts.$inferSelect;
export type OutboxRow = typeof outbox.$inferSelect;
export type MaskRow = typeof masks.$inferSelect;
export type BackfillTaskRow = typeof backfillTasks.$inferSelect;
export type ImportRow = typeof imports.$inferSelect;
export type PictureRow = typeof pictures.$inferSelect;
export type ImportDamageRow = typeof importDamages.$inferSelect;
