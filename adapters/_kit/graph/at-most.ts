/** Runs work, at most `limit` pieces of it at once; the others wait for their turn, first come, first served. */
export function atMost(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody new can slip in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
