/** What can be taken back, last first. */
export interface UndoStack {
  push(run: () => Promise<unknown>): void;
  /** Forgets what did not happen after all. */
  drop(run: () => Promise<unknown>): void;
  /** Takes back the given one, or else the last. Does nothing when it has been taken back already. */
  take(run?: () => Promise<unknown>): Promise<boolean>;
}
const deepest = 50;
export function createUndo(): UndoStack {
  const stack: (() => Promise<unknown>)[] = [];
  return {
    push(run) {
      stack.push(run);
      if (stack.length > deepest) stack.shift();
    },
    drop(run) {
      const at = stack.lastIndexOf(run);
      if (at >= 0) stack.splice(at, 1);
    },
    async take(run = stack.at(-1)) {
      const at = run ? stack.lastIndexOf(run) : -1;
      if (!run || at < 0) return false;
      stack.splice(at, 1);
      await run();
      return true;
    },
  };
}
