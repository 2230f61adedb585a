import { ChevronRight } from 'lucide-react';
import type { AccountView, LabelView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { AccountDot } from '../accounts/AccountDot.tsx';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { type Place, samePlace } from '../navigation/place.ts';
import { AccountState } from './AccountState.tsx';
import { useFold } from './folds.ts';
import { labelTree } from './label-tree.ts';
import { RailEntry } from './RailEntry.tsx';
import { RailLabels } from './RailLabels.tsx';
import { RailSection } from './RailSection.tsx';
import { RailViews } from './RailViews.tsx';

export function RailAccounts({ place, go }: { place: Place; go: (place: Place) => void }) {
  const t = useT();
  const accounts = useFeature('accounts', (state) => state.accounts);
  const labels = useFeature('accounts', (state) => state.labels);
  if (!accounts || accounts.length === 0) return null;
  return (
    <RailSection name="accounts" title={t('rail.accounts')}>
      <ul>
        {accounts.map((account) => (
          <Account
            key={account.id}
            account={account}
            // A role's folder is a view already.
            labels={labels.filter((label) => label.account === account.id && label.role === null)}
            place={place}
            go={go}
          />
        ))}
      </ul>
    </RailSection>
  );
}

function Account({
  account,
  labels,
  place,
  go,
}: {
  account: AccountView;
  labels: readonly LabelView[];
  place: Place;
  go: (place: Place) => void;
}) {
  const t = useT();
  const unified = useFeature('session', (state) => state.settings?.unified ?? true);
  const unread = useFeature('accounts', ({ counts }) => counts?.accounts.find(({ id }) => id === account.id)?.unread);
  const [open, toggle] = useFold(`account ${account.id}`, !unified);
  const here: Place = { is: 'view', view: 'inbox', account: account.id };
  const folds = labels.length > 0 || !unified;
  return (
    <li>
      <div className="rail-account">
        <RailEntry
          icon={<AccountMark account={account} />}
          text={account.label}
          count={unread ?? account.unread}
          current={samePlace(place, here) && (unified || !open)}
          place={here}
          trailing={<AccountDot account={account} />}
          onOpen={() => go(here)}
        />
        {folds ? (
          <button
            type="button"
            className="rail-fold"
            aria-expanded={open}
            aria-label={t('rail.labelsOf', { account: account.label })}
            onClick={toggle}
          >
            <ChevronRight />
          </button>
        ) : null}
      </div>
      <AccountState account={account} />
      {open && !unified ? (
        <ul className="rail-labels">
          <RailViews account={account.id} place={place} go={go} />
        </ul>
      ) : null}
      {open ? <RailLabels nodes={labelTree(labels)} account={account.id} place={place} go={go} /> : null}
    </li>
  );
}
