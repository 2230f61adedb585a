import type { ConversationId, Cursor, LabelKey, MessageId, MessageKey } from '../../../src-shared/model/index.ts';
import { unpackFlags } from '../ingest/flag-registers.ts';
import { readSource } from '../ingest/source.ts';
import type { Handlers } from './query.ts';

/** What an adapter may ask of its own account: always as the network told it, never as pending work shows it. */
export const lookupQueries: Handlers<
  | 'checkpoint'
  | 'lookup.known'
  | 'lookup.byRef'
  | 'lookup.refs'
  | 'lookup.placements'
  | 'lookup.flags'
  | 'lookup.source'
  | 'lookup.typing'
  | 'lookup.conversation'
> = {
  checkpoint: (sql, { account, scope }) =>
    sql.get<{ cursor: Cursor }>('SELECT cursor FROM checkpoints WHERE account = ? AND scope = ?', account, scope)
      ?.cursor ?? null,
  'lookup.known': (sql, { account, keys }) =>
    sql
      .all<{ key: MessageKey }>(
        'SELECT key FROM messages WHERE account = ? AND key IN (SELECT value FROM json_each(?)) AND echo = 0',
        account,
        JSON.stringify(keys),
      )
      .map(({ key }) => key),
  'lookup.byRef': (sql, { account, label, refs }) =>
    sql
      .all<{ ref: string; key: MessageKey }>(
        `SELECT p.ref, m.key FROM labels l JOIN placements p ON p.label = l.id AND p.live = 1 JOIN messages m ON m.id = p.message
         WHERE l.account = ? AND l.key = ? AND p.ref IN (SELECT value FROM json_each(?))`,
        account,
        label,
        JSON.stringify(refs),
      )
      .map(({ ref, key }) => [ref, key] as const),
  'lookup.refs': (sql, { account, label }) =>
    sql
      .all<{ ref: string }>(
        `SELECT DISTINCT p.ref FROM labels l JOIN placements p ON p.label = l.id AND p.live = 1
         WHERE l.account = ? AND l.key = ? AND p.ref <> ''`,
        account,
        label,
      )
      .map(({ ref }) => ref),
  'lookup.placements': (sql, { account, keys }) =>
    sql
      .all<{ key: MessageKey; label: LabelKey; ref: string }>(
        `SELECT m.key, l.key AS label, p.ref FROM messages m JOIN placements p ON p.message = m.id AND p.live = 1
         JOIN labels l ON l.id = p.label
         WHERE m.account = ? AND m.key IN (SELECT value FROM json_each(?))`,
        account,
        JSON.stringify(keys),
      )
      .map(({ key, label, ref }) => ({ key, label, ref: ref === '' ? null : ref })),
  'lookup.flags': (sql, { account, keys }) =>
    sql
      .all<{ key: MessageKey; flags: number }>(
        'SELECT key, flags FROM messages WHERE account = ? AND key IN (SELECT value FROM json_each(?))',
        account,
        JSON.stringify(keys),
      )
      .map(({ key, flags }) => ({ key, flags: unpackFlags(flags) })),
  'lookup.source'(sql, { account, key }) {
    const row = sql.get<{ id: MessageId }>('SELECT id FROM messages WHERE account = ? AND key = ?', account, key);
    return row ? readSource(sql, row.id) : null;
  },
  'lookup.conversation': (sql, { account, key }) =>
    sql.get<{ id: ConversationId }>('SELECT id FROM conversations WHERE account = ? AND key = ?', account, key)?.id ??
    null,
  'lookup.typing': (sql, { account, conversation, by }) =>
    sql.get<{ conversation: ConversationId; name: string }>(
      `SELECT c.id AS conversation, coalesce(i.name, ?3) AS name
       FROM conversations c LEFT JOIN identities i ON i.account = c.account AND i.key = ?3
       WHERE c.account = ?1 AND c.key = ?2`,
      account,
      conversation,
      by,
    ) ?? null,
};
