import type { ConversationId, MessageId, OutboxId } from '../../../src-shared/model/index.ts';
import type { Operation } from '../api.ts';
import { deriveTold } from '../ingest/conversations.ts';
import { readingChanged } from '../ingest/reading.ts';
import { refresh } from '../ingest/refresh.ts';
import type { Account, Work } from '../ingest/work.ts';
import type { MaskRow } from '../schema.ts';

/** One optimistic value: of a message or of a conversation. */
type Mask = Pick<MaskRow, 'field' | 'value'> & { readonly message?: MessageId; readonly conversation?: ConversationId };

/** What an operation will have changed, as it shows at once (SPEC, O-3). */
function masksOf(operation: Operation, conversation: ConversationId | null): Mask[] {
  const on = (value: boolean | undefined) => (value ? 'true' : 'false');
  switch (operation.op) {
    case 'flag':
      return operation.targets.flatMap(({ id }) =>
        Object.entries(operation.flags).map(([name, value]) => ({
          message: id,
          field: `flag:${name}`,
          value: on(value),
        })),
      );
    case 'label':
      return operation.targets.flatMap(({ id }) => [
        ...operation.remove.map((key) => ({ message: id, field: `label:${key}`, value: on(false) })),
        ...operation.add.map((key) => ({ message: id, field: `label:${key}`, value: on(true) })),
      ]);
    case 'remove':
      return operation.targets.map(({ id }) => ({ message: id, field: 'removed', value: on(true) }));
    case 'react':
      return [{ message: operation.target.id, field: `reaction:${operation.emoji}`, value: on(operation.on) }];
    case 'edit':
      return [{ message: operation.target.id, field: 'content', value: JSON.stringify(operation.content) }];
    case 'mark-read':
      return conversation === null
        ? []
        : [{ message: operation.upTo.id, conversation, field: 'read-up-to', value: on(true) }];
    case 'archive':
    case 'mute':
      return conversation === null
        ? []
        : [{ conversation, field: operation.op === 'archive' ? 'archived' : 'muted', value: on(operation.on) }];
    case 'send':
    case 'draft-save':
    case 'draft-discard':
      return [];
  }
}

/** Puts an operation's optimistic values before what the network has told. */
export function putOn(
  work: Work,
  account: Account,
  outbox: OutboxId,
  operation: Operation,
  conversation: ConversationId | null,
): void {
  const masks = masksOf(operation, conversation);
  for (const mask of masks)
    work.sql.run(
      'INSERT INTO masks (outbox, message, conversation, field, value) VALUES (?, ?, ?, ?, ?)',
      outbox,
      mask.message ?? null,
      mask.conversation ?? null,
      mask.field,
      mask.value,
    );
  work.masksChanged();
  showThrough(work, account, masks);
}

/** Takes an operation's optimistic values away; what the network has told meanwhile shows again (SPEC, O-3). */
export function takeOff(work: Work, account: Account, outbox: OutboxId): void {
  const rows = work.sql.all<MaskRow>('SELECT * FROM masks WHERE outbox = ?', outbox);
  if (rows.length === 0) return;
  work.sql.run('DELETE FROM masks WHERE outbox = ?', outbox);
  work.masksChanged();
  showThrough(
    work,
    account,
    rows.map(({ message, conversation, field, value }) => ({
      field,
      value,
      ...(message !== null && { message }),
      ...(conversation !== null && { conversation }),
    })),
  );
}

function showThrough(work: Work, account: Account, masks: readonly Mask[]): void {
  const messages = new Set(masks.flatMap((mask) => (mask.conversation === undefined ? (mask.message ?? []) : [])));
  for (const id of messages) refresh(work, account, id);
  const conversations = new Set(masks.flatMap((mask) => mask.conversation ?? []));
  for (const id of conversations) {
    const conversation = work.conversation(id);
    deriveTold(work, conversation);
    readingChanged(work, account, conversation);
  }
}
