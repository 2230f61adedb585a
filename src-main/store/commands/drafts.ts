import type { DraftId } from '../../../src-shared/model/index.ts';
import { countDraft, takeDraft } from '../outbox/drafts.ts';
import type { DraftRow } from '../schema.ts';
import type { Handlers } from './command.ts';

export const draftCommands: Handlers<'draft.save' | 'draft.discard'> = {
  'draft.save'(work, { draft, composition, now }) {
    const before = draft === undefined ? undefined : work.sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', draft);
    const text = JSON.stringify(composition);
    work.touch('drafts');
    if (before && before.conversation === composition.conversation) {
      work.sql.run(
        'UPDATE drafts SET account = ?, composition = ?, updated_at = ? WHERE id = ?',
        composition.account,
        text,
        now,
        before.id,
      );
      return { draft: before.id };
    }
    takeDraft(work, before?.id);
    const id = work.sql.insert(
      'INSERT INTO drafts (id, account, conversation, composition, updated_at) VALUES (?, ?, ?, ?, ?)',
      before?.id ?? null,
      composition.account,
      composition.conversation,
      text,
      now,
    );
    countDraft(work, composition.conversation, 1);
    return { draft: id as DraftId };
  },
  'draft.discard'(work, { draft }) {
    takeDraft(work, draft);
    return {};
  },
};
