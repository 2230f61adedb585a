import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { appKey, userKey } from '../ids.ts';
import { type OwnEmoji, ownEmoji } from '../text/own-emoji.ts';
import type { Message, Reaction } from '../wire.ts';

/** One emoji of one person: `<emoji> <key of the person>`. */
export type Mark = string;
export interface Marked {
  readonly mark: Mark;
  /** Unix ms. */
  readonly at: number;
}

/** https://learn.microsoft.com/en-us/graph/api/resources/chatmessagereaction: words for the six there were first. */
const named: ReadonlyMap<string, string> = new Map([
  ['like', '👍'],
  ['heart', '❤️'],
  ['laugh', '😆'],
  ['surprised', '😮'],
  ['sad', '😢'],
  ['angry', '😡'],
]);
const ownOf = ({ displayName, reactionContentUrl }: Reaction): OwnEmoji => ownEmoji(displayName, reactionContentUrl);
const emojiOf = (reaction: Reaction): string =>
  reaction.reactionType === 'custom'
    ? ownOf(reaction).text
    : (named.get(reaction.reactionType) ?? reaction.reactionType);

/** Emoji of the organisation's own somebody reacted with. */
export const ownReactions = ({ reactions = [] }: Message): readonly OwnEmoji[] =>
  reactions.filter(({ reactionType }) => reactionType === 'custom').map(ownOf);
/** How Teams writes this emoji where this person reacted with it: as a word, or as itself. */
export const typesOf = ({ reactions = [] }: Message, emoji: string, by: string): readonly string[] => [
  ...new Set(
    reactions
      .filter((one) => emojiOf(one) === emoji && one.user.user && userKey(one.user.user.id) === by)
      .map(({ reactionType }) => reactionType),
  ),
];
/** Teams has a word for it besides. */
export const isNamed = (emoji: string): boolean => [...named.values()].includes(emoji);
/** An emoji of the organisation's own. */
export const isOwn = (emoji: string): boolean => /^:[^\s:]+:$/.test(emoji);

/** Reactions a message carries, each once, in an order that does not matter to anybody but is always the same. */
export function marksOf({ reactions = [], createdDateTime = 0 }: Message): readonly Marked[] {
  const found = new Map<Mark, number>();
  for (const reaction of reactions) {
    const { user: person, application } = reaction.user;
    const { createdDateTime: at } = reaction;
    const by = person ? userKey(person.id) : application ? appKey(application.id) : undefined;
    if (by === undefined) continue;
    const mark = `${emojiOf(reaction).slice(0, 256)} ${by}`;
    found.set(mark, Math.max(found.get(mark) ?? 0, at ?? createdDateTime));
  }
  return [...found].map(([mark, at]) => ({ mark, at })).toSorted((a, b) => (a.mark < b.mark ? -1 : 1));
}

export function markEvent(target: MessageKey, mark: Mark, on: boolean, at: number, me: string): ChannelEvent {
  const space = mark.lastIndexOf(' ');
  const by = mark.slice(space + 1);
  return {
    type: 'reaction',
    target,
    by: by === me ? 'me' : userKey(by),
    emoji: mark.slice(0, space),
    on,
    at,
  };
}
