import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { accountOf } from '../accounts/store.ts';
import { Checks } from './Checks.tsx';

/** The new account, tested live before anyone believes in it. */
export function LoginResult({ account: id, onClose }: { account: AccountId; onClose: () => void }) {
  const t = useT();
  const formats = useFormats();
  const { navigation } = useWorkspace();
  const { checks, testing, test } = useFeature('login', (state) => state);
  const account = useFeature('accounts', (state) => accountOf(state, id));
  const good = checks?.every((check) => check.ok) ?? false;
  const { backfill } = account ?? { backfill: null };
  return (
    <div className="login-result">
      <p className="login-verdict" role="status">
        {testing || checks === null ? (
          <LoaderCircle className="spin" />
        ) : good ? (
          <CircleCheck className="is-good" />
        ) : (
          <CircleX className="is-bad" />
        )}
        {testing || checks === null
          ? t('login.testing')
          : good
            ? t('login.works', { account: account?.label ?? '' })
            : t('login.doesNotWork')}
      </p>
      {checks ? <Checks checks={checks} /> : null}
      {backfill?.running ? (
        <p className="login-text">
          {backfill.total === null
            ? t('login.fetched', { count: backfill.done })
            : t('login.fetchedOf', { count: backfill.done, total: formats.number(backfill.total) })}
        </p>
      ) : null}
      <div className="dialog-actions">
        {checks !== null && !good ? <Button onClick={() => void test(id)}>{t('login.testAgain')}</Button> : null}
        <Button
          tone="primary"
          onClick={() => {
            onClose();
            navigation.getState().go({ is: 'view', view: 'inbox', account: id });
          }}
        >
          {t('login.toInbox')}
        </Button>
      </div>
    </div>
  );
}
