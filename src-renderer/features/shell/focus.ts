/** Where the focus can be sent by name. The panes, in the order F6 walks them. */
export const panes = ['rail', 'list', 'conversation', 'composer', 'details'] as const;
export type Pane = (typeof panes)[number];

const visible = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true });

/** Puts the focus on what a pane offers first: its marked entry, else the pane itself. False when it is not shown. */
export function focusPane(pane: Pane): boolean {
  asked++;
  const element = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
  if (!element || !visible(element)) return false;
  const entry = element.querySelector<HTMLElement>('[data-entry]:not([disabled])') ?? element;
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
export function focusSearch(): void {
  asked++;
  document.getElementById('search-box')?.focus();
}
/** Moves the focus over the messages of the open conversation; from outside them, beginning at the newest. */
export function focusMessage(by: number): void {
  asked++;
  const shown = [...document.querySelectorAll<HTMLElement>('[data-pane="conversation"] article[data-message]')];
  const at = shown.findIndex((message) => message.contains(document.activeElement));
  const next = at < 0 ? shown.length - 1 : Math.min(shown.length - 1, Math.max(0, at + by));
  const message = shown[next];
  if (!message) return;
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  message.scrollIntoView({ block: 'nearest' });
}

/** Counts wishes for the focus: one that still waits gives way to a later one, so that fast hands are not overtaken. */
let asked = 0;
/** Moves the focus once React has drawn what was asked for, unless it was sent elsewhere meanwhile. */
export function soon(work: () => void): void {
  const mine = ++asked;
  requestAnimationFrame(() => requestAnimationFrame(() => mine === asked && work()));
}

/** Focus is never lost: when what had it was taken off the page, the pane it was in gets it, else the list. */
export function keepFocus(): void {
  const pane = currentPane() ?? 'list';
  soon(() => {
    if (currentPane() === null && document.querySelector('[role="dialog"]') === null) {
      if (!focusPane(pane)) focusPane('list');
    }
  });
}
