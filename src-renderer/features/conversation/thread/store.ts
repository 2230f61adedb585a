import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MessageView, ThreadPage } from '../../../../src-shared/ipc/index.ts';
import type { MessageId } from '../../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../../client/index.ts';
import { inTurn } from '../../../state/in-turn.ts';
import { newest } from '../../../state/newest.ts';
import { mergeMessages, steady } from '../merge.ts';

/** The thread that is open beside its conversation. */
export interface ThreadState {
  /** What it was opened by: its first message, or an answer in it. */
  readonly of: MessageId | null;
  readonly page: ThreadPage | null;
  readonly error: string | null;
  open(of: MessageId): Promise<void>;
  close(): void;
  refresh(): Promise<void>;
  loadEarlier(): Promise<void>;
}
const pageSize = 100;

export function createThreadStore(client: Client): StoreApi<ThreadState> {
  return createStore<ThreadState>()((set, get) => {
    const isNews = newest();
    const refresh = async (): Promise<void> => {
      const { of } = get();
      if (of === null) return;
      const news = isNews();
      try {
        const fresh = await client.call('conversation.thread', { message: of, limit: pageSize });
        if (get().of !== of || !news()) return;
        if (!fresh) return set({ page: null, of: null });
        const { page } = get();
        // Earlier replies that were asked for stay; the newest page says all there is to its end.
        const replies = mergeMessages(page?.replies ?? [], fresh.replies, { first: !fresh.earlier, last: true });
        const kept = replies[0]?.id !== fresh.replies[0]?.id;
        set({
          error: null,
          page: {
            root: fresh.root && (steady(page?.root ? [page.root] : [], [fresh.root])[0] ?? null),
            replies: fresh.replies.length === 0 ? [] : replies,
            earlier: kept && page ? page.earlier : fresh.earlier,
          },
        });
      } catch (error) {
        if (get().of === of) set({ error: errorMessage(error) });
      }
    };
    const again = inTurn(refresh);
    return {
      of: null,
      page: null,
      error: null,
      async open(of) {
        const { page } = get();
        const same = page?.root?.id === of || page?.replies.some((reply) => reply.id === of);
        set({ of, error: null, ...(same ? {} : { page: null }) });
        await refresh();
      },
      close: () => set({ of: null, page: null, error: null }),
      refresh: again,
      async loadEarlier() {
        const { of, page } = get();
        const first = page?.replies[0];
        if (of === null || !page?.earlier || !first) return;
        const more = await client.call('conversation.thread', { message: of, before: first.id, limit: pageSize });
        const now = get().page;
        if (get().of !== of || !more || !now || now.replies[0]?.id !== first.id) return;
        set({ page: { ...now, replies: [...more.replies, ...now.replies], earlier: more.earlier } });
      },
    };
  });
}

/** The thread's messages as the conversation shows them, where it shows them: what was just done to one shows in both. */
export const asShown = (messages: readonly MessageView[], shown: readonly MessageView[]): readonly MessageView[] => {
  const known = new Map(shown.map((message) => [message.id, message]));
  return messages.map((message) => known.get(message.id) ?? message);
};
