import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationView, Input, MessagePage, MessageView, PresenceView } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import { atRest } from '../../state/at-rest.ts';
import { inTurn } from '../../state/in-turn.ts';
import { shared } from '../../state/shared.ts';
import { steady } from './merge.ts';
import { Edges, mostHeld, overlaps, type Run, withPage } from './run.ts';

export interface Typing {
  readonly name: string;
  readonly until: number;
}
export interface OpenConversation extends Run {
  readonly view: ConversationView;
  readonly incomplete: boolean;
  /** The first message that was unread when it was opened: where the marker stands until it is closed. */
  readonly unreadFrom: MessageId | null;
  /** A message to show and mark: a search hit, a quoted message. Null with the last jump: the newest. */
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
  /** To the last message there is. */
  goToNewest(): Promise<void>;
  /** Whoever stays at the newest needs the oldest no more, once there are very many. */
  letGo(): void;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  refresh(): Promise<void>;
  change(id: MessageId, change: (message: MessageView) => MessageView): void;
  setTyping(typing: Typing): void;
  dropTyping(now: number): void;
  /** Somebody came or went; nothing where they are not of this conversation. */
  setPresence(told: PresenceView): void;
}
interface Refreshed {
  readonly id: ConversationId;
  /** The generation it was asked in. */
  readonly mine: number;
  readonly page: MessagePage;
  readonly apply: (page: MessagePage) => void;
}
const pageSize = 50;
/** Added at once as one scrolls on: what is drawn between two frames, lest one is missed. */
const bite = 25;
const refreshSize = 200;
/** What changes is mostly the newest: so many messages are asked for first, as soon as anything has. */
const newsSize = 15;
const remembered = 24;

/** The conversation in front of the person: its messages around where it was opened, more as one scrolls either way. */
export function createConversationStore(client: Client): StoreApi<ConversationState> {
  return createStore<ConversationState>()((set, get) => {
    /** Lately opened ones, shown at once while they are fetched anew. */
    const lately = new Map<ConversationId, OpenConversation>();
    let busy: 'older' | 'newer' | null = null;
    let edges = new Edges();
    /** Grows whenever another stretch is shown; pages asked for before no longer fit. */
    let generation = 0;

    const keep = (shown: OpenConversation): void => {
      lately.delete(shown.view.id);
      lately.set(shown.view.id, shown);
      const oldest = lately.keys().next().value;
      if (lately.size > remembered && oldest !== undefined) lately.delete(oldest);
      set({ shown, error: null, missing: false });
    };
    const pageOf = async (
      conversation: ConversationId,
      where: Omit<Input<'conversation.page'>, 'conversation'>,
    ): Promise<MessagePage> => {
      const page = await client.call('conversation.page', { conversation, limit: pageSize, ...where });
      if (get().id === conversation) edges.note(page);
      return page;
    };
    /** Undefined when another conversation, or another stretch of it, is shown by now. */
    const still = (mine: number): OpenConversation | undefined =>
      mine === generation ? (get().shown ?? undefined) : undefined;
    const replace = (page: MessagePage, change: Partial<OpenConversation>): void => {
      const { shown } = get();
      if (!shown) return;
      generation++;
      const { messages, older, newer, incomplete } = page;
      keep({ ...shown, messages, older, newer, incomplete, ...change });
    };
    const more = async (way: 'older' | 'newer'): Promise<void> => {
      const { id, shown } = get();
      const cursor = shown?.[way];
      if (id === null || !cursor || busy) return;
      busy = way;
      const mine = generation;
      try {
        const page = await pageOf(id, { cursor, limit: bite });
        const now = still(mine);
        if (now && page.messages.length === 0) keep({ ...now, [way]: undefined });
        else if (now) keep({ ...now, ...edges.trimmed(withPage(now, page), way === 'older' ? 'newest' : 'oldest') });
      } catch (error) {
        if (mine === generation) set({ error: errorMessage(error) });
      } finally {
        busy = null;
      }
    };
    const refresh = async (): Promise<void> => {
      const { id, shown } = get();
      if (id === null) return;
      if (!shown) return get().open(id, null);
      const mine = generation;
      const middle = shown.newer ? shown.messages[Math.floor(shown.messages.length / 2)]?.id : undefined;
      const [view, page] = await Promise.all([
        client.call('conversation.get', { conversation: id }),
        pageOf(id, middle === undefined ? { limit: newsSize } : { around: middle, limit: refreshSize }),
      ]);
      if (!still(mine)) return;
      if (!view) return set({ shown: null, missing: true });
      const apply = (fresh: MessagePage): void => {
        const now = still(mine);
        if (!now) return;
        const { incomplete } = fresh;
        keep({ ...now, ...withPage(now, fresh), view: shared(now.view, view), incomplete });
      };
      if (overlaps(shown, page) || shown.messages.length === 0) {
        const before = still(mine);
        apply(page);
        uncovered = { id, mine, page, apply };
        // Once it is known what changed, the rest is looked at for good measure; else it must be further up.
        if (still(mine)?.messages === before?.messages) coverAtOnce();
        else coverLater();
        return;
      }
      // So much came that it does not reach back to what is held: on from there.
      const last = shown.messages.at(-1)?.id;
      const onward = last === undefined ? page : await pageOf(id, { around: last, limit: refreshSize });
      const now = still(mine);
      if (now && overlaps(now, onward)) apply(onward);
      else if (now) replace(page, { view });
    };
    /** What a refresh looked at last: the rest of what is held is to be looked at from there. */
    let uncovered: Refreshed | undefined;
    /** All that is held besides is looked at anew as well, a page after the other; it stands back while one message follows another. */
    const cover = async (): Promise<void> => {
      if (!uncovered) return;
      const { id, mine, page: from, apply } = uncovered;
      uncovered = undefined;
      for (const way of ['older', 'newer'] as const) {
        const edge = (page: Pick<MessagePage, 'messages'>) => page.messages.at(way === 'older' ? 0 : -1)?.id;
        let page = from;
        while (page[way] !== undefined) {
          const now = still(mine);
          const at = now?.messages.findIndex((one) => one.id === edge(page)) ?? -1;
          const rest = way === 'older' ? at : (now?.messages.length ?? 0) - at - 1;
          if (at < 0 || rest === 0) break;
          const next = await pageOf(id, { cursor: page[way], limit: Math.min(refreshSize, rest) });
          if (edge(next) === edge(page)) break;
          page = next;
          apply(page);
        }
      }
    };
    const coverAtOnce = atRest(cover);
    const coverLater = atRest(cover, { restMs: 1_000, latestMs: 3_000, eager: false });
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
        generation++;
        edges = new Edges();
        void client.call('act.focus', { conversation: id }).catch(() => undefined);
        if (id === null) return;
        try {
          const view = await client.call('conversation.get', { conversation: id });
          if (get().id !== id) return;
          if (!view) return set({ shown: null, missing: true });
          const at = around ?? view.firstUnread;
          const page = await pageOf(id, at === null ? {} : { around: at });
          if (get().id !== id) return;
          generation++;
          keep({
            view,
            messages: steady(get().shown?.messages ?? [], page.messages),
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
        const mine = generation;
        const page = await pageOf(id, 'message' in where ? { around: where.message } : { at: where.at });
        const now = still(mine);
        if (!now) return;
        const target =
          'message' in where
            ? where.message
            : (page.messages.find((one) => one.at >= where.at) ?? page.messages.at(-1))?.id;
        replace(page, { target: target ?? null, jumps: now.jumps + 1 });
      },
      async goToNewest() {
        const { id, shown } = get();
        if (id === null || !shown) return;
        if (!shown.newer) return keep({ ...shown, target: null, jumps: shown.jumps + 1 });
        const mine = generation;
        const page = await pageOf(id, {});
        const now = still(mine);
        if (now) replace(page, { target: null, jumps: now.jumps + 1 });
      },
      letGo() {
        const { shown } = get();
        if (shown && shown.messages.length > mostHeld + pageSize) keep({ ...shown, ...edges.trimmed(shown, 'oldest') });
      },
      loadOlder: () => more('older'),
      loadNewer: () => more('newer'),
      refresh: inTurn(refresh),
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
      setPresence(told) {
        const { shown } = get();
        if (!shown || shown.view.account !== told.account) return;
        const { members, people, presence = [] } = shown.view;
        if (![...members, ...people].some(({ key }) => key === told.key)) return;
        const others = presence.filter(({ key }) => key !== told.key);
        keep({ ...shown, view: { ...shown.view, presence: [...others, told] } });
      },
      dropTyping(now) {
        const typing = get().typing.filter((other) => other.until > now);
        if (typing.length !== get().typing.length) set({ typing });
      },
    };
  });
}
