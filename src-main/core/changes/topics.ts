import type { Topic } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';

/** Beyond this many a list of conversations says no more than "many". */
const most = 500;

/** Topics merged: each kind once, conversations by id until there are too many to name. */
export class TopicSet {
  readonly #plain = new Set<Exclude<Topic['on'], 'conversations'>>();
  /** Null: many, or any. Undefined: none. */
  #conversations: Set<ConversationId> | null | undefined;

  add(topics: readonly Topic[]): void {
    for (const topic of topics) {
      if (topic.on !== 'conversations') this.#plain.add(topic.on);
      else this.#addConversations(topic.ids);
    }
  }

  /** What was gathered; the set is empty afterwards. */
  take(): readonly Topic[] {
    const topics: Topic[] = [...this.#plain].map((on) => ({ on }));
    if (this.#conversations === null) topics.push({ on: 'conversations' });
    else if (this.#conversations) topics.push({ on: 'conversations', ids: [...this.#conversations] });
    this.#plain.clear();
    this.#conversations = undefined;
    return topics;
  }

  #addConversations(ids: readonly ConversationId[] | undefined): void {
    if (this.#conversations === null) return;
    if (ids === undefined) {
      this.#conversations = null;
      return;
    }
    this.#conversations ??= new Set();
    for (const id of ids) this.#conversations.add(id);
    if (this.#conversations.size > most) this.#conversations = null;
  }
}
