import { useState } from 'react';
import type { FeatureName } from '../../../src-shared/channel.ts';
import type { AccountView, ChannelView } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { RiskCard } from '../login/RiskCard.tsx';

const abilities: Record<FeatureName, Key> = {
  backfill: 'ability.backfill',
  import: 'ability.import',
  edit: 'ability.edit',
  remove: 'ability.remove',
  react: 'ability.react',
  receipts: 'ability.receipts',
  flag: 'ability.flag',
  label: 'ability.label',
  archive: 'ability.archive',
  mute: 'ability.mute',
  pin: 'ability.pin',
  press: 'ability.press',
  typing: 'ability.typing',
  presence: 'ability.presence',
  drafts: 'ability.drafts',
  search: 'ability.search',
  contacts: 'ability.contacts',
  group: 'ability.group',
};

/** What an account is called here, what can and cannot be done through it, and what to know about its network. */
export function AccountDetails({ account, channel }: { account: AccountView; channel: ChannelView | undefined }) {
  const t = useT();
  const { client, accounts, report } = useWorkspace();
  const [label, setLabel] = useState(account.label);
  const rename = (): void => {
    const named = label.trim();
    if (named === '') setLabel(account.label);
    else if (named !== account.label)
      void client
        .call('accounts.update', { account: account.id, label: named })
        .then(() => accounts.getState().loadAccounts())
        .catch(report);
  };
  const names = Object.entries(abilities);
  const can = channel ? names.filter(([name]) => name in channel.features) : [];
  const cannot = channel ? names.filter(([name]) => !(name in channel.features)) : [];
  return (
    <details className="account-details">
      <summary>{t('settings.details')}</summary>
      <label className="account-name">
        {t('settings.accountName')}
        <input
          className="field"
          type="text"
          dir="auto"
          maxLength={200}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          onBlur={rename}
        />
      </label>
      <p>
        {t(/^\+|@/.test(account.key) ? 'settings.address' : 'settings.networkId')}:{' '}
        <span dir="auto">{account.key.replace(/^mailto:/, '')}</span>
      </p>
      {channel ? (
        <>
          <p>
            {t('settings.can')}: {can.map(([, title]) => t(title)).join(', ')}
          </p>
          {cannot.length > 0 ? (
            <p>
              {t('settings.cannot')}: {cannot.map(([, title]) => t(title)).join(', ')}
            </p>
          ) : null}
          <RiskCard channel={channel} />
        </>
      ) : null}
    </details>
  );
}
