import { Activity, memo, useState } from 'react';
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
export const ListPane = memo(function ListPane() {
  const t = useT();
  const narrow = useNarrow();
  const searching = useFeature('search', (state) => state.text.trim() !== '');
  const place = useFeature('navigation', (state) => state.place);
  const [news, setNews] = useState<HTMLElement | null>(null);
  const other = (): React.ReactNode => {
    if (searching) return <SearchResults />;
    if (place.is === 'outbox') return <OutboxList />;
    if (place.is === 'notifications') return <NotificationCentre />;
    if (place.is === 'files') return <FilesPane />;
    if (place.is === 'people') return <PeoplePane />;
    return null;
  };
  const shown = other();
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
      {shown}
      {shown === null || searching ? (
        // Whoever searches comes back to the list as it was: making it anew would take longer than a key may.
        <Activity mode={searching ? 'hidden' : 'visible'}>
          <ListHead news={setNews} />
          {place.is === 'view' && place.view === 'drafts' ? <DraftsList /> : <ConversationList news={news} />}
        </Activity>
      ) : null}
    </section>
  );
});
