import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent, ConversationKey } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { emojiShown, type Peer } from '../ids.ts';
import { emojiOf } from '../map/reactions.ts';
import { childOf, childrenOf, isSet, type Plain, textOf } from '../remote/plain.ts';

/** What a conversation takes as reactions changes seldom: asked for again after so long, ms. */
const freshMs = 3_600_000;

/**
 * Which reactions a conversation takes (core.telegram.org/api/reactions): some that Telegram has for everybody, of which a group
 * may allow some or none. Asked for when the conversation is in front of the person, for one call is needed for each.
 */
export class AllowedReactions {
  readonly #account: Account;
  readonly #asked = new Map<string, number>();
  #common: Promise<readonly string[]> | undefined;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Nothing where it is known already, or where the conversation will not say. */
  async events(conversation: ConversationKey, peer: Peer, signal: AbortSignal): Promise<readonly ChannelEvent[]> {
    const at = this.#account.context.clock.now();
    if (at - (this.#asked.get(conversation) ?? -freshMs) < freshMs) return [];
    try {
      const limits = this.#account.limits.withReactions(conversation, await this.#allowed(peer, signal));
      this.#asked.set(conversation, at);
      return [{ type: 'conversation', key: conversation, patch: { limits }, at: this.#account.moment() }];
    } catch (cause) {
      if (cause instanceof ChannelError && ['refused', 'not-found', 'busy'].includes(cause.code)) return [];
      throw cause;
    }
  }
  async #allowed(peer: Peer, signal: AbortSignal): Promise<readonly string[]> {
    const common = await this.#everybodys(signal);
    const full = childOf(await this.#full(peer, signal), 'fullChat');
    const allowed = childOf(full, 'availableReactions');
    if (peer.kind === 'user' || allowed?._ === 'ChatReactionsAll') return common;
    // A group that says nothing allows none (core.telegram.org/constructor/chatFull).
    return childrenOf(allowed, 'reactions').flatMap((one) => emojiOf(one) ?? []);
  }
  async #full(peer: Peer, signal: AbortSignal): Promise<Plain | undefined> {
    if (peer.kind === 'user') return undefined;
    if (peer.kind === 'chat') return this.#account.call('messages.GetFullChat', { chatId: peer.id }, { signal });
    const channel = this.#account.peers.inputChannel(peer);
    return channel && this.#account.call('channels.GetFullChannel', { channel }, { signal });
  }
  #everybodys(signal: AbortSignal): Promise<readonly string[]> {
    this.#common ??= this.#account.call('messages.GetAvailableReactions', { hash: 0 }, { signal }).then((answer) =>
      childrenOf(answer, 'reactions').flatMap((one) => {
        const emoticon = textOf(one, 'reaction');
        return emoticon === undefined || isSet(one, 'inactive') || isSet(one, 'premium') ? [] : [emojiShown(emoticon)];
      }),
    );
    this.#common.catch(() => {
      this.#common = undefined;
    });
    return this.#common;
  }
}
