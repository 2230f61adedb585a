import { ChevronRight, Tag } from 'lucide-react';
import { useState } from 'react';
import type { AccountView, LabelView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { AccountDot } from '../accounts/AccountDot.tsx';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { type Place, samePlace } from '../navigation/place.ts';
import { RailEntry } from './RailEntry.tsx';

export function RailAccounts({ place, go }: { place: Place; go: (place: Place) => void }) {
  const t = useT();
  const accounts = useFeature('accounts', (state) => state.accounts);
  const labels = useFeature('accounts', (state) => state.labels);
  if (!accounts || accounts.length === 0) return null;
  return (
    <section aria-labelledby="rail-accounts">
      <h2 className="rail-title" id="rail-accounts">
        {t('rail.accounts')}
      </h2>
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
    </section>
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
  const [open, setOpen] = useState(false);
  const here: Place = { is: 'view', view: 'inbox', account: account.id };
  return (
    <li>
      <div className="rail-account">
        <RailEntry
          icon={<AccountMark account={account} />}
          text={account.label}
          count={account.unread}
          current={samePlace(place, here)}
          trailing={<AccountDot account={account} />}
          onOpen={() => go(here)}
        />
        {labels.length > 0 ? (
          <button
            type="button"
            className="rail-fold"
            aria-expanded={open}
            aria-label={t('rail.labelsOf', { account: account.label })}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight />
          </button>
        ) : null}
      </div>
      {open ? (
        <ul>
          {labels.map((label) => (
            <li className="rail-label" key={label.id}>
              <RailEntry
                icon={<Tag style={label.colour === null ? undefined : { color: label.colour }} />}
                text={label.name}
                count={label.unread}
                current={place.is === 'label' && place.label === label.id}
                onOpen={() => go({ is: 'label', label: label.id })}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
