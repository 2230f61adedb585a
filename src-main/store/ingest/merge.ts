import { counters } from '../model.ts';
import { deriveTold, lowerKey, mergeTold } from './conversations.ts';
import { readingChanged } from './reading.ts';
import { mergeRegisters, parseRegisters } from './registers.ts';
import { forgetParticipants, settleJoining } from './taking-part.ts';
import type { Account, Conversation, Work } from './work.ts';

/**
 * Two linked conversations turn out to be one (SPEC, I-7). The one with more messages keeps its row, so that the fewer
 * are moved; drafts, pending work and what the person did to either go with it. Answers the survivor.
 */
export function merge(work: Work, account: Account, a: Conversation, b: Conversation): Conversation {
  settleJoining(work);
  const [into, from] = a.row.messages >= b.row.messages ? [a, b] : [b, a];
  const [winner, loser] = [into.row.id, from.row.id];
  const { sql } = work;
  sql.run('UPDATE messages SET conversation = ? WHERE conversation = ?', winner, loser);
  sql.run('UPDATE thread_links SET conversation = ? WHERE conversation = ?', winner, loser);
  const shared =
    sql.get<{ n: number }>(
      `SELECT count(*) AS n FROM participants a JOIN participants b ON b.identity = a.identity AND b.conversation = ?
       WHERE a.conversation = ?`,
      winner,
      loser,
    )?.n ?? 0;
  sql.run('UPDATE OR IGNORE participants SET conversation = ? WHERE conversation = ?', winner, loser);
  sql.run('DELETE FROM participants WHERE conversation = ?', loser);
  into.row.people_count += from.row.people_count - shared;
  for (const table of ['drafts', 'outbox', 'masks', 'notifications'])
    sql.run(`UPDATE ${table} SET conversation = ? WHERE conversation = ?`, winner, loser);
  // Its number may be given again.
  forgetParticipants(sql);
  moveNotifyRule(work, winner, loser);
  mergeReceipts(work, winner, loser);
  mergeLabels(work, account, into, from);

  for (const [counter] of counters) into.row[counter] += from.row[counter];
  into.row.drafts += from.row.drafts;
  into.row.woken_at = Math.max(into.row.woken_at, from.row.woken_at);
  if ((from.row.snoozed_at ?? -1) > (into.row.snoozed_at ?? -1)) {
    into.row.snoozed_at = from.row.snoozed_at;
    into.row.snoozed_until = from.row.snoozed_until;
  }
  into.row.linked = 1;
  lowerKey(into, from.row.key);

  const told = sql.get<{ told: string }>('SELECT told FROM conversation_told WHERE conversation = ?', loser)?.told;
  sql.run('DELETE FROM conversation_told WHERE conversation = ?', loser);
  sql.run('DELETE FROM conversations WHERE id = ?', loser);
  work.conversations.delete(loser);
  work.merged.set(loser, winner);
  if (told !== undefined) mergeTold(work, into, (registers) => mergeRegisters(registers, parseRegisters(told)));
  deriveTold(work, into);
  readingChanged(work, account, into);
  into.added = undefined;
  into.changed = true;
  return into;
}

/** How the person wants to be told of the one that goes holds for the one that stays, unless that has a rule of its own. */
function moveNotifyRule(work: Work, winner: number, loser: number): void {
  const [kept, gone] = [winner, loser].map((id) => `$."conversation:${id}"`);
  const changes = work.sql.run(
    `UPDATE settings
     SET value = json_remove(json_insert(value, ?1, json(value -> ?2)), ?2)
     WHERE key = 'notifyRules' AND value -> ?2 IS NOT NULL`,
    kept ?? '',
    gone ?? '',
  );
  if (changes > 0) work.touch('settings');
}

function mergeReceipts(work: Work, winner: number, loser: number): void {
  const { sql } = work;
  // Where both have one of the same person, the later position stays (SPEC, I-11).
  sql.run(
    `DELETE FROM receipts WHERE conversation IN (?1, ?2) AND EXISTS (
       SELECT 1 FROM receipts o JOIN messages om ON om.id = o.message, messages m
       WHERE o.conversation IN (?1, ?2) AND o.conversation <> receipts.conversation AND o.who = receipts.who
         AND o.receipt = receipts.receipt AND m.id = receipts.message
         AND (om.ord, om.at, om.key) > (m.ord, m.at, m.key))`,
    winner,
    loser,
  );
  sql.run('UPDATE OR IGNORE receipts SET conversation = ? WHERE conversation = ?', winner, loser);
  sql.run('DELETE FROM receipts WHERE conversation = ?', loser);
}

function mergeLabels(work: Work, account: Account, into: Conversation, from: Conversation): void {
  const rows = work.sql.all<{ label: Parameters<Work['label']>[0]; messages: number; unread: number }>(
    'SELECT label, messages, unread FROM conversation_labels WHERE conversation = ?',
    from.row.id,
  );
  work.sql.run('DELETE FROM conversation_labels WHERE conversation = ?', from.row.id);
  for (const row of rows) {
    into.labels.set(row.label, (into.labels.get(row.label) ?? 0) + row.messages);
    const counts = work.labelCounts.get(row.label) ?? { conversations: 0, unread: 0 };
    counts.conversations -= 1;
    counts.unread -= row.unread;
    work.labelCounts.set(row.label, counts);
    work.label(row.label, account.id);
  }
  for (const [label, n] of from.labels) into.labels.set(label, (into.labels.get(label) ?? 0) + n);
}
