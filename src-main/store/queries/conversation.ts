import type { PersonRef } from '../../../src-shared/ipc/index.ts';
import type { ConversationKey, IdentityId, MessageId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { parseRegisters, valuesOf } from '../ingest/registers.ts';
import { states } from '../model.ts';
import { conversationRows } from './conversation-rows.ts';
import { personRefs } from './people-refs.ts';
import type { Handlers } from './query.ts';

/** Members named with a conversation; `peopleCount` counts all. */
const mostMembers = 200;

export const conversationQueries: Handlers<'conversation'> = {
  conversation(sql, { conversation: id }) {
    const [row] = conversationRows(sql, [id]);
    const own = sql.get<{ key: ConversationKey }>('SELECT key FROM conversations WHERE id = ?', id);
    if (!row || !own) return null;
    const text = sql.get<{ told: string }>('SELECT told FROM conversation_told WHERE conversation = ?', id)?.told;
    const told = valuesOf(parseRegisters(text));
    return {
      ...row,
      key: own.key,
      topic: typeof told.topic === 'string' ? told.topic : null,
      members: members(sql, id),
      ...(typeof told.memberCount === 'number' && { memberCount: told.memberCount }),
      limitsPatch: told.limits ?? null,
      firstUnread:
        sql.get<{ id: MessageId }>(
          `SELECT id FROM messages WHERE conversation = ? AND state & ${states.unread} ORDER BY ord, at, key LIMIT 1`,
          id,
        )?.id ?? null,
    };
  },
};

function members(sql: Sql, id: number): PersonRef[] {
  const ids = sql
    .all<{ identity: IdentityId }>(`SELECT identity FROM participants WHERE conversation = ? LIMIT ${mostMembers}`, id)
    .map((row) => row.identity);
  const people = personRefs(sql, ids);
  return ids.flatMap((identity) => people.get(identity) ?? []).sort((a, b) => a.name.localeCompare(b.name));
}
