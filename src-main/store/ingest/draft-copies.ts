import { countDraft } from '../outbox/count-draft.ts';
import type { DraftRow } from '../schema.ts';
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
