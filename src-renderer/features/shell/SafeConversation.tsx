import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { Boundary } from './Boundary.tsx';

/** The conversation, or what is said where it cannot be drawn; another one is tried anew. */
export function SafeConversation() {
  const t = useT();
  const id = useFeature('navigation', (state) => state.conversation);
  return (
    <Boundary
      at={id}
      around={(said) => (
        <main className="pane-conversation" data-pane="conversation" aria-label={t('conversation.label')} tabIndex={-1}>
          {said}
        </main>
      )}
    >
      <ConversationPane />
    </Boundary>
  );
}
