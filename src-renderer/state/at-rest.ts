import { inTurn } from './in-turn.ts';

/** Things that come one after another this fast, ms, are one going on; it is looked at when it is over. */
const restMs = 150;
/** Or, where it does not end, this often, ms. */
const latestMs = 1_000;

/**
 * For what may lag behind while much is going on: at once when it was quiet, else once things have come to rest. One run at
 * a time, and what is asked meanwhile is covered by the next. Nobody waits for it, so a run that fails is passed over.
 */
export function atRest(work: () => Promise<void>): () => void {
  const run = inTurn(work);
  let asked = Number.NEGATIVE_INFINITY;
  let waiting: { readonly since: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  const go = (): void => {
    waiting = undefined;
    run().catch(() => undefined);
  };
  return () => {
    const now = performance.now();
    const quiet = now - asked > restMs;
    asked = now;
    if (quiet && !waiting) return go();
    clearTimeout(waiting?.timer);
    const since = waiting?.since ?? now;
    waiting = { since, timer: setTimeout(go, Math.max(0, Math.min(restMs, since + latestMs - now))) };
  };
}
