import type { Here } from './here.ts';
import type { Standing } from './network.ts';

/** Message by message, both ways; each difference in words. */
export function compare({ facts, beside }: Standing, here: Here) {
  const missing: string[] = [];
  const different: string[] = [];
  for (const [key, expected] of facts) {
    const found = here.facts.get(key);
    if (!found) missing.push(`${key}: ${JSON.stringify(expected)}`);
    else
      for (const [about, value] of Object.entries(expected))
        if (found[about] !== value) different.push(`${key}: ${about} is “${found[about]}”, not “${value}”`);
  }
  const surplus = [...here.facts].flatMap(([key, found]) =>
    facts.has(key) || beside.has(key) ? [] : [`${key}: ${JSON.stringify(found)}`],
  );
  return { missing, surplus, different };
}

/** Messages that stand in another order than on the network. */
export function disorder({ orders }: Standing, { places }: Here): readonly string[] {
  return orders.flatMap((order) => {
    const last = new Map<number, { readonly key: string; readonly at: number }>();
    return order.flatMap((key) => {
      const place = places.get(key);
      if (!place) return [];
      const before = last.get(place.conversation);
      last.set(place.conversation, { key, at: place.at });
      return before && before.at > place.at ? [`${key} stands before ${before.key}`] : [];
    });
  });
}
