import type { Workspace } from '../../state/workspace.ts';
import { entriesOf } from './entries.ts';
import { createFinder, type Finder } from './finder.ts';

/** Nobody waits longer than this for an index, however busy the page is. Ms. */
const patience = 200;
/** Less than this left, ms, and the next piece is left for the next time. */
const aPiece = 3;

/** Makes a finder's index while nothing else is to be done, piece by piece. Returns how to stop. */
export function prepareWhenIdle(finder: Finder<unknown>): () => void {
  const goOn = (deadline: IdleDeadline): void => {
    let more = finder.prepare();
    while (more && deadline.timeRemaining() > aPiece) more = finder.prepare();
    if (more) idle = requestIdleCallback(goOn, { timeout: patience });
  };
  let idle = requestIdleCallback(goOn, { timeout: patience });
  return () => cancelIdleCallback(idle);
}

/** Goes once through what opening the palette takes, so that the first time is as quick as any other. */
export function prefetchPalette(workspace: Workspace): void {
  prepareWhenIdle(
    createFinder(
      () => entriesOf(workspace),
      () => 0,
    ),
  );
}
