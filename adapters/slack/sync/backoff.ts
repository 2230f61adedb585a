const least = 1000;
const most = 120_000;

/** Wait before try `tries` (from 0), ms: doubling, at most two minutes, spread by `luck` (0..1). */
export const backoff = (tries: number, luck: number): number => Math.min(most, least * 2 ** tries) * (0.5 + luck / 2);
