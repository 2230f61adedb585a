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
  /** Where it was scrolled to from here, px: being told of that is no news. */
  const own = useRef(Number.NaN);
  const { newer } = shown;

  const scrolled = useCallback((): void => {
    const [element, inside] = [scroller.current, content.current];
    if (!element || !inside) return;
    const toFoot = element.scrollHeight - element.scrollTop - element.clientHeight;
    stays.current = toFoot < atFoot && newer === undefined;
    if (Math.abs(element.scrollTop - own.current) < 1) return;
    own.current = Number.NaN;
    held.current = stays.current ? 'foot' : (uppermost(element, inside) ?? held.current);
  }, [scroller, content, newer]);

  const putBack = useCallback((): void => {
    const element = scroller.current;
    if (!element) return;
    const what = held.current;
    const message = what === 'foot' ? null : element.querySelector(`[data-message="${what.message}"]`);
    if (what === 'foot') element.scrollTop = element.scrollHeight;
    else if (message) {
      const moved = topIn(element, message) - what.top;
      if (Math.abs(moved) >= 1) element.scrollTop += moved;
    } else {
      // It was taken back: whatever is in sight now stays.
      own.current = Number.NaN;
      scrolled();
    }
    own.current = element.scrollTop;
  }, [scroller, scrolled]);

  // Where it opens: at what was asked for, at the first unread message, else at the newest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, and after each jump
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const wanted = shown.jumps > 0 ? jump(element, shown.target) : begin(element);
    own.current = Number.NaN;
    scrolled();
    if (wanted) held.current = wanted;
    own.current = element.scrollTop;
    // Whoever opened it by key waits at the pane for the messages.
    if (document.activeElement?.matches('[data-pane="conversation"]')) element.focus({ preventScroll: true });
  }, [shown.jumps]);

  const newest = useRef(shown.messages.at(-1)?.id ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when messages change, reads the page itself
  useLayoutEffect(() => {
    const last = shown.messages.at(-1);
    // What one has just written comes into sight, wherever one was reading.
    if (last?.delivery && last.id > newest.current && newer === undefined) held.current = 'foot';
    newest.current = last?.id ?? 0;
    putBack();
  }, [shown.messages, shown.view]);

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

/** @returns the letter to be kept where it was wanted: its words have yet to come, and it may be that far down only then */
function begin(scroller: HTMLElement): Held | null {
  const find = (selector: string): HTMLElement | undefined =>
    [...scroller.querySelectorAll<HTMLElement>(selector)].at(-1);
  const anchor = find('[data-target="true"]') ?? find('[data-unread-mark]') ?? find('.card[data-open="true"]');
  if (!anchor) {
    scroller.scrollTop = scroller.scrollHeight;
    return null;
  }
  // A mail begins at its own head; a line of a chat wants some of what went before.
  return bring(scroller, anchor, anchor.matches('.card') ? 16 : scroller.clientHeight / 4);
}

function jump(scroller: HTMLElement, target: number | null): Held | null {
  const found = target === null ? null : scroller.querySelector<HTMLElement>(`[data-message="${target}"]`);
  if (!found) {
    scroller.scrollTop = scroller.scrollHeight;
    return null;
  }
  const room = scroller.clientHeight - found.offsetHeight;
  return bring(scroller, found, room < 0 ? 16 : room / 2);
}

/** Brings something to `top` px below the upper edge, as far as that goes by now. */
function bring(scroller: HTMLElement, found: HTMLElement, top: number): Held | null {
  scroller.scrollTop += topIn(scroller, found) - top;
  const cards = [...scroller.querySelectorAll<HTMLElement>('.card[data-message]')];
  const letter = cards.find((card) => card === found || isBefore(found, card));
  const message = letter?.dataset.message;
  return letter && message ? { message, top: top + topIn(scroller, letter) - topIn(scroller, found) } : null;
}
const isBefore = (one: Node, other: Node): boolean =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
