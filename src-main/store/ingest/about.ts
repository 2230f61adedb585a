import type { EventOf, MessageId } from '../../../src-shared/model/index.ts';
import { me, type ReactionCounts } from '../model.ts';
import type { MessageRow } from '../schema.ts';
import { offerContent } from './content-versions.ts';
import { mergeFlags } from './flag-registers.ts';
import { identity } from './identities.ts';
import { labelByKey, place } from './placements.ts';
import { comparePositions, type Position } from './position.ts';
import { prepareContent } from './prepare.ts';
import { readingChanged } from './reading.ts';
import { refresh } from './refresh.ts';
import type { Account, Work } from './work.ts';

/** Events about a message. Each waits, parked, until its message is here (SPEC, I-8). */
export type AboutMessage = EventOf<
  'edited' | 'removed' | 'reaction' | 'reaction-counts' | 'flags' | 'placed' | 'receipt'
>;
export const targetOf = (event: AboutMessage): string => (event.type === 'receipt' ? event.upTo : event.target);

export function applyAbout(work: Work, account: Account, row: MessageRow, event: AboutMessage): void {
  switch (event.type) {
    case 'edited':
      offerContent(work, row, {
        ...prepareContent(event.content),
        version: event.version,
        editedAt: event.quiet ? null : event.at,
      });
      refresh(work, account, row.id);
      return;
    case 'removed':
      remove(work, account, row, event.at);
      return;
    case 'reaction':
      react(work, account, row, event);
      return;
    case 'reaction-counts':
      countReactions(work, row, event);
      return;
    case 'flags': {
      const flags = mergeFlags(row, event.flags, event.at);
      if (flags === row) return;
      work.sql.run(
        'UPDATE messages SET flags = ?, flags_at = ?, flags_times = ? WHERE id = ?',
        flags.flags,
        flags.flags_at,
        flags.flags_times,
        row.id,
      );
      refresh(work, account, row.id);
      return;
    }
    case 'placed':
      if (place(work, row.id, labelByKey(work, account, event.label), event.ref ?? '', event.on, event.at))
        refresh(work, account, row.id);
      return;
    case 'receipt':
      receive(work, account, row, event);
      return;
  }
}

/** For ever: what was said is gone from here too, and nothing brings it back (SPEC, I-10). */
function remove(work: Work, account: Account, row: MessageRow, at: number): void {
  if (row.removed_at !== null) {
    if (at < row.removed_at) work.sql.run('UPDATE messages SET removed_at = ? WHERE id = ?', at, row.id);
    return;
  }
  work.sql.run(
    `UPDATE messages SET removed_at = ?, subject = NULL, preview = '', edited_at = NULL, version = 0 WHERE id = ?`,
    at,
    row.id,
  );
  work.sql.run(`UPDATE bodies SET content = '{"parts":[]}', raw = NULL WHERE message = ?`, row.id);
  for (const table of ['sources', 'versions', 'attachments', 'reactions', 'reaction_counts', 'notifications'])
    work.sql.run(`DELETE FROM ${table} WHERE message = ?`, row.id);
  work.reindex.set(row.id, false);
  work.conversation(row.conversation).changed = true;
  refresh(work, account, row.id);
}

function react(work: Work, account: Account, row: MessageRow, event: EventOf<'reaction'>): void {
  const who = whoOf(work, account, event.by);
  if (row.removed_at !== null) return;
  const column = event.on ? 'on_at' : 'off_at';
  const changed = work.sql.run(
    `INSERT INTO reactions (message, who, emoji, ${column}) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET ${column} = ?4 WHERE ${column} < ?4`,
    row.id,
    who,
    event.emoji,
    event.at,
  );
  // Shown with its message: the conversation is touched, though none of its counters move.
  if (changed > 0) work.conversation(row.conversation);
}

/** One register: the count said last, and of two said at once the longer JSON, then the greater (SPEC, I-19). */
function countReactions(work: Work, row: MessageRow, { counts, mine, at }: EventOf<'reaction-counts'>): void {
  if (row.removed_at !== null) return;
  const told: ReactionCounts = {
    counts: counts.map(({ emoji, count }) => [emoji, count] as const),
    ...(mine && { mine }),
  };
  const changed = work.sql.run(
    `INSERT INTO reaction_counts (message, told, at) VALUES (?1, ?2, ?3)
     ON CONFLICT DO UPDATE SET told = ?2, at = ?3
     WHERE (?3, length(?2), ?2) > (at, length(told), told)`,
    row.id,
    JSON.stringify(told),
    at,
  );
  const shown = () => counts.length > 0 || work.sql.get('SELECT 1 FROM reactions WHERE message = ? LIMIT 1', row.id);
  if (changed > 0 && shown()) work.conversation(row.conversation);
}

const whoOf = (work: Work, account: Account, by: string): number => {
  if (by === 'me' || account.mine.has(by)) return me;
  return identity(work, account, by, false).id;
};

/** Of all receipts of one person the one furthest on counts; at the same message the earliest (SPEC, I-11). */
function receive(work: Work, account: Account, row: MessageRow, event: EventOf<'receipt'>): void {
  const who = whoOf(work, account, event.by);
  const before = work.sql.get<Position & { message: MessageId; seen: number }>(
    `SELECT m.ord, m.at, m.key, r.message, r.at AS seen FROM receipts r JOIN messages m ON m.id = r.message
     WHERE r.conversation = ? AND r.who = ? AND r.receipt = ?`,
    row.conversation,
    who,
    event.receipt,
  );
  if (before) {
    const order = comparePositions(before, row);
    if (order > 0 || (order === 0 && before.seen <= event.at)) return;
  }
  work.sql.run(
    'INSERT OR REPLACE INTO receipts (conversation, who, receipt, message, at) VALUES (?, ?, ?, ?, ?)',
    row.conversation,
    who,
    event.receipt,
    row.id,
    event.at,
  );
  const conversation = work.conversation(row.conversation);
  if (who === me && event.receipt === 'read') readingChanged(work, account, conversation);
}
