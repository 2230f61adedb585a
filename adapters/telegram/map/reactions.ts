import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { type Peer, peerOf, userKey } from '../ids.ts';
import { childOf, childrenOf, intOf, isSet, type Plain, textOf } from '../remote/plain.ts';

export interface Held {
  readonly by: string;
  readonly emoji: string;
}
const nameOf = ({ by, emoji }: Held): string => `${by} ${emoji}`;
/** How many messages' reactions are kept in mind. */
const most = 5000;

/**
 * Telegram tells a message's reactions as a whole, the model one by one. Taking one away is told by leaving it out, so what
 * was told before is kept in mind, for the messages met lately.
 */
export class Reactions {
  readonly #held = new Map<string, readonly Held[]>();

  /** The reactions of a message as they now are. `at`: when this was seen, Unix ms. */
  events(target: MessageKey, reactions: Plain | undefined, me: string, at: number): readonly ChannelEvent[] {
    const told = reactions ? heldIn(reactions, me) : [];
    const former = this.#held.get(target) ?? [];
    this.#keep(target, told);
    const now = new Set(told.map(nameOf));
    const gone = former.filter((one) => !now.has(nameOf(one)));
    const event = ({ by, emoji }: Held, on: boolean, when: number): ChannelEvent[] => {
      const peer: Peer = { kind: by.startsWith('n') ? 'channel' : 'user', id: by.slice(1) };
      return [{ type: 'reaction', target, by: by === 'me' ? 'me' : userKey(peer), emoji, on, at: when }];
    };
    return [...told.flatMap((one) => event(one, true, one.at ?? at)), ...gone.flatMap((one) => event(one, false, at))];
  }
  #keep(target: MessageKey, held: readonly Held[]): void {
    this.#held.delete(target);
    if (held.length === 0) return;
    this.#held.set(target, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > most && oldest !== undefined) this.#held.delete(oldest);
  }
}
/** Who reacted how: those who are named, and this account, whose own choice is always told. */
function heldIn(reactions: Plain, me: string): readonly (Held & { at?: number })[] {
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
/** Custom emoji are pictures of their own and are left out; their count stays with the network. */
function emojiOf(reaction: Plain | undefined): string | undefined {
  if (reaction?._ === 'ReactionPaid') return '⭐';
  const emoji = textOf(reaction, 'emoticon');
  return emoji === undefined || emoji === '' || emoji.length > 256 ? undefined : emoji;
}
