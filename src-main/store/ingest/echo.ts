import type { AccountId, MessageId, MessageKey, OutboxId } from '../../../src-shared/model/index.ts';
import { discardCopy } from '../outbox/copies.ts';
import type { MessageRow } from '../schema.ts';
import { count, countLabels } from './refresh.ts';
import type { Account, Work } from './work.ts';

/** The message came back from the network: whatever the last try said, it is sent (SPEC, O-7). */
export function adoptEcho(work: Work, account: Account, txn: string, key: string): MessageRow | undefined {
  const entry = work.sql.get<{ id: OutboxId; message: MessageId | null; state: string }>(
    'SELECT id, message, state FROM outbox WHERE txn = ? AND account = ?',
    txn,
    account.id,
  );
  if (!entry) return undefined;
  if (entry.state !== 'sent' && entry.state !== 'cancelled') settleSent(work, entry.id);
  const row =
    entry.message === null ? undefined : work.sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', entry.message);
  return row && rekey(work, account, row, key);
}

/** An echo met by its key. Only where nobody knows whether it went out does that settle anything; a draft is no proof. */
export function echoSeen(work: Work, row: MessageRow, isDraft: boolean): void {
  if (isDraft) return;
  for (const { id } of work.sql.all<{ id: OutboxId }>(
    `SELECT id FROM outbox WHERE message = ? AND state IN ('unknown', 'awaiting-echo', 'failed')`,
    row.id,
  ))
    settleSent(work, id);
}

export function settleSent(work: Work, id: OutboxId): void {
  work.sql.run(`UPDATE outbox SET state = 'sent', error_code = NULL, error_message = NULL WHERE id = ?`, id);
  work.settled.add(id);
  work.touch('outbox');
  const sent = work.sql.get<{ account: AccountId; copy_key: MessageKey }>(
    `SELECT account, copy_key FROM outbox WHERE id = ? AND copy_key IS NOT NULL AND operation ->> '$.op' = 'send'`,
    id,
  );
  if (!sent) return;
  // It was a draft there, and is none any more.
  work.sql.run('UPDATE outbox SET copy_key = NULL WHERE id = ?', id);
  discardCopy(work, work.account(sent.account), sent.copy_key);
}

/** Gives an echo the key the network calls it by; where the network's copy is here already, the echo gives way to it. */
export function rekey(work: Work, account: Account, echo: MessageRow, key: string): MessageRow {
  if (echo.key === key) return echo;
  const other = work.sql.get<MessageRow>('SELECT * FROM messages WHERE account = ? AND key = ?', account.id, key);
  if (!other) {
    work.sql.run('UPDATE messages SET key = ? WHERE id = ?', key, echo.id);
    return { ...echo, key: key as MessageRow['key'] };
  }
  if (echo.echo === 0) return other;
  work.sql.run('UPDATE outbox SET message = ? WHERE message = ?', other.id, echo.id);
  work.sql.run('UPDATE masks SET message = ? WHERE message = ?', other.id, echo.id);
  dropMessage(work, echo);
  return other;
}

/** Takes a message away altogether, as if it had never been. */
export function dropMessage(work: Work, row: MessageRow): void {
  const conversation = work.conversation(row.conversation);
  count(conversation, row.state, 0);
  countLabels(conversation, row.labels, '[]');
  conversation.added = undefined;
  conversation.changed = true;
  for (const table of [
    'bodies',
    'sources',
    'versions',
    'attachments',
    'reactions',
    'reaction_counts',
    'receipts',
    'placements',
    'notifications',
  ])
    work.sql.run(`DELETE FROM ${table} WHERE message = ?`, row.id);
  work.sql.run('DELETE FROM messages WHERE id = ?', row.id);
  const queued = work.index.get(row.id);
  work.reindex.delete(row.id);
  if (queued?.fresh) work.index.delete(row.id);
  else work.index.set(row.id, { row: null, fresh: false });
}
