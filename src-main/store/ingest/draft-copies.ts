import { countDraft } from '../outbox/count-draft.ts';
import type { BodyRow, DraftRow, MessageRow } from '../schema.ts';
import { unpack } from '../text/pack.ts';
import type { PreparedMessage } from './prepare.ts';
import type { Account, Work } from './work.ts';

/** A message that is the network's copy of a draft here, or of what is being sent: it shows as that, not beside it (SPEC, O-11). */
export const isCopy = (work: Work, account: Account, key: string): boolean =>
  work.keepsCopies &&
  work.sql.get(
    `SELECT 1 FROM drafts WHERE account = ?1 AND network_key = ?2
     UNION ALL SELECT 1 FROM outbox WHERE account = ?1 AND copy_key = ?2 AND state <> 'cancelled' LIMIT 1`,
    account.id,
    key,
  ) !== undefined;

/**
 * What was a draft's copy is no draft on the network any more: sent, thrown away or written anew elsewhere. A draft that says
 * no more than its copy did goes with it; one that does stays, and says so (SPEC, O-12).
 */
export function copyGone(work: Work, account: Account, key: string): void {
  if (!work.keepsCopies) return;
  const draft = work.sql.get<DraftRow>(
    'SELECT * FROM drafts WHERE account = ? AND network_key = ? AND saving IS NULL',
    account.id,
    key,
  );
  if (!draft) return;
  work.touch('drafts');
  const { parts = [] }: { parts?: readonly unknown[] } = JSON.parse(draft.composition);
  if (draft.kept_at === draft.updated_at && parts.length === 0) {
    work.sql.run('DELETE FROM drafts WHERE id = ?', draft.id);
    countDraft(work, draft.conversation, -1);
  } else work.sql.run('UPDATE drafts SET network_key = NULL, kept_at = -1, elsewhere = 1 WHERE id = ?', draft.id);
  work.copiesChanged();
}

/**
 * A draft's copy is told anew, before that is stored. Where it says something else by now and nobody has written here since
 * it was saved or taken over, it is the draft from now on, and what stood here goes (SPEC, O-12).
 */
export function copyTold(work: Work, account: Account, row: MessageRow, message: PreparedMessage): void {
  if (!work.keepsCopies || (message.version ?? 0) <= row.version || work.ownCopy === row.key) return;
  const draft = work.sql.get<DraftRow>(
    'SELECT * FROM drafts WHERE account = ? AND network_key = ? AND saving IS NULL AND kept_at = updated_at',
    account.id,
    row.key,
  );
  const body = draft && work.sql.get<BodyRow>('SELECT * FROM bodies WHERE message = ?', row.id);
  if (!body) return;
  const { content, texts } = message;
  const stored = words(row.subject, unpack(body.content), body.recipients);
  if (stored === words(content.subject, content.text, texts.recipients)) return;
  work.sql.run('DELETE FROM drafts WHERE id = ?', draft.id);
  countDraft(work, draft.conversation, -1);
  work.touch('drafts');
  work.copiesChanged();
}
/** The same files may be told under other references. */
const words = (subject: string | null, content: string, recipients: string | null): string =>
  JSON.stringify([subject, recipients, JSON.parse(content)], (name, value: unknown) => (name === 'ref' ? null : value));
