import type * as view from '../../../src-shared/ipc/index.ts';
import type { ConversationId, IdentityId, LabelId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import type { ConversationRow } from '../schema.ts';
import { personRefs } from './people-refs.ts';
import { idList } from './query.ts';

/** Rows for the conversation list, in the order of `ids`; those that are gone are left out. */
export function conversationRows(sql: Sql, ids: readonly ConversationId[]): view.ConversationRow[] {
  if (ids.length === 0) return [];
  const list = idList(ids);
  const rows = sql.all<ConversationRow & { channel: string }>(
    `SELECT c.*, a.channel FROM conversations c JOIN accounts a ON a.id = c.account
     WHERE c.id IN (SELECT value FROM json_each(?))`,
    list,
  );
  const peopleOf = new Map<ConversationId, IdentityId[]>();
  for (const row of rows) peopleOf.set(row.id, JSON.parse(row.people));
  const people = personRefs(sql, [...peopleOf.values()].flat());
  const labels = new Map<ConversationId, LabelId[]>();
  for (const { conversation, label } of sql.all<{ conversation: ConversationId; label: LabelId }>(
    'SELECT conversation, label FROM conversation_labels WHERE conversation IN (SELECT value FROM json_each(?))',
    list,
  )) {
    const found = labels.get(conversation);
    if (found) found.push(label);
    else labels.set(conversation, [label]);
  }
  const byId = new Map<ConversationId, view.ConversationRow>();
  for (const row of rows)
    byId.set(row.id, {
      id: row.id,
      account: row.account,
      channel: row.channel,
      kind: row.kind as view.ConversationKind,
      title: row.title,
      parent: row.parent,
      people: (peopleOf.get(row.id) ?? []).flatMap((id) => people.get(id) ?? []),
      peopleCount: row.people_count,
      preview: row.preview,
      lastAt: row.last_at,
      lastFromMe: row.last_from_me === 1,
      messages: row.messages,
      unread: row.unread,
      starred: row.starred > 0,
      muted: row.muted === 1,
      pinned: row.pinned === 1,
      inInbox: row.in_inbox === 1,
      snoozedUntil: row.snoozed_until,
      hasAttachment: row.files > 0,
      hasDraft: row.drafts > 0 || row.draft > 0,
      hasFailed: row.failed > 0,
      labels: labels.get(row.id) ?? [],
    });
  return ids.flatMap((id) => byId.get(id) ?? []);
}
