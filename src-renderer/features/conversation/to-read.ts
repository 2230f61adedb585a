import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { OpenConversation } from './store.ts';

/** What stands at the end of a conversation, by the name of its newest message. */
export const endOf = ({ view, messages }: Pick<OpenConversation, 'view' | 'messages'>): string =>
  `${view.id}/${messages.at(-1)?.id}`;

/**
 * What there is to be read in the conversation that is open, named by its newest message: of two that come one after the
 * other the window may only ever see that one is unread, before the first was read and after the second came. Null where
 * all of it is read, or the newest is not in sight.
 */
export function toRead(
  shown: Pick<OpenConversation, 'view' | 'messages' | 'newer'> | null,
  id: ConversationId | null,
): string | null {
  if (!shown || shown.view.id !== id || shown.newer || shown.view.unread === 0) return null;
  return endOf(shown);
}
