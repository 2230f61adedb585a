import './conversation.css';
import { MessagesSquare } from 'lucide-react';
import { useCaps } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { ConversationComposer } from '../composer/ConversationComposer.tsx';
import { ConversationHead } from './ConversationHead.tsx';
import { MessageList } from './MessageList.tsx';
import { useReading } from './useReading.ts';

export function ConversationPane() {
  const t = useT();
  const caps = useCaps();
  const { conversation } = useWorkspace();
  const id = useFeature('conversation', (state) => state.id);
  const shown = useFeature('conversation', (state) => state.shown);
  const error = useFeature('conversation', (state) => state.error);
  const missing = useFeature('conversation', (state) => state.missing);
  useReading();
  const content = (): React.ReactNode => {
    if (id === null) {
      return (
        <div className="empty">
          <MessagesSquare />
          <p className="empty-text">{t('conversation.none')}</p>
          <p className="empty-keys">
            <kbd>J</kbd> <kbd>K</kbd> {t('conversation.hintMove')} <kbd>{caps('Enter')}</kbd>{' '}
            {t('conversation.hintOpen')} <kbd>{caps('Ctrl+k')}</kbd> {t('conversation.hintAll')}
          </p>
        </div>
      );
    }
    if (missing) return <p className="empty empty-text">{t('conversation.missing')}</p>;
    if (error !== null && !shown) {
      return (
        <div className="empty" role="alert">
          <p className="empty-title">{t('conversation.problem')}</p>
          <p className="empty-text">{error}</p>
          <Button onClick={() => void conversation.getState().refresh()}>{t('action.retry')}</Button>
        </div>
      );
    }
    if (!shown) return <div className="conversation-wait" aria-busy="true" />;
    return (
      <>
        <ConversationHead view={shown.view} />
        <MessageList key={shown.view.id} shown={shown} />
        <ConversationComposer view={shown.view} />
      </>
    );
  };
  return (
    <main className="pane-conversation" data-pane="conversation" tabIndex={-1} aria-label={t('conversation.label')}>
      {content()}
    </main>
  );
}
