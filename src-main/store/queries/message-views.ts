import type * as view from '../../../src-shared/ipc/index.ts';
import type { Content, ConversationId, IdentityId, MessageId, Recipient } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { unpackFlags } from '../ingest/flag-registers.ts';
import { authorIs } from '../model.ts';
import type { AttachmentRow, BodyRow, MaskRow, MessageRow, ReactionCountsRow, ReactionRow } from '../schema.ts';
import { unpack } from '../text/pack.ts';
import { authorName } from './author-name.ts';
import { deliveries, type Readers, readersOf } from './delivery.ts';
import { personRefs } from './people-refs.ts';
import { idList } from './query.ts';
import { reactionViews } from './reaction-views.ts';
import { mentionViews, threadOf, threadsOf } from './threads.ts';

export const attachmentView = (row: AttachmentRow): view.AttachmentView => ({
  id: row.id,
  ref: row.ref,
  message: row.message,
  name: row.name,
  mime: row.mime,
  bytes: row.bytes,
  inline: row.inline === 1,
  contentId: row.content_id,
  state: row.state as view.AttachmentView['state'],
});

function grouped<R extends { readonly message: MessageId | null }>(rows: readonly R[]): Map<MessageId, R[]> {
  const groups = new Map<MessageId, R[]>();
  for (const row of rows) {
    if (row.message === null) continue;
    const group = groups.get(row.message);
    if (group) group.push(row);
    else groups.set(row.message, [row]);
  }
  return groups;
}

/** Messages with everything a window shows of them, in the order of `ids`; those that are gone are left out. */
export function messageViews(sql: Sql, ids: readonly MessageId[]): view.MessageView[] {
  if (ids.length === 0) return [];
  const list = idList(ids);
  const of = (table: string, more = '') =>
    `SELECT * FROM ${table} WHERE message IN (SELECT value FROM json_each(?)) ${more}`;
  const rows = sql.all<MessageRow>('SELECT * FROM messages WHERE id IN (SELECT value FROM json_each(?))', list);
  const bodies = new Map(sql.all<BodyRow>(of('bodies'), list).map((body) => [body.message, body]));
  const attachments = grouped(sql.all<AttachmentRow>(of('attachments', 'ORDER BY position'), list));
  const reactions = grouped(sql.all<ReactionRow>(of('reactions', 'ORDER BY emoji, on_at'), list));
  const counts = new Map(sql.all<ReactionCountsRow>(of('reaction_counts'), list).map((row) => [row.message, row]));
  const masks = grouped(sql.all<MaskRow>(of('masks', 'ORDER BY outbox'), list));
  const versions = new Map(
    sql
      .all<{ message: MessageId; n: number }>(
        'SELECT message, count(*) AS n FROM versions WHERE message IN (SELECT value FROM json_each(?)) GROUP BY message',
        list,
      )
      .map(({ message, n }) => [message, n]),
  );
  const sources = new Set(
    sql
      .all<{ message: MessageId }>(
        'SELECT message FROM sources WHERE message IN (SELECT value FROM json_each(?))',
        list,
      )
      .map(({ message }) => message),
  );
  const delivery = deliveries(sql, list);
  const readers = new Map<ConversationId, Readers>();
  for (const { conversation } of rows)
    if (!readers.has(conversation)) readers.set(conversation, readersOf(sql, conversation));
  const people = personRefs(sql, [
    ...rows.flatMap((row) => row.author ?? []),
    ...[...reactions.values()].flat().flatMap(({ who }) => (who === 0 ? [] : [who as IdentityId])),
    ...[...readers.values()].flatMap((found) => found.people),
  ]);
  const name = (id: IdentityId): string => people.get(id)?.name ?? '';
  const threads = threadsOf(sql, rows);

  const byId = new Map<MessageId, view.MessageView>();
  for (const row of rows) {
    const body = bodies.get(row.id);
    const content: Content = body ? JSON.parse(unpack(body.content)) : { parts: [] };
    const masked = masks.get(row.id) ?? [];
    const edited = masked.findLast((mask) => mask.field === 'content');
    const shown: Content = edited ? JSON.parse(edited.value) : content;
    const recipients: Recipient[] = body?.recipients ? JSON.parse(body.recipients) : [];
    const fromMe = row.author_is === authorIs.me;
    const read = readers.get(row.conversation)?.upTo(row) ?? { read: [], delivered: false };
    const forwarded: { name: string } | null = body?.forwarded_from ? JSON.parse(body.forwarded_from) : null;
    const author = row.author === null ? undefined : people.get(row.author);
    const thread = threadOf(threads, row);
    const mentions = mentionViews(sql, row.account, shown.mentions);
    byId.set(row.id, {
      id: row.id,
      conversation: row.conversation,
      account: row.account,
      key: row.key,
      author: author ? { ...author, name: row.author_name || author.name } : null,
      fromMe,
      system: row.author_is === authorIs.system,
      at: row.at,
      subject: row.subject,
      parts: shown.parts,
      attachments: (attachments.get(row.id) ?? []).map(attachmentView),
      recipients,
      replyTo: row.reply_to === null ? null : quoted(sql, row),
      forwardedFrom: forwarded?.name ?? null,
      reactions: reactionViews(reactions.get(row.id) ?? [], counts.get(row.id), masked, name),
      flags: unpackFlags(row.shown),
      labels: JSON.parse(row.labels),
      delivery: fromMe ? deliveryOf(delivery.get(row.id), read) : null,
      readBy: read.read.map(name),
      edited:
        row.edited_at === null && !edited
          ? null
          : { at: row.edited_at ?? row.at, versions: 1 + (versions.get(row.id) ?? 0) },
      removed: row.removed_at !== null,
      hasSource: sources.has(row.id),
      ...(thread && { thread }),
      ...(mentions && { mentions }),
    });
  }
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What others' receipts add to what the outbox knows. */
function deliveryOf(
  known: view.Delivery | undefined,
  receipts: { readonly read: readonly IdentityId[]; readonly delivered: boolean },
): view.Delivery | null {
  const state = receipts.read.length > 0 ? 'read' : receipts.delivered ? 'delivered' : undefined;
  if (!state) return known ?? null;
  return { outbox: known?.outbox ?? null, state, error: null, notBefore: null, retryAt: null };
}

function quoted(sql: Sql, row: MessageRow): view.MessageView['replyTo'] {
  return (
    sql.get<{ id: MessageId; author: string; snippet: string }>(
      `SELECT m.id, ${authorName} AS author, m.preview AS snippet
       FROM messages m LEFT JOIN identities i ON i.id = m.author WHERE m.account = ? AND m.key = ?`,
      row.account,
      row.reply_to,
    ) ?? null
  );
}
