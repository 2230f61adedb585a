import { Forward, Lock, Reply, ReplyAll } from 'lucide-react';
import { useEffect } from 'react';
import './composer.css';
import type { ConversationView } from '../../../src-shared/ipc/index.ts';
import { commandOf } from '../../commands/registry.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { ComposerForm } from './ComposerForm.tsx';
import { conversationKey } from './store.ts';

/** What stands under a conversation: the line of a chat, an answer being written, or the ways to begin one. */
export function ConversationComposer({ view }: { view: ConversationView }) {
  const t = useT();
  const workspace = useWorkspace();
  const key = conversationKey(view.id);
  const composer = useFeature('composer', (state) => state.composers[key]);
  useEffect(() => {
    void workspace.composer.getState().resume(view).catch(workspace.report);
  }, [view, workspace]);
  if (view.readOnly !== null) {
    return (
      <p className="composer-closed">
        <Lock aria-hidden="true" />
        {view.readOnly}
      </p>
    );
  }
  if (composer) {
    return (
      <section
        className={`composer composer-${view.limits.style}`}
        data-pane="composer"
        aria-label={t('compose.label')}
        tabIndex={-1}
      >
        <ComposerForm composer={composer} limits={view.limits} />
      </section>
    );
  }
  if (view.limits.style === 'chat') return <div className="composer-room" />;
  const run = (id: string): void => commandOf(id)?.run(workspace);
  return (
    <div className="composer-begin">
      <Button onClick={() => run('reply')}>
        <Reply />
        {t('command.reply')}
      </Button>
      {view.peopleCount > 1 ? (
        <Button onClick={() => run('reply-all')}>
          <ReplyAll />
          {t('compose.replyAll')}
        </Button>
      ) : null}
      <Button onClick={() => run('forward')}>
        <Forward />
        {t('command.forward')}
      </Button>
    </div>
  );
}
