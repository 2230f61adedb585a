import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NotificationGroup } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { Client } from '../../client/index.ts';

export interface NoticesState {
  readonly groups: readonly NotificationGroup[];
  /** Conversations and messages in all, listed or not. */
  readonly conversations: number;
  readonly messages: number;
  readonly ready: boolean;
  load(): Promise<void>;
  /** Shows it no more at once; the hub tells the rest. */
  hide(conversation: ConversationId): void;
  /** Puts one conversation's notices away, or all of them; the messages stay unread. */
  clear(conversation?: ConversationId): Promise<void>;
}
const pageSize = 100;

/** What the person was told of and has not seen to yet. */
export function createNoticesStore(client: Client): StoreApi<NoticesState> {
  return createStore<NoticesState>()((set, get) => {
    let loading: Promise<void> | undefined;
    let again = false;
    const load = async (): Promise<void> => {
      do {
        again = false;
        const { groups, conversations, messages } = await client.call('notifications.list', { limit: pageSize });
        set({ groups, conversations, messages, ready: true });
      } while (again);
    };
    return {
      groups: [],
      conversations: 0,
      messages: 0,
      ready: false,
      // Changes come in bursts: whatever comes during one look is covered by the next.
      load() {
        again = true;
        loading ??= load().finally(() => {
          loading = undefined;
        });
        return loading;
      },
      hide: (conversation) => set({ groups: get().groups.filter((group) => group.conversation.id !== conversation) }),
      async clear(conversation) {
        const { groups, conversations, messages } = get();
        const rest = conversation === undefined ? [] : groups.filter((group) => group.conversation.id !== conversation);
        const gone = groups.filter((group) => !rest.includes(group));
        set({
          groups: rest,
          conversations: conversation === undefined ? 0 : conversations - gone.length,
          messages: conversation === undefined ? 0 : messages - gone.reduce((sum, { count }) => sum + count, 0),
        });
        await client.call('notifications.clear', conversation === undefined ? {} : { conversations: [conversation] });
      },
    };
  });
}
