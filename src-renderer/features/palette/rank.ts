const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L').toLowerCase();

/** How well letters typed in a row fit a text: whole words before beginnings before letters in order; 0 not at all. */
export function fitness(text: string, typed: string): number {
  const where = fold(text);
  const what = fold(typed.trim());
  if (what === '') return 1;
  const at = where.indexOf(what);
  if (at === 0) return 5;
  if (at > 0) return /[^\p{L}\p{N}]/u.test(where[at - 1] ?? '') ? 4 : 3;
  const words = what.split(/\s+/);
  if (words.length > 1 && words.every((word) => where.includes(word))) return 2.5;
  let from = 0;
  for (const letter of what) {
    from = where.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return what.length > 2 ? 1 : 0;
}
/** What fits, best first; equals stay in their order. */
export function rank<T extends { readonly text: string; readonly detail?: string | undefined }>(
  entries: readonly T[],
  typed: string,
): readonly T[] {
  return entries
    .map((entry) => ({ entry, score: Math.max(fitness(entry.text, typed), 0.6 * fitness(entry.detail ?? '', typed)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
