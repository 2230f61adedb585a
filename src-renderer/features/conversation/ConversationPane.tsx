import './messages.css';
import { MessagesSquare } from 'lucide-react';
import { memo, useEffect } from 'react';
import { useKeysSaid } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { ConversationComposer } from '../composer/ConversationComposer.tsx';
import { keepKeysDuring } from '../shell/ahead.ts';
import { focusPane, soon } from '../shell/focus.ts';
import { ConversationHead } from './ConversationHead.tsx';
import { DetailsPane } from './details/DetailsPane.tsx';
import { Gallery } from './Gallery.tsx';
import { JumpToDate } from './JumpToDate.tsx';
import { MessageList } from './MessageList.tsx';
import { ThreadPane } from './thread/ThreadPane.tsx';
import { useThreadOfTarget } from './thread/useThreadOfTarget.ts';

/** What stands around the messages is as it was when more of them come into sight. */
const Head = memo(ConversationHead);
const Composer = memo(ConversationComposer);
const Details = memo(DetailsPane);

export const ConversationPane = memo(function ConversationPane() {
  const t = useT();
  const said = useKeysSaid();
  const { conversation, reader, thread, report, wide } = useWorkspace();
  const inThread = useFeature('thread', (state) => state.of !== null);
  const details = useFeature('reader', (state) => state.details);
  const jumping = useFeature('reader', (state) => state.jumping);
  const id = useFeature('conversation', (state) => state.id);
  const shown = useFeature('conversation', (state) => state.shown);
  const error = useFeature('conversation', (state) => state.error);
  const missing = useFeature('conversation', (state) => state.missing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was looked for or edited was of another conversation
  useEffect(() => {
    reader.getState().reset();
    thread.getState().close();
    // On a narrow window they lie over what was opened to be read.
    if (!wide()) reader.getState().set({ details: false });
  }, [id, reader, thread]);
  useThreadOfTarget();
  const goToDay = (at: number): void => {
    const going = keepKeysDuring(conversation.getState().goTo({ at }));
    going.then(() => id === conversation.getState().id && soon(() => focusPane('conversation')), report);
  };
  const content = (): React.ReactNode => {
    if (id === null) {
      return (
        <div className="empty">
          <MessagesSquare />
          <p className="empty-text">{t('conversation.none')}</p>
          <p className="empty-keys">
            <kbd>{said('next')}</kbd> <kbd>{said('previous')}</kbd> {t('conversation.hintMove')}{' '}
            <kbd>{said('open')}</kbd> {t('conversation.hintOpen')} <kbd>{said('palette')}</kbd>{' '}
            {t('conversation.hintAll')}
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
      <div className="conversation-panes" data-details={details || inThread} data-thread={inThread}>
        <div className="conversation-main">
          <Head view={shown.view} />
          <MessageList key={shown.view.id} shown={shown} />
          <Composer view={shown.view} />
        </div>
        {inThread ? (
          <ThreadPane key={shown.view.id} view={shown.view} />
        ) : details ? (
          <Details key={shown.view.id} view={shown.view} />
        ) : null}
        <Gallery />
        {jumping ? <JumpToDate onGo={goToDay} onClose={() => reader.getState().set({ jumping: false })} /> : null}
      </div>
    );
  };
  return (
    <main className="pane-conversation" data-pane="conversation" tabIndex={-1} aria-label={t('conversation.label')}>
      {content()}
    </main>
  );
});
