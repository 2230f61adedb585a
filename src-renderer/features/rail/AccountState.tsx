import type { AccountView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { connectionOf } from '../accounts/AccountDot.tsx';

/** Under an account's name, while there is something to say: how far history has come, or that it needs the person. */
export function AccountState({ account }: { account: AccountView }) {
  const t = useT();
  const formats = useFormats();
  const show = useFeature('navigation', (state) => state.show);
  const { tone, text } = connectionOf(account);
  if (tone === 'needs')
    return (
      <button
        type="button"
        className="rail-state rail-state-needs"
        onClick={() => show({ is: 'add-account', mend: account.id, channel: null })}
      >
        {t(text)}
      </button>
    );
  if (tone === 'off')
    return (
      <button
        type="button"
        className="rail-state"
        onClick={() => show({ is: 'settings', section: 'accounts', account: account.id })}
      >
        {t(text)}
      </button>
    );
  const { backfill } = account;
  if (account.paused || !backfill?.running || account.state.is !== 'online') return null;
  const { done, total } = backfill;
  return (
    <div className="rail-state">
      {total === null
        ? t('rail.fetched', { done: formats.number(done) })
        : t('rail.fetchedOf', { done: formats.number(done), total: formats.number(total) })}
      {total === null || total === 0 ? null : (
        <progress value={Math.min(1, done / total)} aria-label={t('state.catchingUp')} />
      )}
    </div>
  );
}
