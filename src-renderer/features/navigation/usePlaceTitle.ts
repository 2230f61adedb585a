import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { accountOf, labelOf } from '../accounts/store.ts';
import { titleOf } from '../rail/views.ts';

/** What the list shows, in words. */
export function usePlaceTitle(): string {
  const t = useT();
  const place = useFeature('navigation', (state) => state.place);
  const account = useFeature('accounts', (state) =>
    place.is === 'view' ? accountOf(state, place.account)?.label : undefined,
  );
  const label = useFeature('accounts', (state) =>
    place.is === 'label' ? labelOf(state, place.label)?.name : undefined,
  );
  if (place.is === 'outbox') return t('outbox.title');
  if (place.is === 'search') return t('command.search');
  if (place.is === 'files') return t('files.title');
  if (place.is === 'people') return t('people.title');
  if (place.is === 'notifications') return t('notices.title');
  if (place.is === 'label') return label ?? t('view.all');
  const view = t(titleOf(place.view));
  return account === undefined ? view : place.view === 'inbox' ? account : `${account} · ${view}`;
}
