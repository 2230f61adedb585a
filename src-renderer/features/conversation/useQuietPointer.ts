import { type RefObject, useEffect } from 'react';

/** This long after the last movement what lies under the pointer answers to it again, ms. */
const restMs = 120;

/**
 * While the wheel turns, `content` lies under a cover (`data-rolling`): what rolls by under a resting pointer does not light up.
 * Otherwise nearly every frame lights up one message and puts out another, and is painted anew for it: two thirds of what the
 * window's thread does in such a frame.
 */
export function useQuietPointer(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const [element, inside] = [scroller.current, content.current];
    if (!element || !inside) return;
    let timer: number | undefined;
    let turning = false;
    const rest = (): void => {
      turning = false;
      delete inside.dataset.rolling;
    };
    // Whoever turns the wheel with a button held is selecting, and what is pointed at is the end of it.
    const turned = ({ buttons }: WheelEvent): void => {
      turning = buttons === 0;
      if (!turning) rest();
    };
    const scrolled = (): void => {
      if (!turning) return;
      inside.dataset.rolling = '';
      window.clearTimeout(timer);
      timer = window.setTimeout(rest, restMs);
    };
    // Whoever goes for something finds it there. A page that moves under a resting pointer tells of moves too, by nothing.
    const moved = ({ movementX, movementY }: PointerEvent): void => {
      if (movementX !== 0 || movementY !== 0) rest();
    };
    element.addEventListener('pointermove', moved, { passive: true });
    element.addEventListener('wheel', turned, { passive: true });
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      window.clearTimeout(timer);
      rest();
      element.removeEventListener('pointermove', moved);
      element.removeEventListener('wheel', turned);
      element.removeEventListener('scroll', scrolled);
    };
  }, [scroller, content]);
}
