import { type RefCallback, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Rows drawn beyond either edge of what is in sight. */
const beyond = 12;

export interface RowsInSight {
  /** For the element that scrolls. */
  readonly ref: RefCallback<HTMLElement>;
  readonly element: HTMLElement | null;
  /** How far it was scrolled when it last said so, px: asking the element itself would have it laid out first. */
  readonly scrolledTo: RefObject<number>;
  /** The rows to draw, as positions in the whole list; `end` is the one after the last of them. */
  readonly first: number;
  readonly end: number;
}

/**
 * Which of `count` rows of one height (px) are to be in the page: those in sight and some around them. All rows being alike,
 * nothing is worked out for each of them: news in a list of a hundred thousand cost what they do in one of ten.
 */
export function useRowsInSight(count: number, height: number): RowsInSight {
  const [element, ref] = useState<HTMLElement | null>(null);
  const scrolledTo = useRef(0);
  /** The first row in sight, and how many are. */
  const [sight, setSight] = useState(() => ({ row: 0, rows: Math.ceil(window.innerHeight / height) }));
  useLayoutEffect(() => {
    if (!element) return undefined;
    const look = (): void => {
      scrolledTo.current = element.scrollTop;
      const row = Math.max(0, Math.floor(element.scrollTop / height));
      const rows = Math.ceil(element.clientHeight / height) + 1;
      setSight((before) => (before.row === row && before.rows === rows ? before : { row, rows }));
    };
    // In the frame that shows it scrolled the rows are there.
    const scrolled = (): void => flushSync(look);
    look();
    element.addEventListener('scroll', scrolled, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      observer.disconnect();
    };
  }, [element, height]);
  const end = Math.min(count, sight.row + sight.rows + beyond);
  return { ref, element, scrolledTo, first: Math.max(0, Math.min(sight.row, end) - beyond), end };
}
