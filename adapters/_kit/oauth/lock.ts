const held = new Map<string, Promise<unknown>>();

/** Does `work` when nobody else of that name is at it. One process keeps a profile, so a lock in memory is enough. */
export async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = held.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  const quiet = mine.catch(() => undefined);
  held.set(name, quiet);
  try {
    return await mine;
  } finally {
    if (held.get(name) === quiet) held.delete(name);
  }
}
