import { inTurn } from './in-turn.ts';

export interface Rest {
  /** Things that come one after another this fast, ms, are one going on; it is looked at when it is over. */
  readonly restMs: number;
  /** Or, where it does not end, this often, ms. */
  readonly latestMs: number;
  /** The first after a quiet while is looked at at once, too. */
  readonly eager: boolean;
}
/** In a storm windows are told of changes four times a second: that is one going on still. */
const usual: Rest = { restMs: 300, latestMs: 1_000, eager: true };

/**
 * For what may lag behind while much is going on: at once when it was quiet (unless not `eager`), else once things have come
 * to rest. One run at a time, and what is asked meanwhile is covered by the next. Nobody waits for it, so a run that fails is
 * passed over.
 */
export function atRest(work: () => Promise<void>, { restMs, latestMs, eager }: Rest = usual): () => void {
  const run = inTurn(work);
  let asked = Number.NEGATIVE_INFINITY;
  let waiting: { readonly since: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  const go = (): void => {
    waiting = undefined;
    run().catch(() => undefined);
  };
  return () => {
    const now = performance.now();
    const quiet = eager && now - asked > restMs;
    asked = now;
    if (quiet && !waiting) return go();
    clearTimeout(waiting?.timer);
    const since = waiting?.since ?? now;
    waiting = { since, timer: setTimeout(go, Math.max(0, Math.min(restMs, since + latestMs - now))) };
  };
}
