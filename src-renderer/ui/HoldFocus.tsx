import { type RefObject, useLayoutEffect } from 'react';
import { currentPane, giveBack } from '../features/shell/focus.ts';

/**
 * Stands behind a sheet or a menu (React tells it last, when all of that is on the page): it has the focus from the moment it is on the page, before another key can be pressed, and
 * gives it back as soon as it is gone. Base UI moves the focus a frame later, which fast hands overtake.
 */
export function HoldFocus({
  first,
  back,
}: {
  /** What has the focus at first. */
  first: () => HTMLElement | null;
  /** What has it afterwards; told here where it holds nothing yet. */
  back?: RefObject<HTMLElement | null>;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where it begins and ends
  useLayoutEffect(() => {
    const now = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const before = back?.current ?? now;
    if (back) back.current = before;
    const pane = currentPane();
    first()?.focus({ preventScroll: true });
    return () => queueMicrotask(() => giveBack([before, now], pane));
  }, []);
  return null;
}
