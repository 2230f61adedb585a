import './notifications.css';
import { BellRing, CheckCheck, Settings2 } from 'lucide-react';
import { useEffect } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { useEntryFocus } from '../shell/useEntryFocus.ts';
import { DesktopNotices } from './DesktopNotices.tsx';
import { Notice } from './Notice.tsx';

/** Everything the person was told of and has not seen to, by conversation, to be dealt with right here. */
export function NotificationCentre() {
  const t = useT();
  const { notices, navigation, report, refocus } = useWorkspace();
  const { groups, messages, conversations, ready } = useFeature('notices', (state) => state);
  useEffect(() => {
    notices.getState().load().catch(report);
  }, [notices, report]);
  useEntryFocus(ready && groups.length > 0);
  const clearAll = (): void => {
    refocus();
    notices.getState().clear().catch(report);
  };
  return (
    <>
      <header className="list-head">
        <h1 className="list-title truncate">{t('notices.title')}</h1>
        {groups.length > 0 ? (
          <IconButton label={t('notices.clearAll')} onClick={clearAll}>
            <CheckCheck />
          </IconButton>
        ) : null}
        <IconButton
          label={t('notices.settings')}
          onClick={() => navigation.getState().show({ is: 'settings', section: 'notifications' })}
        >
          <Settings2 />
        </IconButton>
      </header>
      <DesktopNotices />
      <p className="visually-hidden" role="status">
        {ready ? t('notices.count', { count: messages }) : ''}
      </p>
      {ready && groups.length === 0 ? (
        <div className="empty">
          <BellRing />
          <p className="empty-title">{t('notices.empty')}</p>
          <p className="empty-text">{t('notices.emptyText')}</p>
        </div>
      ) : (
        <ul className="notices" aria-label={t('notices.title')} aria-busy={!ready}>
          {groups.map((group, index) => (
            <Notice key={group.conversation.id} group={group} entry={index === 0} />
          ))}
        </ul>
      )}
      {conversations > groups.length ? (
        <p className="notices-more">{t('notices.more', { count: conversations - groups.length })}</p>
      ) : null}
    </>
  );
}
