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
  /**
   * Shows a message as the person changed it while `work` does so in the hub, and `undo`ne where that fails, with which it
   * rejects. `change` is applied to what is fetched meanwhile too: done twice it does the same.
   */
  change(id: MessageId, change: Change, work: Promise<unknown>, undo: Change): Promise<void>;
  setTyping(typing: Typing): void;
  dropTyping(now: number): void;
  /** Somebody came or went; nothing where they are not of this conversation. */
  setPresence(told: PresenceView): void;
}
type Change = (message: MessageView) => MessageView;
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
    /** Grows with each look at what changed. */
    let refreshes = 0;
    let openings = 0;
    /** What is being opened, and where. */
    let opening: { readonly around: MessageId | null; readonly done: Promise<void> } | undefined;
    /** Pages asked for so far, and those of them that are on their way. */
    let asked = 0;
    const flying = new Set<number>();
    /** What the person did that the hub may not have done when a page was asked for: the first one that knows is `from`. */
    let held: readonly { readonly id: MessageId; readonly change: Change; from: number }[] = [];

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
      const mine = asked++;
      flying.add(mine);
      const page = await client
        .call('conversation.page', { conversation, limit: pageSize, ...where })
        .finally(() => flying.delete(mine));
      if (get().id === conversation) edges.note(page);
      const unknown = held.filter(({ from }) => mine < from);
      if (unknown.length === 0) return page;
      const done = (message: MessageView): MessageView =>
        unknown.reduce((shown, { id, change }) => (id === message.id ? change(shown) : shown), message);
      return { ...page, messages: page.messages.map(done) };
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
      if (opening) {
        const { around, done } = opening;
        await done;
        // What was asked to open it may not have known of this yet.
        if (get().id !== id) return;
        return get().shown ? refresh() : get().open(id, around);
      }
      if (!shown) return get().open(id, null);
      const mine = generation;
      refreshes++;
      const middle = shown.newer ? shown.messages[Math.floor(shown.messages.length / 2)]?.id : undefined;
      const [view, page] = await Promise.all([
        client.call('conversation.get', { conversation: id }),
        pageOf(id, middle === undefined ? { limit: newsSize } : { around: middle, limit: refreshSize }),
      ]);
      // Another stretch of it is shown by now, asked for before this became known, perhaps.
      if (!still(mine)) return get().id === id && get().shown ? refresh() : undefined;
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
    /** @param wanted whether nothing else was opened meanwhile, nor this elsewhere */
    const fetch = async (id: ConversationId, around: MessageId | null, wanted: () => boolean): Promise<void> => {
      try {
        const view = await client.call('conversation.get', { conversation: id });
        if (!wanted()) return;
        if (!view) return set({ shown: null, missing: true });
        const at = around ?? view.firstUnread;
        const page = await pageOf(id, at === null ? {} : { around: at });
        if (!wanted()) return;
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
        if (wanted()) set({ error: errorMessage(error) });
      }
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
    /** What changed while this stretch was on its way may not be in it. */
    const lookAgain = (): void =>
      void get()
        .refresh()
        .catch(() => undefined);
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
        const mine = ++openings;
        opening = undefined;
        if (id === null) return;
        const done = fetch(id, around, () => mine === openings);
        opening = { around, done };
        await done;
        if (mine === openings) opening = undefined;
      },
      async goTo(where) {
        const { id, shown } = get();
        if (id === null || !shown) return;
        const near = 'message' in where ? where.message : undefined;
        if (near !== undefined && shown.messages.some((message) => message.id === near))
          return keep({ ...shown, target: near, jumps: shown.jumps + 1 });
        const mine = generation;
        const looked = refreshes;
        const page = await pageOf(id, 'message' in where ? { around: where.message } : { at: where.at });
        const now = still(mine);
        if (!now) return;
        const target =
          'message' in where
            ? where.message
            : (page.messages.find((one) => one.at >= where.at) ?? page.messages.at(-1))?.id;
        replace(page, { target: target ?? null, jumps: now.jumps + 1 });
        if (looked !== refreshes) lookAgain();
      },
      async goToNewest() {
        const { id, shown } = get();
        if (id === null || !shown) return;
        if (!shown.newer) return keep({ ...shown, target: null, jumps: shown.jumps + 1 });
        const mine = generation;
        const looked = refreshes;
        const page = await pageOf(id, {});
        const now = still(mine);
        if (!now) return;
        replace(page, { target: null, jumps: now.jumps + 1 });
        if (looked !== refreshes) lookAgain();
      },
      letGo() {
        const { shown } = get();
        if (shown && shown.messages.length > mostHeld + pageSize) keep({ ...shown, ...edges.trimmed(shown, 'oldest') });
      },
      loadOlder: () => more('older'),
      loadNewer: () => more('newer'),
      refresh: inTurn(refresh),
      async change(id, change, work, undo) {
        const apply = (how: Change): void => {
          const { shown } = get();
          if (shown?.messages.some((message) => message.id === id))
            keep({ ...shown, messages: shown.messages.map((message) => (message.id === id ? how(message) : message)) });
        };
        const mine = { id, change, from: Number.POSITIVE_INFINITY };
        held = [...held, mine];
        apply(change);
        try {
          await work;
          // Pages that are on their way may have been read before it was done.
          mine.from = asked;
          const oldest = Math.min(...flying);
          held = held.filter(({ from }) => from === Number.POSITIVE_INFINITY || from > oldest);
        } catch (error) {
          held = held.filter((other) => other !== mine);
          apply(undo);
          throw error;
        }
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
