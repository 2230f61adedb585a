import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { userKey } from '../ids.ts';
import { shownEmoji } from '../text/emoji.ts';
import { Reaction } from '../wire/message.ts';

/** One emoji of one person. */
export type Mark = `${string} ${string}`;
const mark = (name: string, user: string): Mark => `${name} ${user}`;

/** Every reaction a message carries, in order; what is not one is passed over. */
export const marksOf = (reactions: readonly unknown[]): readonly Mark[] =>
  reactions
    .flatMap((raw) => {
      const read = Reaction.safeParse(raw).data;
      return read ? read.users.filter((user) => user !== '').map((user) => mark(read.name, user)) : [];
    })
    .toSorted();

export const nameOf = (one: Mark): string => one.split(' ')[0] ?? '';
/**
 * Names of reactions that list fewer people than they count: "the users array might not always contain all users that have
 * reacted" (https://docs.slack.dev/reference/methods/reactions.get). Who is missing there has not taken it back.
 */
export const cutShort = (reactions: readonly unknown[]): ReadonlySet<string> =>
  new Set(
    reactions.flatMap((raw) => {
      const read = Reaction.safeParse(raw).data;
      return read && read.users.length < (read.count ?? 0) ? [read.name] : [];
    }),
  );

export function markEvent(target: MessageKey, one: Mark, on: boolean, at: number, me: string): ChannelEvent {
  const [name = '', user = ''] = one.split(' ');
  return {
    type: 'reaction',
    target,
    by: user === me ? 'me' : userKey(user),
    emoji: shownEmoji(name).slice(0, 256),
    on,
    at,
  };
}
/** `at`: the message's own time, so that whatever is told of a reaction later wins. */
export const reactionEvents = (
  target: MessageKey,
  reactions: readonly unknown[],
  at: number,
  me: string,
): readonly ChannelEvent[] => marksOf(reactions).map((one) => markEvent(target, one, true, at, me));
