import './empty.css';
import { BellRing, CloudAlert } from 'lucide-react';
import type { SystemView } from '../../../src-shared/ipc/index.ts';
import { useKeysSaid } from '../../commands/useCaps.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';

/** What would be here, and the command that brings it here. */
const said: Readonly<Partial<Record<SystemView, { readonly text: Key; readonly command: string }>>> = {
  unread: { text: 'list.emptyUnread', command: 'unread' },
  starred: { text: 'list.emptyStarred', command: 'star' },
  snoozed: { text: 'list.emptySnoozed', command: 'snooze' },
  done: { text: 'list.emptyDone', command: 'archive' },
  sent: { text: 'list.emptySent', command: 'compose' },
  drafts: { text: 'list.emptyDrafts', command: 'compose' },
};

/** Nothing here, said kindly; or why it could not be shown. */
export function EmptyPlace({ problem }: { problem?: string }) {
  const t = useT();
  const keys = useKeysSaid();
  const { list } = useWorkspace();
  const place = useFeature('navigation', (state) => state.place);
  const filtered = useFeature('list', (state) => state.filter.unread || state.filter.hasAttachment);
  const inbox = place.is === 'view' && place.view === 'inbox' && !filtered;
  const text = (): string => {
    if (filtered) return t('list.emptyFiltered');
    if (inbox) return t('list.inboxEmptyText');
    if (place.is === 'label') return t('list.emptyLabel', { keys: keys('label') });
    const hint = place.is === 'view' ? said[place.view] : undefined;
    return hint ? t(hint.text, { keys: keys(hint.command) }) : '';
  };
  return (
    <div className="empty" role={problem ? 'alert' : undefined}>
      {problem ? <CloudAlert /> : <BellRing />}
      <p className="empty-title">{problem ? t('list.problem') : inbox ? t('list.inboxEmpty') : t('list.empty')}</p>
      <p className="empty-text">{problem ?? text()}</p>
      {problem ? <Button onClick={() => void list.getState().refresh()}>{t('action.retry')}</Button> : null}
    </div>
  );
}
