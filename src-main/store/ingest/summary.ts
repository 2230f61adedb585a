import { views } from '../model.ts';
import { flushLabels } from './conversation-labels.ts';
import { insert, update } from './conversation-row.ts';
import { summarise, summariseMore } from './summarise.ts';
import { settleJoining } from './taking-part.ts';
import type { Conversation, Work } from './work.ts';

/** Writes every conversation touched, once: its last message, title, people, place in the lists (SPEC, I-12 to I-15). */
export function flushConversations(work: Work): void {
  settleJoining(work);
  // The new ones last: nothing more is read, and their rows are written together.
  const all = [...work.conversations.values()];
  for (const conversation of [...all.filter(({ fresh }) => !fresh), ...all.filter(({ fresh }) => fresh)]) {
    const { row } = conversation;
    if (conversation.changed) summarise(work, conversation);
    else if (conversation.grown || conversation.joined.length > 0) summariseMore(work, conversation);
    const { inboxIsLabel } = work.account(row.account);
    const answered = row.last_in_at > row.archived_at && row.muted === 0;
    const away = row.archived === 1 && !answered;
    row.in_inbox = (inboxIsLabel ? row.inbox > 0 : row.plain > 0) && !away ? 1 : 0;
    if (row.snoozed_until !== null && row.muted === 0 && row.last_in_at > (row.snoozed_at ?? -1)) {
      row.snoozed_until = null;
      row.snoozed_at = null;
    }
    row.sort_at = Math.max(row.last_at, row.woken_at);
    row.views = viewsOf(conversation);
    if (conversation.fresh) insert(work, conversation);
    else update(work, conversation);
    flushLabels(work, conversation);
    conversation.fresh = false;
  }
  for (const [label, { conversations, unread }] of work.labelCounts) {
    if (conversations === 0 && unread === 0) continue;
    work.sql.run(
      'UPDATE labels SET conversations = conversations + ?, unread = unread + ? WHERE id = ?',
      conversations,
      unread,
      label,
    );
    work.touch('labels');
  }
  work.labelCounts.clear();
}

/** The lists a conversation is in (SPEC, V-*). */
function viewsOf({ row }: Conversation): number {
  const asleep = row.snoozed_until !== null;
  const drafts = row.drafts > 0 || row.draft > 0;
  let bits = drafts ? views.drafts : 0;
  if (row.messages === 0) return bits;
  if (row.spam > 0) bits |= views.spam;
  if (row.trash > 0) bits |= views.trash;
  if (row.starred > 0) bits |= views.starred;
  if (row.plain === 0) return bits;
  bits |= views.all;
  if (row.files > 0) bits |= views.files;
  if (row.sent > 0) bits |= views.sent;
  if (asleep) bits |= views.snoozed;
  else if (row.in_inbox === 1) bits |= row.unread > 0 ? views.inbox | views.inboxUnread : views.inbox;
  else if (row.received > 0) bits |= views.done;
  if (row.unread > 0 && !asleep && row.muted === 0) bits |= views.unread;
  return bits;
}
