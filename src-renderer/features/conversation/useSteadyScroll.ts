import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { OpenConversation } from './store.ts';

/** Closer than this to the foot, px, the newest message stays in sight as it arrives. */
const atFoot = 80;

/** What must not move: the foot, or a message at its place below the upper edge, px. */
type Held = 'foot' | { readonly message: string; readonly top: number };

export interface SteadyScroll {
  /** Call on every scroll: from then on the message that is uppermost in sight is the one that stays. */
  scrolled(): void;
  /** The end of the conversation is in sight. */
  readonly stays: RefObject<boolean>;
}

/**
 * Keeps what is read where it is while messages come and go above and below and pictures, frames and letters grow: whatever
 * changes, the message that was uppermost in sight is put back there before anything is drawn. At the foot, the foot stays.
 */
export function useSteadyScroll(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  shown: OpenConversation,
): SteadyScroll {
  const held = useRef<Held>('foot');
  const stays = useRef(true);
  const { newer } = shown;

  const scrolled = useCallback((): void => {
    const [element, inside] = [scroller.current, content.current];
    if (!element || !inside) return;
    const toFoot = element.scrollHeight - element.scrollTop - element.clientHeight;
    stays.current = toFoot < atFoot && newer === undefined;
    held.current = stays.current ? 'foot' : (uppermost(element, inside) ?? held.current);
  }, [scroller, content, newer]);

  const putBack = useCallback((): void => {
    const element = scroller.current;
    if (!element) return;
    const what = held.current;
    if (what === 'foot') {
      element.scrollTop = element.scrollHeight;
      return;
    }
    const message = element.querySelector(`[data-message="${what.message}"]`);
    // It was taken back: whatever is in sight now stays.
    const moved = message ? topIn(element, message) - what.top : 0;
    if (Math.abs(moved) >= 1) element.scrollTop += moved;
    if (!message) scrolled();
  }, [scroller, scrolled]);

  // Where it opens: at what was asked for, at the first unread message, else at the newest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, and after each jump
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (shown.jumps > 0) jump(element, shown.target);
    else begin(element);
    scrolled();
    // Whoever opened it by key waits at the pane for the messages.
    if (document.activeElement?.matches('[data-pane="conversation"]')) element.focus({ preventScroll: true });
  }, [shown.jumps]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when messages change, reads the page itself
  useLayoutEffect(putBack, [shown.messages, shown.view]);

  useEffect(() => {
    const [element, inside] = [scroller.current, content.current];
    if (!element || !inside) return;
    // Between layout and drawing: what grew is put right before it is seen.
    const observer = new ResizeObserver(putBack);
    observer.observe(inside);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, content, putBack]);

  return { scrolled, stays };
}

const topIn = (scroller: Element, message: Element): number =>
  message.getBoundingClientRect().top - scroller.getBoundingClientRect().top;

/** The first message that reaches below the upper edge; they stand in order, so half of them need no look. */
function uppermost(scroller: Element, content: Element): Held | null {
  const messages = content.querySelectorAll<HTMLElement>('[data-message]');
  const edge = scroller.getBoundingClientRect().top;
  let [low, high] = [0, messages.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.getBoundingClientRect().bottom ?? 0) > edge) high = middle;
    else low = middle + 1;
  }
  const message = messages[low];
  return message?.dataset.message ? { message: message.dataset.message, top: topIn(scroller, message) } : null;
}

function begin(scroller: HTMLElement): void {
  const find = (selector: string): HTMLElement | undefined =>
    [...scroller.querySelectorAll<HTMLElement>(selector)].at(-1);
  const anchor = find('[data-target="true"]') ?? find('[data-unread-mark]') ?? find('.card[data-open="true"]');
  if (!anchor) scroller.scrollTop = scroller.scrollHeight;
  // A mail begins at its own head; a line of a chat wants some of what went before.
  else if (anchor.matches('.card')) scroller.scrollTop += topIn(scroller, anchor) - 16;
  else scroller.scrollTop += topIn(scroller, anchor) - scroller.clientHeight / 4;
}

function jump(scroller: HTMLElement, target: number | null): void {
  const found = target === null ? null : scroller.querySelector<HTMLElement>(`[data-message="${target}"]`);
  if (!found) {
    scroller.scrollTop = scroller.scrollHeight;
    return;
  }
  const room = scroller.clientHeight - found.offsetHeight;
  scroller.scrollTop += topIn(scroller, found) - (room < 0 ? 16 : room / 2);
}
