import { EllipsisVertical, Pause, Play, Plus, RefreshCw, Stethoscope, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { AccountView, ChannelView, Check, Output } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { connectionOf } from '../accounts/AccountDot.tsx';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { AccountStanding } from '../accounts/AccountStanding.tsx';
import { channelOf } from '../accounts/store.ts';
import { Checks } from '../login/Checks.tsx';
import { AccountDetails } from './AccountDetails.tsx';
import { useIsLookedFor } from './search.tsx';

export function AccountsSection() {
  const t = useT();
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const show = useFeature('navigation', (state) => state.show);
  const adding = useIsLookedFor(t('command.addAccount'));
  return (
    <>
      {adding ? (
        <div className="setting">
          <span className="setting-help">{accounts.length === 0 ? t('settings.noAccounts') : ''}</span>
          <Button onClick={() => show({ is: 'add-account', mend: null, channel: null })}>
            <Plus />
            {t('command.addAccount')}
          </Button>
        </div>
      ) : null}
      <ul className="account-list">
        {accounts.map((account) => (
          <Account key={account.id} account={account} />
        ))}
      </ul>
    </>
  );
}

function Account({ account }: { account: AccountView }) {
  const t = useT();
  const { client, navigation, accounts, toasts, report } = useWorkspace();
  const channel = useFeature('accounts', (state) => channelOf(state, account.channel));
  const [checks, setChecks] = useState<readonly Check[] | null>(null);
  const [testing, setTesting] = useState(false);
  const [leaving, setLeaving] = useState<'no' | 'asked' | 'going'>('no');
  const { tone, text } = connectionOf(account);
  const card = useRef<HTMLLIElement>(null);
  const asked = useFeature('navigation', ({ overlay }) => overlay?.is === 'settings' && overlay.account === account.id);
  useEffect(() => {
    if (asked) card.current?.scrollIntoView({ block: 'start' });
  }, [asked]);
  const looked = useIsLookedFor(account.label, account.key, channel?.name, t('settings.test'), t('settings.pause'));
  const tried = (work: Promise<unknown>): void =>
    void work.then(() => accounts.getState().loadAccounts()).catch(report);
  /** With all that is kept of it, which takes a while where that is much. */
  const leave = (): void => {
    setLeaving('going');
    const removed = client.call('accounts.remove', { account: account.id });
    tried(removed.then(tellUnsent));
    removed.catch(() => setLeaving('no'));
  };
  /** What was written from it and cannot be sent any more, or may have arrived: there is no outbox left to see that in. */
  const tellUnsent = ({ unsent }: Output<'accounts.remove'>): void => {
    const titles = (of: (typeof unsent)[number]['state']): string =>
      unsent.flatMap(({ state, title }) => (state === of ? [title || '…'] : [])).join(', ');
    const [never, perhaps] = [titles('unsent'), titles('unknown')];
    const show = (text: string) => toasts.getState().show({ text, tone: 'problem', forMs: 30_000 });
    if (never !== '') show(t('settings.removedUnsent', { account: account.label, titles: never }));
    if (perhaps !== '') show(t('settings.removedUnknown', { account: account.label, titles: perhaps }));
  };
  const test = async (): Promise<void> => {
    setTesting(true);
    setChecks(
      (await client.call('accounts.test', { account: account.id }).catch((error) => void report(error))) ?? null,
    );
    setTesting(false);
  };
  const message = 'message' in account.state ? account.state.message : null;
  if (!looked) return null;
  return (
    <li ref={card} className="account setting">
      <div className="account-line">
        <AccountMark account={account} />
        <div className="account-text">
          <strong className="truncate" dir="auto">
            {account.label}
          </strong>
          <span className="setting-help">
            <span className={`state-dot state-${tone}`} aria-hidden="true" /> {t(text)} ·{' '}
            {channel?.name ?? account.channel}
          </span>
          {message ? <span className="account-problem">{message}</span> : null}
          {account.state.is === 'needs-login' ? (
            <span className="setting-help">{t('settings.loginKeeps', { login: loginOf(channel) })}</span>
          ) : null}
        </div>
        {account.state.is === 'needs-login' ? (
          <Button
            tone="primary"
            onClick={() => navigation.getState().show({ is: 'add-account', mend: account.id, channel: null })}
          >
            {t('settings.login')}
          </Button>
        ) : null}
        <Menu
          trigger={
            <IconButton label={t('settings.accountMenu', { account: account.label })}>
              <EllipsisVertical />
            </IconButton>
          }
          entries={[
            { label: t('settings.test'), icon: <Stethoscope />, run: () => void test() },
            {
              label: t('settings.sync'),
              icon: <RefreshCw />,
              run: () => tried(client.call('accounts.sync', { account: account.id })),
            },
            {
              label: t(account.paused ? 'settings.resume' : 'settings.pause'),
              icon: account.paused ? <Play /> : <Pause />,
              run: () => tried(client.call('accounts.update', { account: account.id, paused: !account.paused })),
            },
            null,
            { label: t('settings.removeAccount'), icon: <Trash2 />, danger: true, run: () => setLeaving('asked') },
          ]}
        />
      </div>
      {testing ? (
        <p className="setting-help" role="status">
          {t('login.testing')}
        </p>
      ) : null}
      {checks ? <Checks checks={checks} /> : null}
      {leaving === 'going' ? (
        <p className="setting-help" role="status">
          {t('settings.removing', { account: account.label })}
        </p>
      ) : null}
      {leaving === 'asked' ? (
        <div className="login-error" role="alert">
          <span>{t('settings.removeSure', { account: account.label })}</span>
          <span className="account-sure">
            <Button onClick={() => setLeaving('no')}>{t('action.cancel')}</Button>
            <Button tone="danger" onClick={leave}>
              {t('settings.removeAccount')}
            </Button>
          </span>
        </div>
      ) : null}
      <AccountStanding account={account} />
      <AccountDetails account={account} channel={channel} />
    </li>
  );
}

/** Which credential is asked for anew. */
const loginOf = (channel: ChannelView | undefined): string =>
  channel?.logins.map(({ label }) => label).join(' / ') ?? '';
