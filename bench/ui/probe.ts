/** What a page notes about itself while it is used, read with `page.evaluate`. Runs in the page: it may name nothing outside. */
export interface Notes {
  /** Duration of every interaction Chromium reports, ms, in steps of 8; those under 16 are not reported. */
  readonly interactions: number[];
  readonly longTasks: number[];
  paint: number;
}

/** https://web.dev/articles/inp: an interaction lasts from the input to the next paint. */
export const probe = (): void => {
  const notes: Notes = { interactions: [], longTasks: [], paint: 0 };
  Object.assign(window, { notes });
  const watch = (type: string, note: (entry: PerformanceEntry) => void, more: object = {}): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  watch(
    'event',
    (entry) => {
      const { interactionId = 0 } = entry as PerformanceEntry & { interactionId?: number };
      if (interactionId > 0 && entry.name === 'keydown') notes.interactions.push(entry.duration);
    },
    { durationThreshold: 16 },
  );
  watch('longtask', (entry) => notes.longTasks.push(entry.duration));
  watch('largest-contentful-paint', (entry) => {
    notes.paint = entry.startTime;
  });
};
