import { CloudOff, TriangleAlert } from 'lucide-react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';

/** What stands in the way of everything: the hub does not answer, or the key is not safe. */
export function Banner() {
  const t = useT();
  const { session, accounts, navigation } = useWorkspace();
  const hub = useFeature('session', (state) => state.hub);
  const failure = useFeature('session', (state) => state.failure);
  const failed = useFeature('accounts', (state) => state.counts?.failed ?? 0);
  const place = useFeature('navigation', (state) => state.place);
  if (hub === 'down') {
    return (
      <div className="banner" role="status">
        <CloudOff />
        {t('hub.down')}
      </div>
    );
  }
  if (hub === 'turned-away') {
    return (
      <div className="banner banner-problem" role="alert">
        <CloudOff />
        {t('hub.turnedAway')}
      </div>
    );
  }
  if (failure !== null) {
    const again = (): void => {
      void session.getState().load();
      void accounts
        .getState()
        .loadAccounts()
        .catch(() => undefined);
    };
    return (
      <div className="banner banner-problem" role="alert">
        <TriangleAlert />
        {failure}
        <Button onClick={again}>{t('action.retry')}</Button>
      </div>
    );
  }
  if (failed > 0 && place.is !== 'outbox') {
    return (
      <div className="banner banner-problem" role="status">
        <TriangleAlert />
        {t('outbox.failedCount', { count: failed })}
        <Button onClick={() => navigation.getState().go({ is: 'outbox' })}>{t('outbox.look')}</Button>
      </div>
    );
  }
  return null;
}
