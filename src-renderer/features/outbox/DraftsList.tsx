import type { DraftView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { EmptyPlace } from '../list/EmptyPlace.tsx';
import { focusPane, soon } from '../shell/focus.ts';

const words = (draft: DraftView): string =>
  (draft.format === 'html'
    ? (new DOMParser().parseFromString(draft.text, 'text/html').body.textContent ?? '')
    : draft.text
  )
    .replace(/\s+/g, ' ')
    .slice(0, 200);

/** What was begun and not sent; each opens where it was left. */
export function DraftsList() {
  const t = useT();
  const formats = useFormats();
  const { composer, navigation, report } = useWorkspace();
  const now = useNow(60_000);
  const drafts = useFeature('outbox', (state) => state.drafts);
  if (drafts.length === 0) return <EmptyPlace />;
  const open = async (draft: DraftView): Promise<void> => {
    const key = await composer.getState().openDraft(draft.id);
    if (draft.conversation !== null) navigation.getState().open(draft.conversation);
    else navigation.getState().write(key);
    soon(() => focusPane('composer'));
  };
  return (
    <ul className="outbox">
      {drafts.map((draft, index) => (
        <li key={draft.id}>
          <button
            type="button"
            className="draft-row"
            data-entry={index === 0 ? '' : undefined}
            onClick={() => void open(draft).catch(report)}
          >
            <span className="row-line">
              <span className="hit-author truncate" dir="auto">
                {draft.recipients.length > 0
                  ? draft.recipients.map((one) => one.name || one.key).join(', ')
                  : t('draft.noRecipient')}
              </span>
              <time className="row-time">{formats.brief(draft.updatedAt, now)}</time>
            </span>
            {draft.subject === null ? null : (
              <span className="truncate" dir="auto">
                {draft.subject || t('row.noSubject')}
              </span>
            )}
            <span className="row-preview truncate" dir="auto">
              {words(draft)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
