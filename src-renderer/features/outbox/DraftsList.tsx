import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { EmptyPlace } from '../list/EmptyPlace.tsx';
import { keepKeysDuring } from '../shell/ahead.ts';
import { focusPane, soon } from '../shell/focus.ts';
import { type DraftEntry, entriesOf } from './draft-entries.ts';

/** What was begun and not sent, here or elsewhere; each opens where it was left. */
export function DraftsList() {
  const { composer, navigation, report, client } = useWorkspace();
  const drafts = useFeature('outbox', (state) => state.drafts);
  const remote = useFeature('outbox', (state) => state.remoteDrafts);
  const entries = entriesOf(drafts, remote);
  if (entries.length === 0) return <EmptyPlace />;
  const open = async ({ from }: DraftEntry): Promise<void> => {
    const { place, conversation } = navigation.getState();
    const draft = from.is === 'here' ? from : await client.call('drafts.take', { message: from.message });
    if (!draft) return;
    const key = await composer.getState().openDraft(draft.id);
    const now = navigation.getState();
    // Whoever has gone on to something else meanwhile is not called back.
    if (now.place !== place || now.conversation !== conversation) return;
    if (draft.conversation !== null) navigation.getState().open(draft.conversation);
    else navigation.getState().write(key);
    soon(() => focusPane('composer'));
  };
  return (
    <ul className="outbox">
      {entries.map((entry, index) => (
        <li key={entry.key}>
          <DraftRow entry={entry} first={index === 0} open={() => void keepKeysDuring(open(entry)).catch(report)} />
        </li>
      ))}
    </ul>
  );
}

function DraftRow({ entry, first, open }: { entry: DraftEntry; first: boolean; open: () => void }) {
  const t = useT();
  const formats = useFormats();
  const now = useNow(60_000);
  const { recipients, subject, words, at, from } = entry;
  return (
    <button type="button" className="draft-row" data-entry={first ? '' : undefined} onClick={open}>
      <span className="row-line">
        <span className="hit-author truncate" dir="auto">
          {recipients.length > 0 ? recipients.map((one) => one.name || one.key).join(', ') : t('draft.noRecipient')}
        </span>
        <time className="row-time">{formats.brief(at, now)}</time>
      </span>
      {subject === null ? null : (
        <span className="truncate" dir="auto">
          {subject || t('row.noSubject')}
        </span>
      )}
      <span className="row-preview truncate" dir="auto">
        {words}
      </span>
      {from.is === 'elsewhere' ? <span className="draft-note">{t('draft.onServer')}</span> : null}
      {from.is === 'here' && from.elsewhere ? <span className="draft-note">{t('draft.elsewhere')}</span> : null}
    </button>
  );
}
