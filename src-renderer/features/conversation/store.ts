import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationView, MessageView } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import { mergeMessages } from './merge.ts';

export interface Typing {
  readonly name: string;
  readonly until: number;
}
export interface OpenConversation {
  readonly view: ConversationView;
  readonly messages: readonly MessageView[];
  readonly older: string | undefined;
  readonly newer: string | undefined;
  readonly incomplete: boolean;
  /** The first message that was unread when it was opened: where the marker stands until it is closed. */
  readonly unreadFrom: MessageId | null;
  /** A message to show and mark: a search hit, a quoted message. */
  readonly target: MessageId | null;
  /** How often one was sent to a message since it was opened. */
  readonly jumps: number;
}
export interface ConversationState {
  readonly id: ConversationId | null;
  readonly shown: OpenConversation | null;
  readonly error: string | null;
  /** It is not (or no longer) in the database. */
  readonly missing: boolean;
  readonly typing: readonly Typing[];
  open(id: ConversationId | null, around: MessageId | null): Promise<void>;
  /** Shows a message, or the first of a day, and marks it; the list goes on from there both ways. */
  goTo(where: { readonly message: MessageId } | { readonly at: number }): Promise<void>;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  refresh(): Promise<void>;
  change(id: MessageId, change: (message: MessageView) => MessageView): void;
  setTyping(typing: Typing): void;
  dropTyping(now: number): void;
}
const pageSize = 50;
const refreshSize = 200;
const remembered = 24;

/** The conversation in front of the person: its messages around where it was opened, more as one scrolls either way. */
export function createConversationStore(client: Client): StoreApi<ConversationState> {
  return createStore<ConversationState>()((set, get) => {
    /** Lately opened ones, shown at once while they are fetched anew. */
    const lately = new Map<ConversationId, OpenConversation>();
    let busy: 'older' | 'newer' | null = null;

    const keep = (shown: OpenConversation): void => {
      lately.delete(shown.view.id);
      lately.set(shown.view.id, shown);
      const oldest = lately.keys().next().value;
      if (lately.size > remembered && oldest !== undefined) lately.delete(oldest);
      set({ shown, error: null, missing: false });
    };
    const more = async (way: 'older' | 'newer'): Promise<void> => {
      const { id, shown } = get();
      const cursor = shown?.[way];
      if (id === null || !shown || !cursor || busy) return;
      busy = way;
      try {
        const page = await client.call('conversation.page', { conversation: id, cursor, limit: pageSize });
        const now = get().shown;
        if (get().id !== id || !now) return;
        const messages = mergeMessages(now.messages, page.messages);
        keep(way === 'older' ? { ...now, messages, older: page.older } : { ...now, messages, newer: page.newer });
      } catch (error) {
        set({ error: errorMessage(error) });
      } finally {
        busy = null;
      }
    };
    return {
      id: null,
      shown: null,
      error: null,
      missing: false,
      typing: [],
      async open(id, around) {
        const known = id === null || around !== null ? undefined : lately.get(id);
        set({
          id,
          shown: known && !known.newer ? { ...known, unreadFrom: null, target: null } : null,
          error: null,
          missing: false,
          typing: [],
        });
        void client.call('act.focus', { conversation: id }).catch(() => undefined);
        if (id === null) return;
        try {
          const view = await client.call('conversation.get', { conversation: id });
          if (get().id !== id) return;
          if (!view) return set({ shown: null, missing: true });
          const at = around ?? view.firstUnread;
          const page = await client.call('conversation.page', {
            conversation: id,
            limit: pageSize,
            ...(at === null ? {} : { around: at }),
          });
          if (get().id !== id) return;
          keep({
            view,
            messages: page.messages,
            older: page.older,
            newer: page.newer,
            incomplete: page.incomplete,
            unreadFrom: view.firstUnread,
            target: around,
            jumps: 0,
          });
        } catch (error) {
          if (get().id === id) set({ error: errorMessage(error) });
        }
      },
      async goTo(where) {
        const { id, shown } = get();
        if (id === null || !shown) return;
        const near = 'message' in where ? where.message : undefined;
        if (near !== undefined && shown.messages.some((message) => message.id === near))
          return keep({ ...shown, target: near, jumps: shown.jumps + 1 });
        const page = await client.call('conversation.page', {
          conversation: id,
          limit: pageSize,
          ...('message' in where ? { around: where.message } : { at: where.at }),
        });
        const now = get().shown;
        if (get().id !== id || !now) return;
        const target =
          'message' in where
            ? where.message
            : (page.messages.find((one) => one.at >= where.at) ?? page.messages.at(-1))?.id;
        keep({
          ...now,
          messages: page.messages,
          older: page.older,
          newer: page.newer,
          incomplete: page.incomplete,
          target: target ?? null,
          jumps: now.jumps + 1,
        });
      },
      loadOlder: () => more('older'),
      loadNewer: () => more('newer'),
      async refresh() {
        const { id, shown } = get();
        if (id === null) return;
        if (!shown) return get().open(id, null);
        const middle = shown.newer ? shown.messages[Math.floor(shown.messages.length / 2)]?.id : undefined;
        const [view, page] = await Promise.all([
          client.call('conversation.get', { conversation: id }),
          client.call('conversation.page', {
            conversation: id,
            limit: Math.min(refreshSize, Math.max(pageSize, shown.messages.length + 10)),
            ...(middle === undefined ? {} : { around: middle }),
          }),
        ]);
        const now = get().shown;
        if (get().id !== id || !now) return;
        if (!view) return set({ shown: null, missing: true });
        const covered = now.messages.some((message) => page.messages.some((fresh) => fresh.id === message.id));
        if (!covered && now.messages.length > 0 && page.messages.length > 0 && page.older) {
          return keep({
            ...now,
            view,
            messages: page.messages,
            older: page.older,
            newer: page.newer,
            incomplete: page.incomplete,
          });
        }
        const merged = mergeMessages(now.messages, page.messages, { first: !page.older, last: !page.newer });
        const startsEarlier = merged[0]?.id === page.messages[0]?.id;
        const endsLater = merged.at(-1)?.id === page.messages.at(-1)?.id;
        keep({
          ...now,
          view,
          messages: merged,
          older: startsEarlier ? page.older : now.older,
          newer: endsLater ? page.newer : now.newer,
          incomplete: page.incomplete,
        });
      },
      change(id, change) {
        const { shown } = get();
        if (shown)
          keep({
            ...shown,
            messages: shown.messages.map((message) => (message.id === id ? change(message) : message)),
          });
      },
      setTyping(typing) {
        set({ typing: [...get().typing.filter((other) => other.name !== typing.name), typing] });
      },
      dropTyping(now) {
        const typing = get().typing.filter((other) => other.until > now);
        if (typing.length !== get().typing.length) set({ typing });
      },
    };
  });
}
