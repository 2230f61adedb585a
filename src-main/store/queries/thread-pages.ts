import type { MessageId } from '../../../src-shared/model/index.ts';
import { withFlag } from '../ingest/flag-registers.ts';
import { states } from '../model.ts';
import type { MessageRow } from '../schema.ts';
import { messageViews } from './message-views.ts';
import type { Handlers } from './query.ts';

/** Pinned messages told of at once. */
const mostPins = 100;
/** The bits of a pinned message in `shown`; the partial index names the second of them. */
const pinned = withFlag(0, 'pinned', true) & ~0xff;

export const threadQueries: Handlers<'conversation.thread' | 'conversation.pins'> = {
  'conversation.thread'(sql, { message, before, limit }) {
    const asked = sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', message);
    if (!asked) return null;
    const key = asked.thread_root ?? asked.key;
    const root = sql.get<{ id: MessageId }>(
      'SELECT id FROM messages WHERE account = ? AND key = ?',
      asked.account,
      key,
    );
    const end =
      before === undefined ? undefined : sql.get<{ at: number }>('SELECT at FROM messages WHERE id = ?', before);
    const found = sql.all<{ id: MessageId; at: number }>(
      `SELECT id, at FROM messages
       WHERE account = ? AND thread_root = ? AND state & ${states.shown} AND at < ? ORDER BY at DESC LIMIT ?`,
      asked.account,
      key,
      end?.at ?? Number.MAX_SAFE_INTEGER,
      limit + 1,
    );
    const ids = found.slice(0, limit).map(({ id }) => id);
    return {
      root: (root && messageViews(sql, [root.id])[0]) ?? null,
      replies: messageViews(sql, ids.reverse()),
      earlier: found.length > limit,
    };
  },
  'conversation.pins': (sql, { conversation }) =>
    messageViews(
      sql,
      sql
        .all<{ id: MessageId }>(
          `SELECT id FROM messages INDEXED BY messages_pinned
           WHERE conversation = ? AND shown & ${pinned} AND state & ${states.shown} ORDER BY id DESC LIMIT ${mostPins}`,
          conversation,
        )
        .map(({ id }) => id),
    ),
};
