import type { LabelId } from '../../../src-shared/model/index.ts';
import { insertion } from '../connection/insertion.ts';
import type { Conversation, Work } from './work.ts';

interface LabelCount {
  readonly label: LabelId;
  readonly messages: number;
  readonly unread: number;
  readonly sort_at: number;
}
const newCount = insertion('conversation_labels', ['conversation', 'label', 'messages', 'unread', 'sort_at']);

/** Brings the labels of a conversation in step with its messages, and the counters of the labels with those. */
export function flushLabels(work: Work, { row, labels, fresh }: Conversation): void {
  const unread = row.unread > 0 ? 1 : 0;
  const before = fresh
    ? []
    : work.sql.all<LabelCount>(
        'SELECT label, messages, unread, sort_at FROM conversation_labels WHERE conversation = ?',
        row.id,
      );
  for (const was of before) {
    const messages = was.messages + (labels.get(was.label) ?? 0);
    labels.delete(was.label);
    if (messages === 0) {
      work.sql.run('DELETE FROM conversation_labels WHERE conversation = ? AND label = ?', row.id, was.label);
      countLabel(work, was.label, -1, -was.unread);
      continue;
    }
    if (was.unread !== unread) countLabel(work, was.label, 0, unread - was.unread);
    if (was.messages === messages && was.unread === unread && was.sort_at === row.sort_at) continue;
    work.sql.run(
      'UPDATE conversation_labels SET messages = ?, unread = ?, sort_at = ? WHERE conversation = ? AND label = ?',
      messages,
      unread,
      row.sort_at,
      row.id,
      was.label,
    );
  }
  for (const [label, messages] of labels) {
    if (messages === 0) continue;
    work.sql.later(newCount, row.id, label, messages, unread, row.sort_at);
    countLabel(work, label, 1, unread);
  }
  labels.clear();
}
function countLabel(work: Work, label: LabelId, conversations: number, unread: number): void {
  const counts = work.labelCounts.get(label) ?? { conversations: 0, unread: 0 };
  counts.conversations += conversations;
  counts.unread += unread;
  work.labelCounts.set(label, counts);
}
