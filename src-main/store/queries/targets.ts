import type { ConversationKey, LabelId, LabelKey } from '../../../src-shared/model/index.ts';
import { unpackFlags } from '../ingest/flag-registers.ts';
import { authorIs, states } from '../model.ts';
import type { MessageRow } from '../schema.ts';
import { type Handlers, idList } from './query.ts';

type Target = MessageRow & { linked: number; conversation_key: ConversationKey };

export const targetQueries: Handlers<'targets'> = {
  targets(sql, { conversations, messages }) {
    const columns =
      'm.*, c.linked, c.key AS conversation_key FROM messages m JOIN conversations c ON c.id = m.conversation';
    const order = 'ORDER BY m.conversation, m.ord, m.at, m.key';
    const rows = [
      ...(conversations
        ? sql.all<Target>(
            `SELECT ${columns} WHERE m.conversation IN (SELECT value FROM json_each(?)) AND m.state & ${states.shown} ${order}`,
            idList(conversations),
          )
        : []),
      ...(messages
        ? sql.all<Target>(`SELECT ${columns} WHERE m.id IN (SELECT value FROM json_each(?)) ${order}`, idList(messages))
        : []),
    ];
    const keys = new Map<LabelId, LabelKey>(
      sql.all<{ id: LabelId; key: LabelKey }>('SELECT id, key FROM labels').map(({ id, key }) => [id, key]),
    );
    const labelsOf = (text: string): LabelKey[] => {
      const ids: LabelId[] = JSON.parse(text);
      return ids.flatMap((id) => keys.get(id) ?? []);
    };
    const unique = new Map(rows.map((row) => [row.id, row]));
    return [...unique.values()].map((row) => ({
      id: row.id,
      key: row.key,
      conversation: row.linked === 1 ? null : row.conversation_key,
      account: row.account,
      conversationId: row.conversation,
      flags: unpackFlags(row.shown),
      fromMe: row.author_is === authorIs.me,
      unread: (row.state & states.unread) > 0,
      labels: labelsOf(row.labels),
      at: row.at,
    }));
  },
};
