import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { RowsInSight } from './useRowsInSight.ts';

interface Shown {
  readonly rows: readonly ConversationRow[];
  readonly start: number;
  readonly cursor: ConversationId | null;
  readonly height: number;
  /** Another place or filter begins at its top. */
  readonly place: unknown;
}

/**
 * Keeps the row under the cursor where it is on the screen while others come and go above it: the one under the pointer,
 * else the one with the focus, else the first in sight. At the very top, with nobody pointing at anything, news may push
 * in.
 * @returns how many rows came in above since one was last at the top
 */
export function useSteadyRows({ element, scrolledTo }: RowsInSight, shown: Shown): number {
  const { rows, start, cursor, height, place } = shown;
  const before = useRef(shown);
  const [above, setAbove] = useState(0);

  useLayoutEffect(() => {
    const last = before.current;
    before.current = { rows, start, cursor, height, place };
    if (!element || last.rows === rows || last.place !== place || last.height !== height) return;
    const anchor = anchorOf(element, scrolledTo.current, last, cursor);
    if (anchor === null) return;
    const was = last.start + last.rows.findIndex((row) => row.id === anchor);
    const at = rows.findIndex((row) => row.id === anchor);
    if (at < 0) return;
    const moved = start + at - was;
    if (moved === 0) return;
    element.scrollTop += moved * height;
    scrolledTo.current = element.scrollTop;
    const [newest] = last.rows;
    const came = newest && start === 0 && last.start === 0 ? rows.findIndex((row) => row.id === newest.id) : 0;
    if (came > 0) setAbove((count) => count + came);
  }, [rows, start, cursor, height, place, element, scrolledTo]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another place has its own news
  useEffect(() => setAbove(0), [place]);
  useEffect(() => {
    if (!element || above === 0) return;
    const seen = (): void => {
      if (element.scrollTop < height / 2) setAbove(0);
    };
    element.addEventListener('scroll', seen, { passive: true });
    return () => element.removeEventListener('scroll', seen);
  }, [above, height, element]);
  return above;
}

/** The row that must not move, or null when all may. `top`: how far it is scrolled, px. */
function anchorOf(
  element: HTMLElement,
  top: number,
  last: Shown,
  cursor: ConversationId | null,
): ConversationId | null {
  const idOf = (row: Element | null): ConversationId | null => {
    const id = Number(row?.getAttribute('data-conversation'));
    return last.rows.find((one) => one.id === id)?.id ?? null;
  };
  const pointed = idOf(element.querySelector('.row:hover'));
  if (pointed !== null) return pointed;
  const focused = idOf(element.querySelector('.row:focus'));
  // A cursor that was just moved goes where it was sent.
  if (focused !== null && cursor === last.cursor) return focused;
  if (top < last.height / 2) return null;
  return last.rows[Math.max(0, Math.floor(top / last.height) - last.start)]?.id ?? null;
}
