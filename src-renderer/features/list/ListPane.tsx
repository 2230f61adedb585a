import './list.css';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { useNarrow } from '../../ui/useNarrow.ts';
import { FilesPane } from '../files/FilesPane.tsx';
import { NotificationCentre } from '../notifications/NotificationCentre.tsx';
import { DraftsList } from '../outbox/DraftsList.tsx';
import { OutboxList } from '../outbox/OutboxList.tsx';
import { PeoplePane } from '../people/PeoplePane.tsx';
import { SearchBox } from '../search/SearchBox.tsx';
import { SearchResults } from '../search/SearchResults.tsx';
import { ConversationList } from './ConversationList.tsx';
import { ListHead } from './ListHead.tsx';

/** The search box and under it what was found, or else the conversations of the place one is in. */
export function ListPane() {
  const t = useT();
  const narrow = useNarrow();
  const searching = useFeature('search', (state) => state.text.trim() !== '');
  const place = useFeature('navigation', (state) => state.place);
  const content = (): React.ReactNode => {
    if (searching) return <SearchResults />;
    if (place.is === 'outbox') return <OutboxList />;
    if (place.is === 'notifications') return <NotificationCentre />;
    if (place.is === 'files') return <FilesPane />;
    if (place.is === 'people') return <PeoplePane />;
    return (
      <>
        <ListHead />
        {place.is === 'view' && place.view === 'drafts' ? <DraftsList /> : <ConversationList />}
      </>
    );
  };
  return (
    <section
      className="pane-list"
      data-pane="list"
      // Where it stands alone it is what the page is about.
      role={narrow ? 'main' : undefined}
      aria-label={t('list.label')}
      tabIndex={-1}
    >
      <SearchBox />
      {content()}
    </section>
  );
}
