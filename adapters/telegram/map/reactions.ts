import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { emojiName, emojiShown, type Peer, peerOf, userKey } from '../ids.ts';
import { childOf, childrenOf, intOf, isSet, longOf, type Plain, textOf } from '../remote/plain.ts';

interface Told {
  readonly by: string;
  readonly emoji: string;
  /** When, Unix ms, where the network says. */
  readonly at?: number;
}
interface Held {
  readonly by: string;
  readonly emoji: string;
  readonly on: boolean;
  readonly at: number;
}
/** How many messages' reactions are kept in mind. */
const most = 5000;

/**
 * Telegram tells a message's reactions as a whole, the model one by one. Taking one away is told by leaving it out, so what
 * was told before is kept in mind, for the messages met lately. Telegram counts in seconds, within which a person may
 * change her mind: of two changes the later is told a millisecond later.
 */
export class Reactions {
  readonly #held = new Map<string, ReadonlyMap<string, Held>>();

  /** The reactions of a message as they now are. `seen`: when that was, Unix ms. */
  events(target: MessageKey, reactions: Plain | undefined, me: string, seen: number): readonly ChannelEvent[] {
    const told = reactions ? toldIn(reactions, me) : [];
    const former = this.#held.get(target) ?? new Map<string, Held>();
    const next = new Map(former);
    for (const { by, emoji, at = seen } of told) {
      const before = former.get(`${by} ${emoji}`);
      if (!before?.on) next.set(`${by} ${emoji}`, { by, emoji, on: true, at: Math.max(at, (before?.at ?? -1) + 1) });
    }
    const now = new Set(told.map(({ by, emoji }) => `${by} ${emoji}`));
    for (const [name, before] of former)
      if (before.on && !now.has(name)) next.set(name, { ...before, on: false, at: Math.max(seen, before.at + 1) });
    this.#keep(target, next);
    return [...next.values()].map(({ by, emoji, on, at }) => {
      const peer: Peer = { kind: by.startsWith('n') ? 'channel' : 'user', id: by.slice(1) };
      return { type: 'reaction', target, by: by === 'me' ? 'me' : userKey(peer), emoji, on, at };
    });
  }
  #keep(target: MessageKey, held: ReadonlyMap<string, Held>): void {
    this.#held.delete(target);
    if (held.size === 0) return;
    this.#held.set(target, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > most && oldest !== undefined) this.#held.delete(oldest);
  }
}
/** Who reacted how: those who are named, and this account, whose own choice is always told. */
function toldIn(reactions: Plain, me: string): readonly Told[] {
  const named = childrenOf(reactions, 'recentReactions').flatMap((one) => {
    const emoji = emojiOf(childOf(one, 'reaction'));
    const peer = peerOf(one, 'peerId');
    const date = intOf(one, 'date');
    if (!peer || emoji === undefined) return [];
    const by = peer.kind === 'user' && peer.id === me ? 'me' : `${peer.kind === 'channel' ? 'n' : 'u'}${peer.id}`;
    return [{ by, emoji, ...(date === undefined || date < 0 ? {} : { at: date * 1000 }) }];
  });
  const chosen = childrenOf(reactions, 'results').flatMap((one) => {
    const emoji = emojiOf(childOf(one, 'reaction'));
    const mine = intOf(one, 'chosenOrder') !== undefined || isSet(one, 'chosen');
    return mine && emoji !== undefined && !named.some((held) => held.by === 'me' && held.emoji === emoji)
      ? [{ by: 'me', emoji }]
      : [];
  });
  return [...named, ...chosen];
}
export function emojiOf(reaction: Plain | undefined): string | undefined {
  if (reaction?._ === 'ReactionPaid') return '⭐';
  const document = reaction?._ === 'ReactionCustomEmoji' ? longOf(reaction, 'documentId') : undefined;
  if (document !== undefined) return emojiName(document);
  const emoji = textOf(reaction, 'emoticon');
  return emoji === undefined || emoji === '' || emoji.length > 200 ? undefined : emojiShown(emoji);
}
