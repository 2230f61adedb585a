import { BellRing, CloudAlert } from 'lucide-react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';

/** Nothing here, said kindly; or why it could not be shown. */
export function EmptyPlace({ problem }: { problem?: string }) {
  const t = useT();
  const { list } = useWorkspace();
  const place = useFeature('navigation', (state) => state.place);
  const filtered = useFeature('list', (state) => state.filter.unread || state.filter.hasAttachment);
  const inbox = place.is === 'view' && place.view === 'inbox' && !filtered;
  return (
    <div className="empty" role={problem ? 'alert' : undefined}>
      {problem ? <CloudAlert /> : <BellRing />}
      <p className="empty-title">{problem ? t('list.problem') : inbox ? t('list.inboxEmpty') : t('list.empty')}</p>
      <p className="empty-text">{problem ?? (inbox ? t('list.inboxEmptyText') : '')}</p>
      {problem ? <Button onClick={() => void list.getState().refresh()}>{t('action.retry')}</Button> : null}
    </div>
  );
}
