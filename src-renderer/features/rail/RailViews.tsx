import type { SystemView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import type { Workspace } from '../../state/workspace.ts';
import { type Place, samePlace } from '../navigation/place.ts';
import { RailEntry } from './RailEntry.tsx';
import { views } from './views.ts';

/** What rows dropped on a view become; undefined where that means nothing. */
const dropped: Partial<Record<SystemView, (workspace: Workspace, ids: readonly ConversationId[]) => void>> = {
  inbox: ({ actions }, ids) => void actions.moveTo(ids, 'inbox'),
  unread: ({ actions }, ids) => void actions.read(ids, false),
  starred: ({ actions }, ids) => void actions.star(ids, true),
  done: ({ actions }, ids) => void actions.archive(ids),
  spam: ({ actions }, ids) => void actions.moveTo(ids, 'spam'),
  trash: ({ actions }, ids) => void actions.moveTo(ids, 'trash'),
};

/** The views, over all accounts or of one. */
export function RailViews({
  account,
  place,
  go,
}: {
  account: AccountId | null;
  place: Place;
  go: (place: Place) => void;
}) {
  const t = useT();
  const workspace = useWorkspace();
  const counts = useFeature('accounts', (state) => state.counts);
  const countOf = (view: SystemView): number => {
    if (account === null) return counts?.views[view] ?? 0;
    return view === 'inbox' ? (counts?.accounts.find((one) => one.id === account)?.unread ?? 0) : 0;
  };
  return views.map(({ view, title, icon: Icon }) => {
    const to: Place = { is: 'view', view, account };
    const drop = dropped[view];
    return (
      <li key={view}>
        <RailEntry
          icon={<Icon />}
          text={t(title)}
          count={countOf(view)}
          strong={view === 'inbox' || view === 'unread'}
          current={samePlace(place, to)}
          place={to}
          onOpen={() => go(to)}
          {...(drop ? { onRows: (ids) => drop(workspace, ids) } : {})}
        />
      </li>
    );
  });
}
