/** One figure, beside what it has to be. */
export interface Figure {
  readonly scenario: string;
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'messages/s' | 'ratio' | 'MB' | 'messages';
  /** Undefined: told for comparison alone. */
  readonly bar?: { readonly at: 'least' | 'most'; readonly value: number };
}
export const passes = ({ value, bar }: Figure): boolean =>
  bar === undefined || (bar.at === 'least' ? value >= bar.value : value <= bar.value);

export async function timed<T>(work: () => Promise<T> | T): Promise<{ readonly ms: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}
/** The nearest-rank percentile, `part` in (0, 1]. Throws a RangeError when there is nothing to rank. */
export function percentile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no times to rank');
  return value;
}
/** p50 for comparison and p99 against its bar. */
export function latency(scenario: string, name: string, times: readonly number[], p99Bar?: number): Figure[] {
  return [
    { scenario, name: `${name} p50`, value: percentile(times, 0.5), unit: 'ms' },
    {
      scenario,
      name: `${name} p99`,
      value: percentile(times, 0.99),
      unit: 'ms',
      ...(p99Bar === undefined ? {} : { bar: { at: 'most', value: p99Bar } as const }),
    },
  ];
}
