import type { Topic } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';

/** What is in front of the person, window by window. */
export class Focus {
  readonly #shown = new Map<string, ConversationId>();

  set(window: string, conversation: ConversationId | null): void {
    if (conversation === null) this.#shown.delete(window);
    else this.#shown.set(window, conversation);
  }
  has(conversation: ConversationId): boolean {
    return [...this.#shown.values()].includes(conversation);
  }
  /** Whether a change of these is one of what is looked at. Of many, or of any, it is not known: no. */
  touches(topics: readonly Topic[]): boolean {
    return topics.some((topic) => topic.on === 'conversations' && topic.ids?.some((id) => this.has(id)));
  }
}
