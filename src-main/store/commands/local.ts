import type { ConversationId } from '../../../src-shared/model/index.ts';
import { mergeTold } from '../ingest/conversations.ts';
import { mergePatch } from '../ingest/registers.ts';
import type { Handlers } from './command.ts';

/** What the person does to conversations here, without the network. */
export const localCommands: Handlers<'conversation.local' | 'snooze.wake'> = {
  'conversation.local'(work, { conversations, archived, muted, pinned, snoozedUntil }) {
    for (const id of conversations) {
      const conversation = work.conversation(id);
      // The same registers as the network's own word: the later of both holds (SPEC, I-13).
      mergeTold(work, conversation, (told) => mergePatch(told, { archived, muted, pinned }, work.now));
      if (snoozedUntil === undefined) continue;
      conversation.row.snoozed_until = snoozedUntil;
      conversation.row.snoozed_at = snoozedUntil === null ? null : work.now;
    }
    return {};
  },
  /** Comes back on top of the inbox, as if it had just arrived (SPEC, V-4). */
  'snooze.wake'(work, { now }) {
    const due = work.sql.all<{ id: ConversationId }>(
      'SELECT id FROM conversations WHERE snoozed_until IS NOT NULL AND snoozed_until <= ? ORDER BY snoozed_until',
      now,
    );
    for (const { id } of due) {
      const { row } = work.conversation(id);
      row.woken_at = row.snoozed_until ?? now;
      row.snoozed_until = null;
      row.snoozed_at = null;
    }
    const next = work.sql.get<{ at: number | null }>(
      'SELECT min(snoozed_until) AS at FROM conversations WHERE snoozed_until IS NOT NULL AND snoozed_until > ?',
      now,
    );
    return { woken: due.map(({ id }) => id), nextAt: next?.at ?? null };
  },
};
