import type { LabelId, MessageId } from '../../../src-shared/model/index.ts';
import { counters, states } from '../model.ts';
import type { LabelRow, MessageRow } from '../schema.ts';
import { copyGone, isCopy } from './draft-copies.ts';
import { withFlag } from './flag-registers.ts';
import { isReadUpTo } from './read-position.ts';
import { type Facts, isDraft, stateOf } from './state.ts';
import type { Account, Conversation, Work } from './work.ts';

/** What of a message follows from its placements. */
export interface Standing {
  /** Labels it stands under, pending work included. */
  readonly labels: readonly LabelRow[];
  /** Ever placed under anything but a keyword. */
  readonly everPlaced: boolean;
}

/** Derives flags shown, labels and state of a stored message anew, and passes the difference on to its conversation. */
export function refresh(work: Work, account: Account, id: MessageId): void {
  const row = work.sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', id);
  if (!row) return;
  const conversation = work.conversation(row.conversation);
  conversation.added = undefined;
  const masks = work.masked
    ? work.sql.all<{ field: string; value: string }>(
        'SELECT field, value FROM masks WHERE message = ? ORDER BY outbox',
        id,
      )
    : [];
  let shown = row.flags;
  let takenAway = false;
  for (const { field, value } of masks) {
    if (field.startsWith('flag:'))
      shown = withFlag(shown, field.slice(5) as Parameters<typeof withFlag>[1], value === 'true');
    if (field === 'removed') takenAway = true;
  }
  const { labels, everPlaced } = standing(work, account, id, masks);
  const facts: Facts = {
    authorIs: row.author_is,
    removed: row.removed_at !== null,
    takenAway,
    linked: conversation.row.linked === 1,
    shown,
    labels,
    everPlaced,
    hasFiles: work.sql.get('SELECT 1 FROM attachments WHERE message = ? AND inline = 0 LIMIT 1', id) !== undefined,
    failed:
      row.echo === 1 &&
      work.sql.get(`SELECT 1 FROM outbox WHERE message = ? AND state = 'failed' LIMIT 1`, id) !== undefined,
    readUpTo: isReadUpTo(conversation, row),
    copy: isCopy(work, account, row.key),
  };
  if (!isDraft(facts)) copyGone(work, account, row.key);
  const state = stateOf(facts);
  const labelText = labelsText(state, labels);
  if (state === row.state && labelText === row.labels && shown === row.shown) return;
  work.sql.run('UPDATE messages SET state = ?, labels = ?, shown = ? WHERE id = ?', state, labelText, shown, id);
  count(conversation, row.state, state);
  countLabels(conversation, row.labels, labelText);
  const read = (row.state & states.unread) !== 0 && (state & states.unread) === 0;
  if (read && work.sql.run('DELETE FROM notifications WHERE message = ?', id) > 0) work.touch('notifications');
}

export const labelsText = (state: number, labels: readonly LabelRow[]): string =>
  (state & states.shown) === 0 || labels.length === 0
    ? '[]'
    : JSON.stringify(labels.map((label) => label.id).sort((a, b) => a - b));

/** Adds the difference between two states of a stored message to its conversation's counters. */
export function count(conversation: Conversation, before: number, after: number): void {
  countOnly(conversation, before, after);
  const listed = states.shown | states.plain | states.received;
  if ((before ^ after) & listed) conversation.changed = true;
}
/** The counters alone, for a message that has just come. */
export function countOnly({ row }: Conversation, before: number, after: number): void {
  const difference = before ^ after;
  for (const [counter, bit] of counters) {
    if (difference & bit) row[counter] += after & bit ? 1 : -1;
  }
}
export function countLabels(conversation: Conversation, before: string, after: string): void {
  if (before === after) return;
  const add = (text: string, by: number) => {
    const ids: LabelId[] = JSON.parse(text);
    for (const id of ids) conversation.labels.set(id, (conversation.labels.get(id) ?? 0) + by);
  };
  add(before, -1);
  add(after, 1);
}

/** Labels by their live placements, under the masks of pending work. */
export function standing(
  work: Work,
  account: Account,
  id: MessageId,
  masks: readonly { field: string; value: string }[],
): Standing {
  const rows = work.sql.all<{ label: LabelId; live: number; placed: number }>(
    'SELECT label, max(live) AS live, max(on_at >= 0) AS placed FROM placements WHERE message = ? GROUP BY label',
    id,
  );
  const labels = new Map<LabelId, LabelRow>();
  let everPlaced = false;
  for (const row of rows) {
    const label = work.label(row.label, account.id);
    if (row.live === 1) labels.set(row.label, label);
    if (row.placed === 1 && label.kind !== 'keyword') everPlaced = true;
  }
  for (const { field, value } of masks) {
    if (!field.startsWith('label:')) continue;
    const label = work.labels(account.id).get(field.slice(6));
    if (!label) continue;
    if (value === 'true') {
      labels.set(label.id, label);
      if (label.kind !== 'keyword') everPlaced = true;
    } else labels.delete(label.id);
  }
  return { labels: [...labels.values()], everPlaced };
}
