import type { IdentityId, LabelId } from '../../../src-shared/model/index.ts';
import { states, views } from '../model.ts';
import { comparePositions, compareText } from './position.ts';
import type { AddedMessage, Conversation, Work } from './work.ts';

/** Writes every conversation touched, once: its last message, title, people, place in the lists (SPEC, I-12 to I-15). */
export function flushConversations(work: Work): void {
  for (const conversation of work.conversations.values()) {
    const { row } = conversation;
    if (conversation.changed) summarise(work, conversation);
    const { inboxIsLabel } = work.account(row.account);
    const answered = row.last_in_at > row.archived_at && row.muted === 0;
    const away = row.archived === 1 && !answered;
    row.in_inbox = (inboxIsLabel ? row.inbox > 0 : row.plain > 0) && !away ? 1 : 0;
    if (row.snoozed_until !== null && row.muted === 0 && row.last_in_at > (row.snoozed_at ?? -1)) {
      row.snoozed_until = null;
      row.snoozed_at = null;
    }
    row.sort_at = Math.max(row.last_at, row.woken_at);
    row.views = viewsOf(conversation);
    if (conversation.fresh) insert(work, conversation);
    else update(work, conversation);
    flushLabels(work, conversation);
  }
  for (const [label, { conversations, unread }] of work.labelCounts) {
    if (conversations === 0 && unread === 0) continue;
    work.sql.run(
      'UPDATE labels SET conversations = conversations + ?, unread = unread + ? WHERE id = ?',
      conversations,
      unread,
      label,
    );
    work.touch('labels');
  }
  work.labelCounts.clear();
}

/** The lists a conversation is in (SPEC, V-*). */
function viewsOf({ row }: Conversation): number {
  const asleep = row.snoozed_until !== null;
  const drafts = row.drafts > 0 || row.draft > 0;
  let bits = drafts ? views.drafts : 0;
  if (row.messages === 0) return bits;
  if (row.spam > 0) bits |= views.spam;
  if (row.trash > 0) bits |= views.trash;
  if (row.starred > 0) bits |= views.starred;
  if (row.plain === 0) return bits;
  bits |= views.all;
  if (row.files > 0) bits |= views.files;
  if (row.sent > 0) bits |= views.sent;
  if (asleep) bits |= views.snoozed;
  else if (row.in_inbox === 1) bits |= row.unread > 0 ? views.inbox | views.inboxUnread : views.inbox;
  else if (row.received > 0) bits |= views.done;
  if (row.unread > 0 && !asleep && row.muted === 0) bits |= views.unread;
  return bits;
}

/** What the messages of a conversation come down to. */
interface Summary {
  readonly last: Pick<AddedMessage, 'id' | 'at' | 'state' | 'preview'> | undefined;
  readonly lastInAt: number;
  readonly subject: string;
  readonly people: readonly IdentityId[];
}
function summarise(work: Work, conversation: Conversation): void {
  const { row, told, added } = conversation;
  const bit = row.plain > 0 ? states.plain : states.shown;
  const { last, lastInAt, subject, people } = added ? remembered(added, bit) : lookedUp(work, conversation, bit);
  row.last_message = last?.id ?? null;
  row.last_at = last?.at ?? 0;
  row.last_from_me = last && last.state & states.mine ? 1 : 0;
  row.preview = last?.preview ?? '';
  row.last_in_at = lastInAt;
  row.title = told.title || subject;
  row.kind = told.kind ?? (row.linked === 1 ? 'thread' : row.people_count > 1 ? 'group' : 'direct');
  row.people = JSON.stringify(people);
}

const listed = 4;
/** Messages looked at for the names of who wrote last. */
const writersLooked = 12;
/** Sorting everyone in a channel of thousands for the sake of four names is not worth it. */
const mostSorted = 50;
const firstOf = (writers: readonly IdentityId[], others: readonly IdentityId[]): IdentityId[] =>
  [...new Set([...writers, ...others])].slice(0, listed);

function remembered({ messages, people }: NonNullable<Conversation['added']>, bit: number): Summary {
  const ordered = [...messages].sort(comparePositions);
  const received = ordered.filter((message) => message.state & states.received);
  const writers = received
    .slice(-writersLooked)
    .reverse()
    .flatMap((message) => message.author ?? []);
  const others = people.length <= mostSorted ? [...people].sort((a, b) => compareText(a.key, b.key)) : [];
  return {
    last: ordered.findLast((message) => message.state & bit),
    lastInAt: received.at(-1)?.at ?? -1,
    subject: ordered.find((message) => message.state & bit)?.subject ?? '',
    people:
      people.length === 0
        ? []
        : firstOf(
            writers,
            others.map((who) => who.id),
          ),
  };
}

const newestOf = `SELECT id, at, state, preview FROM messages WHERE id = (
  SELECT id FROM messages WHERE conversation = ? AND state & ? ORDER BY ord DESC, at DESC, key DESC LIMIT 1)`;
const oldestOf = `SELECT subject FROM messages WHERE id = (
  SELECT id FROM messages WHERE conversation = ? AND state & ? ORDER BY ord, at, key LIMIT 1)`;
const newestReceived = `SELECT at FROM messages WHERE conversation = ? AND state & ${states.received}
  ORDER BY ord DESC, at DESC, key DESC LIMIT 1`;
const lastWriters = `SELECT author FROM messages WHERE conversation = ? AND state & ${states.received}
  ORDER BY ord DESC, at DESC, key DESC LIMIT ${writersLooked}`;
const byKey = `SELECT i.id FROM participants p JOIN identities i ON i.id = p.identity WHERE p.conversation = ? ORDER BY i.key`;

function lookedUp(work: Work, { row }: Conversation, bit: number): Summary {
  const { sql } = work;
  if (row.messages === 0) return { last: undefined, lastInAt: -1, subject: '', people: peopleOf(work, row) };
  const last = sql.get<NonNullable<Summary['last']>>(newestOf, row.id, bit);
  const lastReceived =
    row.received === 0 || !last || last.state & states.received
      ? last
      : sql.get<{ at: number }>(newestReceived, row.id);
  return {
    last,
    lastInAt: row.received === 0 ? -1 : (lastReceived?.at ?? -1),
    subject: sql.get<{ subject: string | null }>(oldestOf, row.id, bit)?.subject ?? '',
    people: peopleOf(work, row),
  };
}

/** The last of the others to write, then those who only take part, by key. */
function peopleOf(work: Work, row: Conversation['row']): IdentityId[] {
  if (row.people_count === 0) return [];
  const writers = work.sql.all<{ author: IdentityId }>(lastWriters, row.id).map(({ author }) => author);
  const enough = new Set(writers).size >= Math.min(listed, row.people_count) || row.people_count > mostSorted;
  const others = enough ? [] : work.sql.all<{ id: IdentityId }>(byKey, row.id).map(({ id }) => id);
  return firstOf(writers, others);
}

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
const updating = `UPDATE conversations SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`;

function insert(work: Work, conversation: Conversation): void {
  const { row } = conversation;
  work.sql.run(insertion, row.id, row.account, ...columns.map((column) => row[column]));
  conversation.fresh = false;
}
function update(work: Work, { row }: Conversation): void {
  work.sql.run(updating, ...columns.map((column) => row[column]), row.id);
}

function flushLabels(work: Work, { row, labels }: Conversation): void {
  const unread = row.unread > 0 ? 1 : 0;
  const counts = (label: LabelId) => {
    let entry = work.labelCounts.get(label);
    if (!entry) {
      entry = { conversations: 0, unread: 0 };
      work.labelCounts.set(label, entry);
    }
    return entry;
  };
  for (const stale of work.sql.all<{ label: LabelId; unread: number }>(
    'SELECT label, unread FROM conversation_labels WHERE conversation = ? AND (unread <> ? OR sort_at <> ?)',
    row.id,
    unread,
    row.sort_at,
  )) {
    counts(stale.label).unread += unread - stale.unread;
    work.sql.run(
      'UPDATE conversation_labels SET unread = ?, sort_at = ? WHERE conversation = ? AND label = ?',
      unread,
      row.sort_at,
      row.id,
      stale.label,
    );
  }
  for (const [label, difference] of labels) {
    if (difference === 0) continue;
    const before = work.sql.get<{ messages: number }>(
      'SELECT messages FROM conversation_labels WHERE conversation = ? AND label = ?',
      row.id,
      label,
    );
    const messages = (before?.messages ?? 0) + difference;
    if (messages === 0) {
      work.sql.run('DELETE FROM conversation_labels WHERE conversation = ? AND label = ?', row.id, label);
      counts(label).conversations -= 1;
      counts(label).unread -= unread;
      continue;
    }
    work.sql.run(
      `INSERT INTO conversation_labels (conversation, label, messages, unread, sort_at) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT DO UPDATE SET messages = ?3`,
      row.id,
      label,
      messages,
      unread,
      row.sort_at,
    );
    if (!before) {
      counts(label).conversations += 1;
      counts(label).unread += unread;
    }
  }
  labels.clear();
}
