import type { NotificationGroup } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { views } from '../model.ts';
import { conversationRows } from './conversation-rows.ts';
import { type Handlers, idList } from './query.ts';

/** Messages shown of one conversation; `count` has the rest. */
const mostMessages = 4;
/** What is snoozed, done or muted meanwhile is no longer told of, and comes back when that is undone. */
const told = `c.views & ${views.inboxUnread} AND c.muted = 0`;

export const notificationQueries: Handlers<'notifications' | 'notifications.held'> = {
  notifications(sql, { limit }) {
    // Counted in the index alone, and the newest of each found at its end: there may be tens of thousands unread.
    const all = sql.all<{ id: ConversationId; n: number; at: number }>(
      `SELECT c.id, g.n, last.at
       FROM (SELECT conversation, count(*) AS n FROM notifications GROUP BY conversation) g
       JOIN conversations c ON c.id = g.conversation
       JOIN notifications last
         ON last.message = (SELECT max(n.message) FROM notifications n WHERE n.conversation = g.conversation)
       WHERE ${told} ORDER BY last.at DESC, c.id DESC`,
    );
    const page = new Map(all.slice(0, limit).map((group) => [group.id, group]));
    const groups = conversationRows(sql, [...page.keys()]).map((conversation): NotificationGroup => {
      const group = page.get(conversation.id);
      return {
        conversation,
        messages: newest(sql, conversation.id),
        count: group?.n ?? 0,
        lastAt: group?.at ?? 0,
      };
    });
    return { groups, conversations: all.length, messages: all.reduce((sum, { n }) => sum + n, 0) };
  },
  'notifications.held': (sql, { messages }) =>
    sql
      .all<{ message: MessageId }>(
        `SELECT n.message FROM notifications n JOIN conversations c ON c.id = n.conversation
         WHERE n.message IN (SELECT value FROM json_each(?)) AND ${told}`,
        idList(messages),
      )
      .map(({ message }) => message),
};

/** A message's id is made of its time. */
function newest(sql: Sql, conversation: ConversationId): NotificationGroup['messages'] {
  return sql
    .all<NotificationGroup['messages'][number]>(
      `SELECT n.message, m.at, coalesce(m.author_name, i.name, '') AS author, m.preview
       FROM notifications n JOIN messages m ON m.id = n.message LEFT JOIN identities i ON i.id = m.author
       WHERE n.conversation = ? ORDER BY n.message DESC LIMIT ${mostMessages}`,
      conversation,
    )
    .reverse();
}
