/** Memory held after so many events, MB. */
export interface Sample {
  readonly event: number;
  readonly mb: number;
}

/** How much the straight line through the last two thirds of the samples rises between its ends, MB. */
export function growth(all: readonly Sample[]): number {
  const last = all.slice(Math.floor(all.length / 3));
  const mean = (of: (sample: Sample) => number): number => last.reduce((sum, one) => sum + of(one), 0) / last.length;
  const middle = mean(({ event }) => event);
  const level = mean(({ mb }) => mb);
  const spread = last.reduce((sum, { event }) => sum + (event - middle) ** 2, 0);
  const slope = last.reduce((sum, { event, mb }) => sum + (event - middle) * (mb - level), 0) / spread;
  return slope * ((last.at(-1)?.event ?? 0) - (last[0]?.event ?? 0));
}
