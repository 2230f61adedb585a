import type { TriageAction } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, MessageId } from '../../../src-shared/model/index.ts';

/** What brings something back: an action over conversations, or over just the messages that were changed. */
export interface Inverse {
  readonly action: TriageAction;
  readonly of: { readonly conversations: readonly ConversationId[] } | { readonly messages: readonly MessageId[] };
  /** How many conversations it is about, for the count of progress. */
  readonly conversations: number;
}

/** Collects what an action over many will need to be taken back, by action: ids alone are kept. */
export class Inverses {
  readonly #all = new Map<
    string,
    { action: TriageAction; ids: number[]; kind: 'conversations' | 'messages'; n: number }
  >();

  add({ action, of, conversations }: Inverse): void {
    const kind = 'messages' in of ? 'messages' : 'conversations';
    const ids = 'messages' in of ? of.messages : of.conversations;
    const key = `${kind} ${JSON.stringify(action)}`;
    let entry = this.#all.get(key);
    if (!entry) {
      entry = { action, ids: [], kind, n: 0 };
      this.#all.set(key, entry);
    }
    for (const id of ids) entry.ids.push(id);
    entry.n += conversations;
  }

  inBites(size: number): readonly Inverse[] {
    return [...this.#all.values()].flatMap(({ action, ids, kind, n }) => {
      const bites: Inverse[] = [];
      for (let from = 0; from < ids.length; from += size) {
        const bite = ids.slice(from, from + size);
        const to = from + bite.length;
        bites.push({
          action,
          of: kind === 'messages' ? { messages: bite as MessageId[] } : { conversations: bite as ConversationId[] },
          conversations: Math.round((n * to) / ids.length) - Math.round((n * from) / ids.length),
        });
      }
      return bites;
    });
  }
}
