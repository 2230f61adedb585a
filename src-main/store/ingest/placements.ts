import type { LabelId, LabelPatch, MessageId } from '../../../src-shared/model/index.ts';
import { insertion } from '../connection/insertion.ts';
import type { LabelRow, PlacementRow } from '../schema.ts';
import { refresh } from './refresh.ts';
import { mergePatch, parseRegisters, registersText } from './registers.ts';
import type { Account, Work } from './work.ts';

/** The label behind a key, made when something stands under it before the network describes it. */
export function labelByKey(work: Work, account: Account, key: string): LabelRow {
  const found = work.labels(account.id).get(key);
  if (found) return found;
  const id = work.sql.insert(
    `INSERT INTO labels (account, key, name, kind) VALUES (?, ?, ?, 'label')`,
    account.id,
    key,
    key,
  ) as LabelId;
  const row: LabelRow = {
    id,
    account: account.id,
    key: key as LabelRow['key'],
    told: null,
    ended_at: -1,
    name: key,
    kind: 'label',
    role: null,
    colour: null,
    gone: 0,
    conversations: 0,
    unread: 0,
  };
  work.saveLabel(row);
  work.touch('labels');
  return row;
}

/** One placement said at `at`. Answers whether it changed anything; the caller refreshes the message. */
export function place(work: Work, id: MessageId, label: LabelRow, ref: string, on: boolean, at: number): boolean {
  const column = on ? 'on_at' : 'off_at';
  const changed = work.sql.run(
    `INSERT INTO placements (message, label, ref, ${column}, live) VALUES (?1, ?2, ?3, ?4, 0)
     ON CONFLICT DO UPDATE SET ${column} = ?4 WHERE ${column} < ?4`,
    id,
    label.id,
    ref,
    at,
  );
  if (changed === 0) return false;
  relive(work, id, label);
  return true;
}

const first = insertion('placements', ['message', 'label', 'ref', 'on_at', 'live']);
/** A message's first placement under a label, where it is known to have none yet. */
export function placeFirst(work: Work, id: MessageId, label: LabelRow, ref: string, at: number): boolean {
  const live = at >= label.ended_at;
  work.sql.later(first, id, label.id, ref, at, live ? 1 : 0);
  return live;
}

/**
 * Which placements of a message under a label hold (SPEC, I-9). One without a reference stands in for what the network
 * has not numbered yet: it ends as soon as a numbered one is known from then or later. Answers whether that has changed.
 */
export function relive(work: Work, id: MessageId, label: LabelRow): boolean {
  const rows = work.sql.all<PlacementRow>('SELECT * FROM placements WHERE message = ? AND label = ?', id, label.id);
  const endedAt = Math.max(label.ended_at, rows.find((row) => row.ref === '')?.off_at ?? -1);
  const numbered = Math.max(-1, ...rows.filter((row) => row.ref !== '').map((row) => Math.max(row.on_at, row.off_at)));
  let changed = false;
  for (const row of rows) {
    const holds =
      row.on_at >= 0 && row.on_at >= row.off_at && row.on_at >= endedAt && (row.ref !== '' || numbered < row.on_at);
    const live = holds ? 1 : 0;
    if (live === row.live) continue;
    work.sql.run(
      'UPDATE placements SET live = ? WHERE message = ? AND label = ? AND ref = ?',
      live,
      id,
      label.id,
      row.ref,
    );
    changed = true;
  }
  return changed;
}

export function applyLabel(work: Work, account: Account, key: string, patch: LabelPatch, at: number): void {
  const before = labelByKey(work, account, key);
  const told = parseRegisters(before.told);
  const changed = mergePatch(told, patch, at);
  const endedAt = patch.exists === false ? Math.max(before.ended_at, at) : before.ended_at;
  if (!changed && endedAt === before.ended_at) return;
  const text = (field: string): string | null => {
    const value = told[field]?.[0];
    return typeof value === 'string' ? value : null;
  };
  const row: LabelRow = {
    ...before,
    told: registersText(told),
    ended_at: endedAt,
    name: text('name') ?? key,
    kind: text('kind') ?? 'label',
    role: text('role'),
    colour: text('colour'),
    gone: told.exists?.[0] === false ? 1 : 0,
  };
  work.sql.run(
    'UPDATE labels SET told = ?, ended_at = ?, name = ?, kind = ?, role = ?, colour = ?, gone = ? WHERE id = ?',
    row.told,
    row.ended_at,
    row.name,
    row.kind,
    row.role,
    row.colour,
    row.gone,
    row.id,
  );
  work.saveLabel(row);
  work.touch('labels');
  const meansAnother = row.role !== before.role || (row.kind === 'keyword') !== (before.kind === 'keyword');
  const ended = endedAt > before.ended_at;
  if (!meansAnother && !ended) return;
  // A label never counted has no placements to look at: the common case at first sync.
  const messages = work.sql.all<{ message: MessageId }>(
    'SELECT DISTINCT message FROM placements WHERE label = ?',
    row.id,
  );
  for (const { message } of messages) {
    if (ended) relive(work, message, row);
    refresh(work, account, message);
  }
}
