import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NotificationGroup } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { Client } from '../../client/index.ts';
import { inTurn } from '../../state/in-turn.ts';

export interface NoticesState {
  readonly groups: readonly NotificationGroup[];
  /** Conversations and messages in all, listed or not. */
  readonly conversations: number;
  readonly messages: number;
  readonly ready: boolean;
  load(): Promise<void>;
  /** Shows it no more while it is seen to and, where that goes well, afterwards: the hub tells the rest. */
  hide(conversation: ConversationId, seenTo: Promise<unknown>): void;
  /** Puts one conversation's notices away, or all of them; the messages stay unread. */
  clear(conversation?: ConversationId): Promise<void>;
}
const pageSize = 100;

/** What the person was told of and has not seen to yet. */
export function createNoticesStore(client: Client): StoreApi<NoticesState> {
  return createStore<NoticesState>()((set, get) => {
    /** Notices put away so far, and those of which the hub has not heard: what is asked meanwhile still lists them. */
    let cleared = 0;
    let clearing = 0;
    const load = async (): Promise<void> => {
      const asked = cleared;
      const { groups, conversations, messages } = await client.call('notifications.list', { limit: pageSize });
      // Whoever puts some away looks again once the hub knows.
      if (clearing > 0) return;
      if (asked !== cleared) return load();
      set({ groups, conversations, messages, ready: true });
    };
    const again = inTurn(load);
    /** Until the hub knows, what it lists is not shown. */
    const putAway = async (work: Promise<unknown>): Promise<void> => {
      cleared++;
      clearing++;
      try {
        await work;
      } finally {
        clearing--;
        await again();
      }
    };
    return {
      groups: [],
      conversations: 0,
      messages: 0,
      ready: false,
      // Changes come in bursts: whatever comes during one look is covered by the next.
      load: again,
      hide(conversation, seenTo) {
        set({ groups: get().groups.filter((group) => group.conversation.id !== conversation) });
        putAway(seenTo).catch(() => undefined);
      },
      async clear(conversation) {
        const { groups, conversations, messages } = get();
        const rest = conversation === undefined ? [] : groups.filter((group) => group.conversation.id !== conversation);
        const gone = groups.filter((group) => !rest.includes(group));
        set({
          groups: rest,
          conversations: conversation === undefined ? 0 : conversations - gone.length,
          messages: conversation === undefined ? 0 : messages - gone.reduce((sum, { count }) => sum + count, 0),
        });
        await putAway(
          client.call('notifications.clear', conversation === undefined ? {} : { conversations: [conversation] }),
        );
      },
    };
  });
}
