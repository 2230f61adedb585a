import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import { fold } from '../../../../src-shared/text/fold.ts';

const mentioned = /(?:^|[\s(])@((?:[\p{L}\p{N}][\p{L}\p{N}._'’ -]{0,30})?)$/u;
/** What is typed after an @ that begins a word; null where there is none. */
export const mentionBefore = (before: string): string | null => mentioned.exec(before)?.[1] ?? null;

export const nameOf = ({ name, address, key }: PersonRef): string =>
  (name || address || key).replace(/^(mailto|tel):/, '').replace(/^@/, '');

/** Those a word of whose name begins so, or their address; those whose whole name does go first. Oneself is nobody to call. */
export function findPeople(people: readonly PersonRef[], words: string, most: number): readonly PersonRef[] {
  const wanted = fold(words.trim());
  const scored = people.flatMap((one) => {
    if (one.me) return [];
    const name = fold(nameOf(one));
    if (name.startsWith(wanted)) return [{ one, score: 0 }];
    if (` ${name}`.includes(` ${wanted}`)) return [{ one, score: 1 }];
    return fold(one.address ?? one.key).startsWith(wanted) ? [{ one, score: 2 }] : [];
  });
  return scored
    .toSorted((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ one }) => one);
}
