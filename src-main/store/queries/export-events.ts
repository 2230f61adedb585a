import type { ChannelEvent, Flags, LabelKey, UserKey } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { unpackFlags } from '../ingest/flag-registers.ts';
import { flagNames, type ReactionCounts } from '../model.ts';
import type { MessageRow, PlacementRow, ReactionCountsRow, ReactionRow, ReceiptRow } from '../schema.ts';

/** Everything said about a message besides itself, with the times at which it was said. */
export function eventsAbout(sql: Sql, row: MessageRow): ChannelEvent[] {
  return [
    ...flagEvents(row),
    ...placementEvents(sql, row),
    ...reactionEvents(sql, row),
    ...countEvents(sql, row),
    ...receiptEvents(sql, row),
    ...(row.removed_at === null ? [] : [{ type: 'removed' as const, target: row.key, at: row.removed_at }]),
  ];
}

function flagEvents(row: MessageRow): ChannelEvent[] {
  const flags = unpackFlags(row.flags);
  const times: number[] = row.flags_times === null ? flagNames.map(() => row.flags_at) : JSON.parse(row.flags_times);
  const byTime = new Map<number, Flags>();
  for (const [i, name] of flagNames.entries()) {
    const value = flags[name];
    const at = times[i] ?? -1;
    if (value !== undefined && at >= 0) byTime.set(at, { ...byTime.get(at), [name]: value });
  }
  return [...byTime].map(([at, said]) => ({ type: 'flags', target: row.key, flags: said, at }));
}

function placementEvents(sql: Sql, row: MessageRow): ChannelEvent[] {
  const rows = sql.all<PlacementRow & { key: LabelKey }>(
    'SELECT p.*, l.key FROM placements p JOIN labels l ON l.id = p.label WHERE p.message = ? ORDER BY p.label, p.ref',
    row.id,
  );
  return rows.flatMap(({ key: label, ref, on_at, off_at }) => {
    const placed = { type: 'placed' as const, target: row.key, label, ...(ref !== '' && { ref }) };
    return [
      ...(on_at < 0 ? [] : [{ ...placed, on: true, at: on_at }]),
      ...(off_at < 0 ? [] : [{ ...placed, on: false, at: off_at }]),
    ];
  });
}

function reactionEvents(sql: Sql, row: MessageRow): ChannelEvent[] {
  const rows = sql.all<ReactionRow & { key: UserKey | null }>(
    `SELECT r.*, i.key FROM reactions r LEFT JOIN identities i ON i.id = r.who WHERE r.message = ? ORDER BY r.emoji, r.who`,
    row.id,
  );
  return rows.flatMap(({ key, emoji, on_at, off_at }) => {
    const reaction = { type: 'reaction' as const, target: row.key, by: key ?? ('me' as const), emoji };
    return [
      ...(on_at < 0 ? [] : [{ ...reaction, on: true, at: on_at }]),
      ...(off_at < 0 ? [] : [{ ...reaction, on: false, at: off_at }]),
    ];
  });
}

function countEvents(sql: Sql, row: MessageRow): ChannelEvent[] {
  const found = sql.get<ReactionCountsRow>('SELECT * FROM reaction_counts WHERE message = ?', row.id);
  if (!found) return [];
  const { counts, mine }: ReactionCounts = JSON.parse(found.told);
  const said = counts.map(([emoji, count]) => ({ emoji, count }));
  return [{ type: 'reaction-counts', target: row.key, counts: said, ...(mine && { mine: [...mine] }), at: found.at }];
}

function receiptEvents(sql: Sql, row: MessageRow): ChannelEvent[] {
  return sql
    .all<ReceiptRow & { key: UserKey | null }>(
      'SELECT r.*, i.key FROM receipts r LEFT JOIN identities i ON i.id = r.who WHERE r.message = ? ORDER BY r.who, r.receipt',
      row.id,
    )
    .map(({ key, receipt, at }) => ({
      type: 'receipt',
      receipt: receipt as 'delivered' | 'read',
      by: key ?? 'me',
      upTo: row.key,
      at,
    }));
}
