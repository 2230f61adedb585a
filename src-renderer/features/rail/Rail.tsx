import { CloudAlert, Settings as Cog, Pencil, Plus } from 'lucide-react';
import { memo } from 'react';
import './rail.css';
import { useKeys } from '../../commands/useCaps.ts';
import { compose } from '../../commands/write.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Bell } from '../../ui/Bell.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { ImportProgress } from '../imports/ImportProgress.tsx';
import type { Place } from '../navigation/place.ts';
import { focusPane, soon } from '../shell/focus.ts';
import { RailAccounts } from './RailAccounts.tsx';
import { RailEntry } from './RailEntry.tsx';
import { RailPlaces } from './RailPlaces.tsx';
import { RailSearches } from './RailSearches.tsx';
import { RailViews } from './RailViews.tsx';

/** Where one can look: views over everything, then accounts with their labels. */
export const Rail = memo(function Rail() {
  const t = useT();
  const keys = useKeys();
  const workspace = useWorkspace();
  const place = useFeature('navigation', (state) => state.place);
  const show = useFeature('navigation', (state) => state.show);
  const unified = useFeature('session', (state) => state.settings?.unified ?? true);
  const waiting = useFeature('outbox', (state) => state.rows.length);
  const go = (to: Place): void => {
    workspace.search.getState().clear();
    workspace.navigation.getState().go(to);
    soon(() => focusPane('list'));
  };
  return (
    <nav className="rail" data-pane="rail" aria-label={t('rail.label')} tabIndex={-1}>
      <div className="rail-head">
        <Bell />
        <span className="rail-name">Carillon</span>
        <IconButton
          label={t('command.settings')}
          keys={keys('settings')}
          onClick={() => show({ is: 'settings', section: 'accounts' })}
        >
          <Cog />
        </IconButton>
      </div>
      <Button tone="primary" className="rail-compose" onClick={() => compose(workspace)}>
        <Pencil />
        {t('command.compose')}
      </Button>
      <div className="rail-scroll">
        <ul>
          {unified ? <RailViews account={null} place={place} go={go} /> : null}
          {waiting > 0 ? (
            <li>
              <RailEntry
                icon={<CloudAlert />}
                text={t('outbox.title')}
                count={waiting}
                current={place.is === 'outbox'}
                onOpen={() => go({ is: 'outbox' })}
              />
            </li>
          ) : null}
          <RailPlaces place={place} go={go} />
        </ul>
        <RailAccounts place={place} go={go} />
        <RailSearches />
      </div>
      <ImportProgress />
      <Button tone="quiet" className="rail-add" onClick={() => show({ is: 'add-account', mend: null, channel: null })}>
        <Plus />
        {t('command.addAccount')}
      </Button>
    </nav>
  );
});
