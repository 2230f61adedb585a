import type { Composition } from '../../../src-shared/ipc/index.ts';
import type { DraftId, MessageId, OutgoingMessage } from '../../../src-shared/model/index.ts';
import type { Commands } from '../api.ts';
import type { Work } from '../ingest/work.ts';
import type { DraftRow, OutboxRow } from '../schema.ts';
import { countDraft } from './count-draft.ts';

/** Takes a draft out of the table; answers it as it was, to give it back by. */
export function takeDraft(work: Work, id: DraftId | undefined): DraftRow | undefined {
  const draft = id === undefined ? undefined : work.sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', id);
  if (!draft) return undefined;
  work.sql.run('DELETE FROM drafts WHERE id = ?', draft.id);
  countDraft(work, draft.conversation, -1);
  work.touch('drafts');
  return draft;
}

/** What was composed, read back from what goes out, for something sent without a draft of its own. */
export function compositionOf(
  work: Work,
  input: Commands['outbox.enqueue']['input'],
  message: OutgoingMessage,
): string {
  const idOf = (key: string | undefined): MessageId | null =>
    key === undefined
      ? null
      : (work.sql.get<{ id: MessageId }>('SELECT id FROM messages WHERE account = ? AND key = ?', input.account, key)
          ?.id ?? null);
  const text = message.parts.find((part) => part.kind === 'text');
  const composition: Composition = {
    account: input.account,
    conversation: input.conversation,
    from: message.from ?? null,
    recipients: message.recipients ?? [],
    subject: message.subject ?? null,
    text: text?.text ?? '',
    format: text?.format ?? 'plain',
    parts: message.parts.filter((part) => part !== text),
    replyTo: idOf(message.replyTo),
    forwards: idOf(message.forwards),
    ...(message.threadRoot !== undefined && { thread: idOf(message.threadRoot) }),
    ...(message.mentions !== undefined && { mentions: message.mentions }),
  };
  return JSON.stringify(composition);
}

/** A cancelled message comes back as the draft it was (SPEC, O-5). */
export function restoreDraft(work: Work, row: OutboxRow): DraftId {
  const composition: Composition = JSON.parse(row.composition ?? 'null');
  // Where it answered into, under the id that conversation has by now.
  const conversation = composition.conversation === null ? null : row.conversation;
  const id = work.sql.insert(
    `INSERT INTO drafts (account, conversation, composition, network_key, updated_at, saving) VALUES (?, ?, ?, ?, ?, ?)`,
    row.account,
    conversation,
    row.composition,
    row.copy_key,
    work.now,
    row.copy_saving,
  );
  work.sql.run('UPDATE outbox SET copy_key = NULL, copy_saving = NULL WHERE id = ?', row.id);
  work.copiesChanged();
  countDraft(work, conversation, 1);
  work.touch('drafts');
  return id as DraftId;
}
