/**
 * One run at a time: at once when none is under way, else once more when it ends, which covers everything that was asked
 * meanwhile. Resolves, or rejects, with the run that covers the asking.
 */
export function inTurn(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const start = (): Promise<void> => {
    waiting = undefined;
    const run = work();
    running = run;
    const over = (): void => {
      if (running === run) running = undefined;
    };
    run.then(over, over);
    return run;
  };
  return () => {
    if (!running) return start();
    waiting ??= running.then(start, start);
    return waiting;
  };
}
