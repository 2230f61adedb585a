/** The network's own time: stands still but for what happens on it, so that two runs tell the same times. */
export interface NetworkTime {
  /** Unix ms. */
  now(): number;
  /** The time of the next thing that happens: later than any before, ms. */
  tick(): number;
  advance(ms: number): void;
}
const started = Date.UTC(2026, 10, 20, 9, 0);
const tickMs = 1000;

export function networkTime(start: number = started): NetworkTime {
  let now = start;
  return {
    now: () => now,
    tick: () => {
      now += tickMs;
      return now;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
