/** Chance that repeats: the same words always draw the same numbers. */
export interface Chance {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of a list that is not empty; throws RangeError on an empty one. */
  pick<T>(items: readonly T[]): T;
  /** The same things in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Mulberry32, seeded by an FNV-1a digest of the words. */
export function chance(...words: readonly (string | number)[]): Chance {
  let state = 0x811c9dc5;
  for (const sign of words.join('\u0000')) state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ item }) => item),
  };
}

/** A stream as bad networks deliver it: some things twice, some out of order. `often` is the share told again, 0..1. */
export function disorderly<T>(items: readonly T[], luck: Chance, often = 0.3): readonly T[] {
  return luck.shuffle(items.flatMap((item) => (luck.next() < often ? [item, item] : [item])));
}
