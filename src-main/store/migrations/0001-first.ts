/**
 * The first schema. Three kinds of columns, told apart in the comments:
 * *told* is what the network said, each field with the time by which a later word wins;
 * *mine* is what the person did here; *derived* follows from both and can be rebuilt at any time (maintenance.rebuild).
 *
 * A message's id encodes its time: `min(floor(at / 1000), 2^32 - 1) * 2^20 + n`, n from 1 (ingest/message-id.ts). So the
 * table is clustered by time, and a span of time is a span of ids. Its row in `message_fts` is the same number counted
 * from the end of time (search/doc.ts), so that walking the index forwards is newest first.
 */
export const sql = `
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  identities TEXT NOT NULL,             -- JSON [{key, name?}]
  config TEXT NOT NULL,                 -- JSON, no secret
  inbox_is_label INTEGER NOT NULL,      -- 1: in the inbox while placed under the label of that role
  colour TEXT,
  paused INTEGER NOT NULL DEFAULT 0,
  UNIQUE (channel, key)
) STRICT;

CREATE TABLE people (
  id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE identities (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  key TEXT NOT NULL,
  me INTEGER NOT NULL DEFAULT 0,        -- one of the account's own
  person INTEGER REFERENCES people (id),
  told TEXT,                            -- JSON registers of UserPatch: {field: [value, at]}
  seen_name TEXT,                       -- the name the newest message carried
  seen_at INTEGER NOT NULL DEFAULT -1,
  name TEXT NOT NULL,                   -- derived: told, else seen, else the key
  address TEXT,                         -- derived: first mail address or telephone number
  UNIQUE (account, key)
) STRICT;
CREATE INDEX identities_person ON identities (person) WHERE person IS NOT NULL;

-- Normalised addresses (mailto:, tel:) by which identities of several networks are one person.
CREATE TABLE addresses (
  address TEXT NOT NULL,
  identity INTEGER NOT NULL REFERENCES identities (id),
  PRIMARY KEY (address, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_identity ON addresses (identity);

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  key TEXT NOT NULL,                    -- the network's, or the smallest link where linked
  linked INTEGER NOT NULL,
  -- mine
  snoozed_until INTEGER,
  snoozed_at INTEGER,
  woken_at INTEGER NOT NULL DEFAULT 0,
  -- derived from what was told (conversation_told) and from pending work (masks)
  kind TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  parent TEXT,
  archived INTEGER NOT NULL DEFAULT 0,
  archived_at INTEGER NOT NULL DEFAULT -1,
  muted INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  -- derived from its messages: how many are ...
  messages INTEGER NOT NULL DEFAULT 0,  -- shown at all
  unread INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  inbox INTEGER NOT NULL DEFAULT 0,     -- placed under the inbox role
  sent INTEGER NOT NULL DEFAULT 0,      -- mine and not a draft
  spam INTEGER NOT NULL DEFAULT 0,
  trash INTEGER NOT NULL DEFAULT 0,
  draft INTEGER NOT NULL DEFAULT 0,     -- drafts kept on the network
  plain INTEGER NOT NULL DEFAULT 0,     -- neither spam, trash nor draft
  received INTEGER NOT NULL DEFAULT 0,  -- plain and not mine
  drafts INTEGER NOT NULL DEFAULT 0,    -- rows of the drafts table
  -- the point up to which the person has read, by receipts
  read_ord TEXT,
  read_at INTEGER,
  read_key TEXT,
  last_message INTEGER,
  last_at INTEGER NOT NULL DEFAULT 0,
  last_in_at INTEGER NOT NULL DEFAULT -1, -- newest message of somebody else
  last_from_me INTEGER NOT NULL DEFAULT 0,
  preview TEXT NOT NULL DEFAULT '',
  people TEXT NOT NULL DEFAULT '[]',    -- JSON identity ids, the last to write first, at most four
  people_count INTEGER NOT NULL DEFAULT 0,
  in_inbox INTEGER NOT NULL DEFAULT 0,
  views INTEGER NOT NULL DEFAULT 0,     -- bits of model.ts (views)
  sort_at INTEGER NOT NULL DEFAULT 0,   -- later of last_at and woken_at
  UNIQUE (account, key)
) STRICT;
-- One list, one index: (views & bit) by account and time. The unified lists merge the accounts' (queries/list.ts).
CREATE INDEX conversations_inbox ON conversations (account, sort_at) WHERE views & 1;
CREATE INDEX conversations_inbox_unread ON conversations (account, sort_at) WHERE views & 2;
CREATE INDEX conversations_unread ON conversations (account, sort_at) WHERE views & 4;
CREATE INDEX conversations_starred ON conversations (account, sort_at) WHERE views & 8;
CREATE INDEX conversations_snoozed ON conversations (account, sort_at) WHERE views & 16;
CREATE INDEX conversations_sent ON conversations (account, sort_at) WHERE views & 32;
CREATE INDEX conversations_done ON conversations (account, sort_at) WHERE views & 64;
CREATE INDEX conversations_spam ON conversations (account, sort_at) WHERE views & 128;
CREATE INDEX conversations_trash ON conversations (account, sort_at) WHERE views & 256;
CREATE INDEX conversations_all ON conversations (account, sort_at) WHERE views & 512;
CREATE INDEX conversations_drafts ON conversations (account, sort_at) WHERE views & 1024;
CREATE INDEX conversations_files ON conversations (account, sort_at) WHERE views & 2048;
CREATE INDEX conversations_unlinked ON conversations (account, key) WHERE linked = 0;
CREATE INDEX conversations_asleep ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX conversations_failed ON conversations (account) WHERE failed > 0;

-- Registers of ConversationPatch as JSON: {field: [value, at]}. The person's own archiving, muting and pinning join in.
CREATE TABLE conversation_told (
  conversation INTEGER PRIMARY KEY REFERENCES conversations (id),
  told TEXT NOT NULL
) STRICT;

-- Everyone else who wrote in it, was written to or is a member.
CREATE TABLE participants (
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  identity INTEGER NOT NULL REFERENCES identities (id),
  PRIMARY KEY (conversation, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_identity ON participants (identity, conversation);

-- Which linked conversation each link belongs to.
CREATE TABLE thread_links (
  account INTEGER NOT NULL REFERENCES accounts (id),
  link TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  PRIMARY KEY (account, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_links_conversation ON thread_links (conversation);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  key TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  ord TEXT NOT NULL,                    -- the network's order, '' where there is none
  at INTEGER NOT NULL,
  state INTEGER NOT NULL,               -- derived: bits of model.ts (states)
  author INTEGER REFERENCES identities (id),
  author_is INTEGER NOT NULL,           -- 0 user, 1 me, 2 system
  author_name TEXT,
  version INTEGER NOT NULL,             -- of the content shown
  base_version INTEGER NOT NULL,        -- of everything else
  edited_at INTEGER,
  removed_at INTEGER,
  flags INTEGER NOT NULL,               -- told: bit i known, bit 8 + i set (model.ts, flagNames)
  flags_at INTEGER NOT NULL,
  flags_times TEXT,                     -- JSON times by flag where they differ
  shown INTEGER NOT NULL,               -- derived: flags under the masks of pending work
  labels TEXT NOT NULL DEFAULT '[]',    -- derived: JSON ids of the labels it stands under, ascending
  echo INTEGER NOT NULL DEFAULT 0,      -- 1: made here, not yet met on the network
  reply_to TEXT,
  thread_root TEXT,
  txn TEXT,
  subject TEXT,
  preview TEXT NOT NULL,
  UNIQUE (account, key)
) STRICT;
CREATE INDEX messages_order ON messages (conversation, ord, at, key, state);
CREATE INDEX messages_unread ON messages (conversation) WHERE state & 2;
CREATE INDEX messages_author ON messages (author) WHERE author IS NOT NULL;

-- What is read only when the message itself is.
CREATE TABLE bodies (
  message INTEGER PRIMARY KEY REFERENCES messages (id),
  content ANY NOT NULL,                 -- JSON of {parts, mentions?}: text, or zstd of it (text/pack.ts)
  recipients TEXT,                      -- JSON
  forwarded_from TEXT,                  -- JSON
  links TEXT,                           -- JSON, own first
  raw ANY                               -- JSON: text, or zstd of it
) STRICT;
CREATE TABLE sources (
  message INTEGER PRIMARY KEY REFERENCES messages (id),
  bytes BLOB NOT NULL,                  -- zstd
  size INTEGER NOT NULL
) STRICT;
-- Contents other than the one shown.
CREATE TABLE versions (
  message INTEGER NOT NULL REFERENCES messages (id),
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  subject TEXT,
  content ANY NOT NULL,
  PRIMARY KEY (message, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES messages (id),
  ref TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  bytes INTEGER,
  inline INTEGER NOT NULL,
  content_id TEXT,
  hash TEXT,                            -- of the stored blob
  state TEXT NOT NULL CHECK (state IN ('remote', 'local', 'failed')),
  error TEXT,
  UNIQUE (message, ref)
) STRICT;
CREATE INDEX attachments_hash ON attachments (hash) WHERE hash IS NOT NULL;

CREATE TABLE reactions (
  message INTEGER NOT NULL REFERENCES messages (id),
  who INTEGER NOT NULL,                 -- identity, 0 is me
  emoji TEXT NOT NULL,
  on_at INTEGER NOT NULL DEFAULT -1,
  off_at INTEGER NOT NULL DEFAULT -1,
  PRIMARY KEY (message, who, emoji)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipts (
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  who INTEGER NOT NULL,                 -- identity, 0 is me
  receipt TEXT NOT NULL CHECK (receipt IN ('delivered', 'read')),
  message INTEGER NOT NULL REFERENCES messages (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (conversation, who, receipt)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipts_message ON receipts (message);

CREATE TABLE labels (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  key TEXT NOT NULL,
  told TEXT,                            -- JSON registers of LabelPatch
  ended_at INTEGER NOT NULL DEFAULT -1, -- the last time the network said it no longer is
  -- derived
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  role TEXT,
  colour TEXT,
  gone INTEGER NOT NULL DEFAULT 0,
  conversations INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, key)
) STRICT;

-- A message under a label by one reference ('' where the network has none). The later of on and off holds; on, at a tie.
-- The off of reference '' ends every reference.
CREATE TABLE placements (
  message INTEGER NOT NULL REFERENCES messages (id),
  label INTEGER NOT NULL REFERENCES labels (id),
  ref TEXT NOT NULL,
  on_at INTEGER NOT NULL DEFAULT -1,
  off_at INTEGER NOT NULL DEFAULT -1,
  live INTEGER NOT NULL,                -- derived
  PRIMARY KEY (message, label, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX placements_label ON placements (label, ref) WHERE live = 1;

-- derived: labels of the messages shown in a conversation
CREATE TABLE conversation_labels (
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  label INTEGER NOT NULL REFERENCES labels (id),
  messages INTEGER NOT NULL,
  unread INTEGER NOT NULL,              -- 1 while the conversation has something unread
  sort_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_labels_time ON conversation_labels (label, sort_at, conversation);

-- Events that came before the message they are about.
CREATE TABLE parked (
  account INTEGER NOT NULL REFERENCES accounts (id),
  target TEXT NOT NULL,
  digest BLOB NOT NULL,
  event TEXT NOT NULL,                  -- JSON
  PRIMARY KEY (account, target, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  conversation INTEGER REFERENCES conversations (id),
  composition TEXT NOT NULL,            -- JSON
  network_key TEXT,                     -- the copy kept on the network
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_conversation ON drafts (conversation) WHERE conversation IS NOT NULL;
CREATE INDEX drafts_time ON drafts (updated_at);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  txn TEXT NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES accounts (id),
  conversation INTEGER REFERENCES conversations (id),
  message INTEGER REFERENCES messages (id),
  lane TEXT NOT NULL CHECK (lane IN ('content', 'state')),
  operation TEXT NOT NULL,              -- JSON
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'awaiting-echo', 'unknown', 'failed', 'cancelled')),
  stage TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,              -- when the person wants it out
  not_before INTEGER NOT NULL,          -- when the next try may be
  error_code TEXT,
  error_message TEXT,
  composition TEXT,                     -- JSON of the draft it came from, to give it back
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_waiting ON outbox (account, not_before) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX outbox_lane ON outbox (conversation, lane, due_at, id) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX outbox_open ON outbox (id) WHERE state NOT IN ('sent', 'cancelled');
CREATE INDEX outbox_message ON outbox (message) WHERE message IS NOT NULL;

-- Optimistic values that stand before what was told, while their operation is under way.
CREATE TABLE masks (
  outbox INTEGER NOT NULL REFERENCES outbox (id),
  message INTEGER REFERENCES messages (id),
  conversation INTEGER REFERENCES conversations (id),
  field TEXT NOT NULL,                  -- flag:<name>, label:<key>, removed, content, reaction:<emoji>, read-up-to, archived, muted
  value TEXT NOT NULL                   -- JSON
) STRICT;
CREATE INDEX masks_outbox ON masks (outbox);
CREATE INDEX masks_message ON masks (message) WHERE message IS NOT NULL;
CREATE INDEX masks_conversation ON masks (conversation) WHERE conversation IS NOT NULL;

CREATE TABLE backfill_tasks (
  account INTEGER NOT NULL REFERENCES accounts (id),
  scope TEXT NOT NULL,
  title TEXT,
  cursor TEXT,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  not_before INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, scope)
) STRICT;
CREATE INDEX backfill_tasks_next ON backfill_tasks (account, not_before) WHERE finished = 0;

CREATE TABLE checkpoints (
  account INTEGER NOT NULL REFERENCES accounts (id),
  scope TEXT NOT NULL,
  cursor TEXT NOT NULL,
  PRIMARY KEY (account, scope)
) STRICT, WITHOUT ROWID;

-- Live messages the person was to be told of and has not read yet.
CREATE TABLE notifications (
  message INTEGER PRIMARY KEY REFERENCES messages (id),
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX notifications_conversation ON notifications (conversation);

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL                   -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  channel TEXT NOT NULL,
  path TEXT NOT NULL,
  cursor TEXT,
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'cancelled', 'failed')),
  messages INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  damaged_count INTEGER NOT NULL DEFAULT 0,
  error TEXT
) STRICT;
CREATE TABLE import_damages (
  import INTEGER NOT NULL REFERENCES imports (id),
  number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE uploads (
  ref TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Folded words of each message (search/index-row.ts), under 2^52 - its id (search/doc.ts); no text is kept here.
-- 'tags' holds words to filter by inside the index (search/tags.ts).
CREATE VIRTUAL TABLE message_fts USING fts5 (
  subject, body, author, recipients, files, tags,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- Twice the segments before they are merged (https://www.sqlite.org/fts5.html, 6.2): a quarter less work while importing,
-- and a search over a few more segments costs microseconds.
INSERT INTO message_fts (message_fts, rank) VALUES ('automerge', 8);
CREATE VIRTUAL TABLE message_terms USING fts5vocab (message_fts, row);
`;
