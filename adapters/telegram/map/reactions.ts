import type { ChannelEvent, MessageKey, UserKey } from '../../../src-shared/model/index.ts';
import { emojiName, emojiShown, peerOf, userKey } from '../ids.ts';
import { childOf, childrenOf, intOf, isSet, longOf, type Plain, textOf } from '../remote/plain.ts';

interface Named {
  readonly by: UserKey | 'me';
  readonly emoji: string;
}
/** The reactions of a message as Telegram told them once. */
interface Told {
  /** Some of those who reacted, by their name and emoji: mostly the last ones. */
  readonly named: ReadonlyMap<string, Named>;
  readonly counts: ReadonlyMap<string, number>;
  /** Absent where it was told to everybody alike (`min`). */
  readonly mine?: readonly string[];
}
interface Held {
  readonly text: string;
  /** All who are believed to stand. */
  readonly named: ReadonlyMap<string, Named>;
  readonly events: readonly ChannelEvent[];
  readonly at: number;
  /** When it was told, by our own clock. */
  readonly heard: number;
}
/** How many messages' reactions are kept in mind. */
const most = 5000;
const none: Plain = { _: 'MessageReactions' };

/**
 * Telegram tells a message's reactions as a whole: how many there are of each, and the names of some
 * (core.telegram.org/constructor/messageReactions). Each telling has a time of its own, later than that of the one before, for
 * Telegram counts in seconds, within which people may change their minds.
 */
export class Reactions {
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;

  /** `now`: our own clock, Unix ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * The reactions of a message as they now are; where there are none, nothing, unless there were some. `seen`: when that was,
   * Unix ms. `asked`: when it was asked for, by our own clock, where it was; what was told by itself meanwhile is newer.
   */
  events(
    target: MessageKey,
    reactions: Plain | undefined,
    me: string,
    seen: number,
    asked?: number,
  ): readonly ChannelEvent[] {
    const former = this.#held.get(target);
    if (!reactions && !former) return [];
    if (former && asked !== undefined && asked < former.heard) return [];
    const told = toldIn(reactions ?? none, me);
    const text = JSON.stringify([[...told.named.keys()], [...told.counts], told.mine]);
    const heard = this.#now();
    if (former?.text === text) {
      this.#keep(target, { ...former, heard });
      return former.events;
    }
    const at = Math.max(seen, former === undefined ? 0 : former.at + 1);
    const gone = [...(former?.named ?? [])].filter(
      ([name, one]) => !told.named.has(name) && !mayStand(one, told, former),
    );
    const standing = new Map([...(former?.named ?? []), ...told.named]);
    for (const [name] of gone) standing.delete(name);
    const counts = [...told.counts].map(([emoji, count]) => ({ emoji, count }));
    const events: readonly ChannelEvent[] = [
      ...gone.map(([, { by, emoji }]) => ({ type: 'reaction', target, by, emoji, on: false, at }) as const),
      ...[...told.named.values()].map(
        ({ by, emoji }) => ({ type: 'reaction', target, by, emoji, on: true, at }) as const,
      ),
      { type: 'reaction-counts', target, counts, ...(told.mine && { mine: [...told.mine] }), at },
    ];
    this.#keep(target, { text, named: standing, events, at, heard });
    return events;
  }
  #keep(target: MessageKey, held: Held): void {
    this.#held.delete(target);
    this.#held.set(target, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > most && oldest !== undefined) this.#held.delete(oldest);
  }
}

/** Whether somebody who was named before and is not now may only have made room for the names of others. */
function mayStand({ by, emoji }: Named, told: Told, former: Held | undefined): boolean {
  if (by === 'me' && told.mine) return false;
  const of = (names: Iterable<Named>) => [...names].filter((one) => one.emoji === emoji);
  const others = of([...(former?.named ?? [])].flatMap(([name, one]) => (told.named.has(name) ? [] : [one])));
  return of(told.named.values()).length + others.length <= (told.counts.get(emoji) ?? 0);
}

/** Who reacted how: those who are named, and this account, whose own choice is told but where it is told to everybody alike. */
function toldIn(reactions: Plain, me: string): Told {
  const named = new Map<string, Named>();
  const add = (one: Named): unknown => named.set(`${one.by} ${one.emoji}`, one);
  const counts = new Map<string, number>();
  const mine: string[] = [];
  for (const one of childrenOf(reactions, 'results')) {
    const emoji = emojiOf(childOf(one, 'reaction'));
    const count = intOf(one, 'count') ?? 0;
    if (emoji === undefined || count <= 0) continue;
    counts.set(emoji, (counts.get(emoji) ?? 0) + count);
    if (intOf(one, 'chosenOrder') !== undefined) mine.push(emoji);
  }
  for (const emoji of mine) add({ by: 'me', emoji });
  for (const one of childrenOf(reactions, 'recentReactions')) {
    const emoji = emojiOf(childOf(one, 'reaction'));
    const peer = peerOf(one, 'peerId');
    if (peer && emoji !== undefined) add({ by: peer.kind === 'user' && peer.id === me ? 'me' : userKey(peer), emoji });
  }
  return { named, counts, ...(isSet(reactions, 'min') ? {} : { mine }) };
}
export function emojiOf(reaction: Plain | undefined): string | undefined {
  if (reaction?._ === 'ReactionPaid') return '⭐';
  const document = reaction?._ === 'ReactionCustomEmoji' ? longOf(reaction, 'documentId') : undefined;
  if (document !== undefined) return emojiName(document);
  const emoji = textOf(reaction, 'emoticon');
  return emoji === undefined || emoji === '' || emoji.length > 200 ? undefined : emojiShown(emoji);
}
