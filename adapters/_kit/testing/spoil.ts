import type { Chance } from '../../../tests/simulators/_base/index.ts';

const nonsense = [null, 0, -1, 1e300, '', '\u0000\uD800', '=?x?B?', [], {}, [null], true, 'x'.repeat(5000)];
/** An answer of a network as it might come on a bad day: here and there a value gone, twice, cut short, or nonsense. */
export function spoil(value: unknown, luck: Chance): unknown {
  if (luck.next() < 0.01) return undefined;
  if (luck.next() < 0.04) return nonsense[luck.between(0, nonsense.length - 1)];
  if (Array.isArray(value)) return value.flatMap((one) => (luck.next() < 0.05 ? [one, one] : [spoil(one, luck)]));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoil(one, luck)]));
  if (typeof value === 'string' && luck.next() < 0.05) return value.slice(luck.between(0, value.length));
  return value;
}

/** One value somewhere within is replaced by some of the junk, dropped or repeated. */
export function spoilOne(value: unknown, junk: readonly unknown[], luck: Chance): unknown {
  if (typeof value !== 'object' || value === null || luck.next() < 0.15) return luck.pick(junk);
  if (Array.isArray(value)) {
    const at = luck.between(0, value.length);
    return value
      .map((item: unknown, index) => (index === at ? spoilOne(item, junk, luck) : item))
      .concat(luck.next() < 0.2 ? [value[0]] : []);
  }
  const chosen = luck.between(0, Math.max(0, Object.keys(value).length - 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item], index) =>
      index !== chosen ? [[name, item]] : luck.next() < 0.2 ? [] : [[name, spoilOne(item, junk, luck)]],
    ),
  );
}
