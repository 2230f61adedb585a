import type { DraftId } from '../../../src-shared/model/index.ts';
import type { Work } from '../ingest/work.ts';
import { discardCopy, refreshKey, releaseCopy } from '../outbox/copies.ts';
import { countDraft } from '../outbox/count-draft.ts';
import { takeDraft } from '../outbox/drafts.ts';
import type { DraftRow, MessageRow } from '../schema.ts';
import type { Handlers } from './command.ts';

export const draftCommands: Handlers<'draft.save' | 'draft.discard' | 'draft.adopt'> = {
  'draft.save'(work, { draft, composition, now }) {
    const before = draft === undefined ? undefined : work.sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', draft);
    const text = JSON.stringify(composition);
    work.touch('drafts');
    if (before) {
      // Every change has a time of its own: by it is known what of it the network has.
      const at = before.composition === text ? before.updated_at : Math.max(now, before.updated_at + 1);
      if (before.account !== composition.account) leaveNetwork(work, before);
      work.sql.run(
        'UPDATE drafts SET account = ?, conversation = ?, composition = ?, updated_at = ? WHERE id = ?',
        composition.account,
        composition.conversation,
        text,
        at,
        before.id,
      );
      if (before.conversation !== composition.conversation) {
        countDraft(work, before.conversation, -1);
        countDraft(work, composition.conversation, 1);
      }
      return { draft: before.id };
    }
    // One that is no longer here went with its copy, as whoever still writes in it should know.
    const id = work.sql.insert(
      'INSERT INTO drafts (account, conversation, composition, updated_at, elsewhere) VALUES (?, ?, ?, ?, ?)',
      composition.account,
      composition.conversation,
      text,
      now,
      draft === undefined ? 0 : 1,
    );
    countDraft(work, composition.conversation, 1);
    return { draft: id as DraftId };
  },
  'draft.discard'(work, { draft: id }) {
    const draft = work.sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', id);
    if (!draft) return { account: null };
    takeDraft(work, id);
    leaveNetwork(work, draft);
    return { account: draft.account };
  },
  'draft.adopt'(work, { message, version, composition, now }) {
    const row = work.sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', message);
    if (!row) throw new RangeError(`there is no message ${message}`);
    const known = work.sql.get<DraftRow>(
      'SELECT * FROM drafts WHERE account = ? AND network_key = ?',
      row.account,
      row.key,
    );
    if (known) return { draft: known.id };
    if (row.version !== version) return { draft: null };
    const id = work.sql.insert(
      `INSERT INTO drafts (account, conversation, composition, network_key, updated_at, kept_at, copy_version)
       VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)`,
      row.account,
      composition.conversation,
      JSON.stringify(composition),
      row.key,
      now,
      version,
    );
    countDraft(work, composition.conversation, 1);
    work.touch('drafts');
    refreshKey(work, work.account(row.account), row.key);
    return { draft: id as DraftId };
  },
};

/** Its copy goes: the draft is thrown away, or belongs to another account from now on. */
function leaveNetwork(work: Work, draft: DraftRow): void {
  const { copy_key } = releaseCopy(work, draft);
  work.sql.run(
    'UPDATE drafts SET network_key = NULL, kept_at = -1, saving = NULL, copy_version = NULL WHERE id = ?',
    draft.id,
  );
  if (copy_key !== null) discardCopy(work, work.account(draft.account), copy_key);
}
