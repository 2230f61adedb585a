import type { MessageId, MessageKey, OutboxId, TxnId } from '../../../src-shared/model/index.ts';
import type { Operation } from '../api.ts';
import { refresh } from '../ingest/refresh.ts';
import type { Account, Work } from '../ingest/work.ts';
import type { DraftRow, OutboxRow } from '../schema.ts';

type Save = Extract<Operation, { op: 'draft-save' }>;
/** What a draft leaves to whatever takes its place: its copy, and the saving of it that can no longer be called back. */
export interface Copy {
  readonly copy_key: MessageKey | null;
  readonly copy_saving: OutboxId | null;
}

/** Derives anew how the message under this key shows. */
export function refreshKey(work: Work, account: Account, key: string): void {
  work.copiesChanged();
  const row = work.sql.get<{ id: MessageId }>('SELECT id FROM messages WHERE account = ? AND key = ?', account.id, key);
  if (row) refresh(work, account, row.id);
}

/** What `stage` says of a save that was begun, ever: its copy may be there, whatever became of the try. */
export const begun = 'begun';
/** A row nothing has been tried of: it can be called back, or say something else. */
const untried = (row: OutboxRow): boolean => row.state === 'queued' && row.tries === 0 && row.stage === null;

const outboxRow = (work: Work, id: OutboxId | null): OutboxRow | undefined =>
  id === null ? undefined : work.sql.get<OutboxRow>('SELECT * FROM outbox WHERE id = ?', id);

/** What of a draft is on the network or on its way there, as the draft goes. What has not begun is called back. */
export function releaseCopy(work: Work, draft: DraftRow): Copy {
  const saving = outboxRow(work, draft.saving);
  const over = saving === undefined || saving.state === 'sent' || saving.state === 'cancelled';
  if (!over && (untried(saving) || saving.state === 'failed')) {
    work.sql.run(`UPDATE outbox SET state = 'cancelled', copy_key = NULL WHERE id = ?`, saving.id);
    work.touch('outbox');
    return { copy_key: draft.network_key, copy_saving: null };
  }
  return { copy_key: draft.network_key, copy_saving: over ? null : draft.saving };
}

/** Asks the network to take a copy away; it no longer shows here meanwhile. */
export function discardCopy(work: Work, account: Account, key: MessageKey): void {
  const operation: Operation = { op: 'draft-discard', key };
  work.sql.run(
    `INSERT INTO outbox (txn, account, lane, operation, state, due_at, not_before, created_at, copy_key)
     VALUES (?1, ?2, 'state', ?3, 'queued', ?4, ?4, ?4, ?5) ON CONFLICT DO NOTHING`,
    `draft-discard:${key}:${account.id}` as TxnId,
    account.id,
    JSON.stringify(operation),
    work.now,
    key,
  );
  work.touch('outbox');
  refreshKey(work, account, key);
}

/**
 * The row that brings a draft to the network. One that waits untried says the newer words instead; a draft whose saving is
 * under way waits for the end of it (SPEC, O-10). Answers the row taken over, undefined where a new one is needed.
 */
export function takeOverSave(work: Work, operation: Save): { readonly row: OutboxRow } | undefined {
  const draft = work.sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', operation.draft);
  const row = outboxRow(work, draft?.saving ?? null);
  if (!row || row.state === 'sent' || row.state === 'cancelled') return undefined;
  if (row.state === 'failed') {
    work.sql.run(`UPDATE outbox SET state = 'cancelled', copy_key = NULL WHERE id = ?`, row.id);
    return undefined;
  }
  if (untried(row)) work.sql.run('UPDATE outbox SET operation = ? WHERE id = ?', JSON.stringify(operation), row.id);
  return { row };
}

/** The copy a save replaces is whatever the draft's copy is when it begins. */
export function withReplaced(work: Work, row: OutboxRow): OutboxRow {
  if (!row.operation.startsWith('{"op":"draft-save"')) return row;
  const draft = work.sql.get<DraftRow>('SELECT * FROM drafts WHERE saving = ?', row.id);
  const { seen: _before, ...asked }: Save = JSON.parse(row.operation);
  const operation: Save = {
    ...asked,
    replaces: draft?.network_key ?? null,
    ...(draft?.copy_version == null ? {} : { seen: draft.copy_version }),
  };
  const text = JSON.stringify(operation);
  work.sql.run('UPDATE outbox SET operation = ? WHERE id = ?', text, row.id);
  return { ...row, operation: text };
}

/** A draft is on the network under this key. If it was sent or thrown away meanwhile, the copy goes with it. */
export function copySaved(
  work: Work,
  account: Account,
  row: OutboxRow,
  saved: { readonly key: MessageKey; readonly at: number; readonly elsewhere: boolean },
): void {
  work.sql.run('UPDATE outbox SET copy_key = NULL WHERE id = ?', row.id);
  work.copiesChanged();
  const kept = work.sql.run(
    `UPDATE drafts SET network_key = ?, kept_at = ?, saving = NULL, copy_version = NULL, elsewhere = max(elsewhere, ?)
     WHERE saving = ?`,
    saved.key,
    saved.at,
    saved.elsewhere ? 1 : 0,
    row.id,
  );
  work.touch('drafts');
  const sending = work.sql.run(
    `UPDATE outbox SET copy_key = ?, copy_saving = NULL WHERE copy_saving = ? AND state NOT IN ('sent', 'cancelled')`,
    saved.key,
    row.id,
  );
  if (kept + sending > 0) refreshKey(work, account, saved.key);
  else discardCopy(work, account, saved.key);
}

/** Nothing is to hide behind this row any more: what the network has under its key shows as it is. */
export function letCopyShow(work: Work, account: Account, row: OutboxRow): void {
  if (row.copy_key === null) return;
  work.sql.run('UPDATE outbox SET copy_key = NULL WHERE id = ?', row.id);
  refreshKey(work, account, row.copy_key);
}
