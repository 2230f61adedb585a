import type { StoreApi } from 'zustand/vanilla';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { ListState } from '../list/store.ts';
import type { NavigationState } from '../navigation/store.ts';
import type { ConversationState } from './store.ts';
import { endOf, toRead } from './to-read.ts';

/** Of messages that come one after the other a network is told no more often than this, ms. */
const everyMs = 1_000;

export interface Reading {
  /** What is read to its end before the person's eyes: nothing of it counts as unread, also before its network was told. */
  front(): ConversationId | undefined;
  /** They are to be unread: so they stay until opened anew, or more comes. */
  keepUnread(ids: readonly ConversationId[]): void;
  /** Begins to read along. Returns how to stop. */
  follow(page: Window): () => void;
}
interface Parts {
  readonly navigation: StoreApi<NavigationState>;
  readonly conversation: StoreApi<ConversationState>;
  readonly list: StoreApi<ListState>;
}
type Page = Pick<Window, 'addEventListener' | 'removeEventListener'> & { readonly document: Document };

/**
 * What is open before the person's eyes is read. The first message is marked at once and more that follow it together, since
 * each mark is a round through hub and network; leaving the conversation, or the window, marks what has been read until then.
 * @param mark marks a whole conversation read; resolves when the hub has
 */
export function createReading(
  { navigation, conversation, list }: Parts,
  mark: (id: ConversationId) => Promise<void>,
): Reading {
  let page: Page | undefined;
  let open: ConversationId | null = null;
  /** The end up to which it was read, or left unread. */
  let done: string | null = null;
  let kept = false;
  let waiting: ConversationId | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let markedAt = Number.NEGATIVE_INFINITY;
  let marking: Promise<void> | undefined;
  let held: { readonly id: ConversationId; readonly release: () => void } | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    if (waiting === undefined) return;
    const id = waiting;
    waiting = undefined;
    markedAt = performance.now();
    const mine = mark(id)
      .catch(() => undefined)
      .then(() => {
        if (marking !== mine) return;
        marking = undefined;
        soon();
      });
    marking = mine;
  };
  /** Once a while has gone by and the mark before it has been answered. */
  const soon = (): void => {
    if (waiting === undefined || marking) return;
    clearTimeout(timer);
    const left = markedAt + everyMs - performance.now();
    if (left > 0) timer = setTimeout(soon, left);
    else tell();
  };
  /** Its row shows nothing unread meanwhile. */
  const hold = (id: ConversationId | undefined): void => {
    if (held?.id === id) return;
    held?.release();
    held = undefined;
    if (id === undefined) return;
    const change = (row: ConversationRow): ConversationRow => (row.unread === 0 ? row : { ...row, unread: 0 });
    held = { id, release: list.getState().patch({ ids: new Set([id]), change }) };
  };
  const look = (): void => {
    const { conversation: id, peeking } = navigation.getState();
    const { shown } = conversation.getState();
    if (id !== open) {
      tell();
      open = id;
      done = null;
      kept = false;
      marking = undefined;
      markedAt = Number.NEGATIVE_INFINITY;
    }
    const seen = !peeking && page?.document.visibilityState === 'visible' && shown?.view.id === id && !shown.newer;
    const end = seen ? toRead(shown, id) : null;
    if (id !== null && end !== null && end !== done) {
      done = end;
      kept = false;
      waiting = id;
      soon();
    }
    hold(seen && !kept ? (id ?? undefined) : undefined);
  };
  return {
    front: () => held?.id,
    keepUnread(ids) {
      const { shown } = conversation.getState();
      if (open === null || !ids.includes(open)) return;
      clearTimeout(timer);
      waiting = undefined;
      if (shown?.view.id === open) done = endOf(shown);
      kept = true;
      hold(undefined);
    },
    follow(of) {
      page = of;
      const leave = (): void => {
        tell();
        look();
      };
      const stops = [navigation.subscribe(look), conversation.subscribe(look)];
      of.document.addEventListener('visibilitychange', leave);
      for (const name of ['blur', 'pagehide']) of.addEventListener(name, leave);
      look();
      return () => {
        tell();
        page = undefined;
        for (const stop of stops) stop();
        of.document.removeEventListener('visibilitychange', leave);
        for (const name of ['blur', 'pagehide']) of.removeEventListener(name, leave);
        hold(undefined);
      };
    },
  };
}
