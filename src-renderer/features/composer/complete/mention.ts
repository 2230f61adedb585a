import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import type { SendLimits } from '../../../../src-shared/model/index.ts';
import { fold } from '../../../../src-shared/text/fold.ts';

const mentioned = /(?:^|[\s(])@((?:[\p{L}\p{N}][\p{L}\p{N}._'’ -]{0,30})?)$/u;
/** What is typed after an @ that begins a word; null where there is none. */
export const mentionBefore = (before: string): string | null => mentioned.exec(before)?.[1] ?? null;

export const nameOf = ({ name, address, key }: PersonRef): string =>
  (name || address || key).replace(/^(mailto|tel):/, '').replace(/^@/, '');

/**
 * Those a word of whose name begins so, or their address; those whose whole name does go first, and people before programs.
 * Oneself is nobody to call.
 */
export function findPeople(people: readonly PersonRef[], words: string, most: number): readonly PersonRef[] {
  const wanted = fold(words.trim());
  const scored = people.flatMap((one) => {
    if (one.me) return [];
    const bot = one.bot ? 0.5 : 0;
    const name = fold(nameOf(one));
    if (name.startsWith(wanted)) return [{ one, score: bot }];
    if (` ${name}`.includes(` ${wanted}`)) return [{ one, score: 1 + bot }];
    return fold(one.address ?? one.key).startsWith(wanted) ? [{ one, score: 2 + bot }] : [];
  });
  return scored
    .toSorted((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ one }) => one);
}

type Call = NonNullable<SendLimits['callsMany']>[number];
export type Mentionable =
  | { readonly is: 'person'; readonly person: PersonRef; readonly outside: boolean }
  | { readonly is: 'many'; readonly call: Call };
export interface Callable {
  readonly inside: readonly PersonRef[];
  /** Who can be called but is not in the conversation. */
  readonly outside: readonly PersonRef[];
  readonly calls: readonly Call[];
}

/** Who is meant by the words after an @: who is in the conversation, all of it at once, then whoever else there is. */
export function findMentionable(
  { inside, outside, calls }: Callable,
  words: string,
  most: number,
): readonly Mentionable[] {
  const here = new Map(inside.map((one) => [one.key, one]));
  const wanted = fold(words.trim());
  const many = calls.filter(({ name }) => fold(name).startsWith(wanted)).map((call) => ({ is: 'many', call }) as const);
  const people = (all: readonly PersonRef[], away: boolean, room: number) =>
    findPeople(all, words, room).map((person) => ({ is: 'person', person, outside: away }) as const);
  const members = people([...here.values()], false, most - many.length);
  const others = outside.filter(({ key }) => !here.has(key));
  return [...members, ...many, ...people(others, true, most - many.length - members.length)];
}
