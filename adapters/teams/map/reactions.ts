import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { appKey, userKey } from '../ids.ts';
import type { Message } from '../wire.ts';

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
const emojiOf = (type: string, name: string | undefined): string =>
  named.get(type) ?? (type === 'custom' ? `:${name || 'custom'}:` : type);

/** Reactions a message carries, each once, in an order that does not matter to anybody but is always the same. */
export function marksOf({ reactions = [], createdDateTime = 0 }: Message): readonly Marked[] {
  const found = new Map<Mark, number>();
  for (const { reactionType, displayName, createdDateTime: at, user } of reactions) {
    const { user: person, application } = user;
    const by = person ? userKey(person.id) : application ? appKey(application.id) : undefined;
    if (by === undefined) continue;
    const mark = `${emojiOf(reactionType, displayName).slice(0, 256)} ${by}`;
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
