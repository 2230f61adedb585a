import { Lock } from 'lucide-react';
import { useEffect } from 'react';
import './composer.css';
import type { ConversationView } from '../../../src-shared/ipc/index.ts';
import type { MessageId } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { ComposerForm } from './ComposerForm.tsx';
import { threadKey } from './store.ts';

/** The line under a thread: what is written here goes into it and nowhere else. */
export function ThreadComposer({ view, thread }: { view: ConversationView; thread: MessageId }) {
  const t = useT();
  const workspace = useWorkspace();
  const key = threadKey(thread);
  const composer = useFeature('composer', (state) => state.composers[key]);
  useEffect(() => {
    if (view.readOnly === null && view.limits.thread === 'full')
      void workspace.composer.getState().resumeThread(view, thread).catch(workspace.report);
  }, [view, thread, workspace]);
  if (view.readOnly !== null || view.limits.thread !== 'full')
    return (
      <p className="composer-closed">
        <Lock aria-hidden="true" />
        {view.readOnly ?? t('why.thread')}
      </p>
    );
  if (!composer) return <div className="composer-room" />;
  return (
    <section
      className="composer composer-chat thread-composer"
      data-pane="composer"
      aria-label={t('thread.write')}
      tabIndex={-1}
    >
      <ComposerForm composer={composer} limits={view.limits} />
    </section>
  );
}
