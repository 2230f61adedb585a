import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { Boundary } from './Boundary.tsx';

/** The same element at every turn: what changes around it does not draw it again. */
const pane = <ConversationPane />;

/** The conversation, or what is said where it cannot be drawn; another one, or other news of it, is tried anew. */
export function SafeConversation() {
  const t = useT();
  const { conversation, report } = useWorkspace();
  const id = useFeature('navigation', (state) => state.conversation);
  const shown = useFeature('conversation', (state) => state.shown);
  return (
    <Boundary
      at={shown ?? id}
      onRetry={() => void conversation.getState().refresh().catch(report)}
      around={(said) => (
        <main className="pane-conversation" data-pane="conversation" aria-label={t('conversation.label')} tabIndex={-1}>
          {said}
        </main>
      )}
    >
      {pane}
    </Boundary>
  );
}
