import { flushSync } from 'react-dom';
import { keepKeys } from './ahead.ts';

/** Where the focus can be sent by name. The panes, in the order F6 walks them. */
export const panes = ['rail', 'list', 'conversation', 'composer', 'details'] as const;
export type Pane = (typeof panes)[number];

const visible = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true });

/**
 * Puts the focus on what a pane offers first: its marked entry, else the pane itself. False when it is not shown. `which`
 * tells apart two of a kind.
 */
export function focusPane(pane: Pane, which: '' | '.floating' | '.composer' | '.thread-composer' = ''): boolean {
  sentOn();
  const element = document.querySelector<HTMLElement>(`${which}[data-pane="${pane}"]`);
  if (!element || !visible(element)) return false;
  const entries = element.querySelectorAll<HTMLElement>('[data-entry]:not([disabled])');
  const entry = [...entries].find(visible) ?? element;
  entry.focus({ preventScroll: entry === element });
  return true;
}
export function currentPane(): Pane | null {
  const name = document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
  return panes.find((pane) => pane === name) ?? null;
}
/** The next pane that is shown, round and round. */
export function cyclePane(step: 1 | -1): void {
  const at = panes.indexOf(currentPane() ?? 'rail');
  for (let count = 1; count <= panes.length; count++) {
    const pane = panes[(at + step * count + panes.length * count) % panes.length];
    if (pane && focusPane(pane)) return;
  }
}
/** False when the box is not shown. */
export function focusSearch(): boolean {
  sentOn();
  const box = document.getElementById('search-box');
  if (!box || !visible(box)) return false;
  box.focus();
  return true;
}
/** Moves the focus over the messages of the open conversation; from outside them, beginning at the newest. */
export function focusMessage(by: number): void {
  sentOn();
  // Within a thread its own messages; elsewhere those of the conversation, without the thread that stands beside them.
  const pane =
    document.activeElement?.closest('.thread') ?? document.querySelector('[data-pane="conversation"] .messages');
  const shown = [...(pane?.querySelectorAll<HTMLElement>('article[data-message]') ?? [])];
  const at = shown.findIndex((message) => message.contains(document.activeElement));
  const next = at < 0 ? shown.length - 1 : Math.min(shown.length - 1, Math.max(0, at + by));
  const message = shown[next];
  if (!message) return;
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  message.scrollIntoView({ block: 'nearest' });
}

/** How long a wish for the focus is remembered, ms. */
const patience = 3_000;
/** The wish whose target is not on the page yet. Any later one takes its place. */
let wish: { end(): void } | null = null;
/** The wish itself is being granted: that does not end it. */
let granting = false;
function sentOn(): void {
  if (!granting) wish?.end();
}
function granted(work: () => unknown): boolean {
  const within = granting;
  granting = true;
  try {
    return work() !== false;
  } finally {
    granting = within;
  }
}
/** Draws what was asked for until now. */
export const drawn = (): void => flushSync(() => undefined);

/**
 * Moves the focus to what was just asked for: at once, so that the very next key is for it. `work` answers false while its
 * target is not on the page; then it is asked again as the page changes, until the focus is sent elsewhere. With
 * `keepsKeys`, what is typed meanwhile is kept for the target.
 */
export function soon(work: () => unknown, { keepsKeys = false } = {}): void {
  sentOn();
  drawn();
  if (granted(work)) return;
  const release = keepsKeys ? keepKeys() : undefined;
  const watch = new MutationObserver(() => {
    if (granted(work)) end();
  });
  const end = (): void => {
    wish = null;
    watch.disconnect();
    clearTimeout(timer);
    document.removeEventListener('pointerdown', end, true);
    release?.();
  };
  const timer = setTimeout(end, patience);
  // Whoever points somewhere has another wish.
  document.addEventListener('pointerdown', end, true);
  watch.observe(document.body, { childList: true, subtree: true, attributes: true });
  wish = { end };
}

/** Focus is never lost: when what had it was taken off the page, the pane it was in gets it, else the list. */
export function keepFocus(): void {
  const pane = currentPane();
  soon(() => giveBack([], pane));
}

/**
 * Gives the focus back to the first of those that can have it; where all have gone, to the pane they were in. Does
 * nothing where the focus has found a place already.
 */
export function giveBack(before: readonly (HTMLElement | null)[], pane: Pane | null): void {
  const nowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;
  if (!nowhere()) return;
  for (const element of before) {
    if (element?.isConnected && visible(element)) element.focus({ preventScroll: true });
    if (!nowhere()) return;
  }
  // A wish that still waits is not ended by this.
  granted(() => (pane !== null && focusPane(pane)) || focusPane('list') || focusPane('conversation'));
}
