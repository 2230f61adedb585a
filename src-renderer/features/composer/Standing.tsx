import './problems.css';
import { CloudOff, KeyRound, Pause } from 'lucide-react';
import type { AccountView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { accountOf } from '../accounts/store.ts';
import type { Composer } from './store.ts';

/** Whether what is written would leave now; where it would not, why, and what mends it. */
export function Standing({ composer }: { composer: Composer }) {
  const t = useT();
  const { client, accounts, navigation, report } = useWorkspace();
  const account = useFeature('accounts', (state) => accountOf(state, composer.composition.account));
  const kept = account && hindrance(account);
  if (!account || !kept) return null;
  const resume = (): void =>
    void client
      .call('accounts.update', { account: account.id, paused: false })
      .then(() => accounts.getState().loadAccounts())
      .catch(report);
  const name = account.label;
  return (
    <p className="compose-standing" role="status">
      {kept === 'paused' ? (
        <Pause aria-hidden="true" />
      ) : kept === 'login' ? (
        <KeyRound aria-hidden="true" />
      ) : (
        <CloudOff aria-hidden="true" />
      )}
      <span>
        {kept === 'paused'
          ? t('standing.paused', { name })
          : kept === 'login'
            ? t('standing.login', { name })
            : t('standing.offline', { name })}
      </span>
      {kept === 'paused' ? <Button onClick={resume}>{t('settings.resume')}</Button> : null}
      {kept === 'login' ? (
        <Button onClick={() => navigation.getState().show({ is: 'add-account', mend: account.id, channel: null })}>
          {t('settings.login')}
        </Button>
      ) : null}
    </p>
  );
}

/** Connecting is no hindrance: it is over before one has written. */
function hindrance({ paused, state }: AccountView): 'paused' | 'login' | 'offline' | null {
  if (paused) return 'paused';
  if (state.is === 'needs-login') return 'login';
  return state.is === 'offline' || state.is === 'failed' ? 'offline' : null;
}
