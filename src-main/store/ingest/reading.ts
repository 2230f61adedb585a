import type { MessageId } from '../../../src-shared/model/index.ts';
import { me, states } from '../model.ts';
import { comparePositions, type Position } from './position.ts';
import { readPosition } from './read-position.ts';
import { refresh } from './refresh.ts';
import type { Account, Conversation, Work } from './work.ts';

/** Finds the point read up to anew, from receipts and pending work, and refreshes the messages between old and new. */
export function readingChanged(work: Work, account: Account, conversation: Conversation): void {
  const { row } = conversation;
  const after = work.sql.get<Position>(
    `SELECT m.ord, m.at, m.key FROM messages m WHERE m.id IN (
       SELECT message FROM receipts WHERE conversation = ?1 AND who = ${me} AND receipt = 'read'
       UNION SELECT message FROM masks WHERE conversation = ?1 AND field = 'read-up-to')
     ORDER BY m.ord DESC, m.at DESC, m.key DESC LIMIT 1`,
    row.id,
  );
  const before = readPosition(conversation);
  if (!before && !after) return;
  if (before && after && comparePositions(before, after) === 0) return;
  row.read_ord = after?.ord ?? null;
  row.read_at = after?.at ?? null;
  row.read_key = after?.key ?? null;
  const forward = after && (!before || comparePositions(before, after) < 0);
  const [low, high] = forward ? [before, after] : [after, before];
  if (!high) return;
  const ids = work.sql.all<{ id: MessageId }>(
    forward
      ? `SELECT id FROM messages WHERE conversation = ? AND state & ${states.unread}
           AND (ord, at, key) > (?, ?, ?) AND (ord, at, key) <= (?, ?, ?)`
      : `SELECT id FROM messages WHERE conversation = ? AND state & ${states.shown}
           AND (ord, at, key) > (?, ?, ?) AND (ord, at, key) <= (?, ?, ?)`,
    row.id,
    low?.ord ?? '',
    low?.at ?? -1,
    low?.key ?? '',
    high.ord,
    high.at,
    high.key,
  );
  for (const { id } of ids) refresh(work, account, id);
}
