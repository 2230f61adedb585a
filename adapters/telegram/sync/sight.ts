import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { messageKey, type Peer, peerOf, peerText } from '../ids.ts';
import { childOf, childrenOf, intOf, type Plain } from '../remote/plain.ts';

/** core.telegram.org/api/reactions: what is in sight is asked for every 15 to 30 seconds; ms. */
const everyMs = 20_000;
/** Who comes back to a conversation so soon sees what is known already, ms. */
const freshMs = 5000;
/** How many messages are looked after: the newest. */
const most = 100;
const noReactions: Plain = { _: 'MessageReactions' };

/**
 * Reactions in the conversation in front of the person. In channels nobody is told of them by itself, and nowhere of those put
 * or taken back while this account was away.
 */
export class Sight {
  readonly #account: Account;
  readonly #signal: AbortSignal;
  readonly #looked = new Map<string, number>();
  #stop = new AbortController();

  /** `signal`: the session's end. */
  constructor(account: Account, signal: AbortSignal) {
    this.#account = account;
    this.#signal = signal;
  }

  /** Which conversation is in front now; a topic of a forum is looked at with the forum. Never throws. */
  focus(peer: Peer | undefined): void {
    this.#stop.abort();
    if (!peer || this.#signal.aborted) return;
    this.#stop = new AbortController();
    void this.#follow(peer, AbortSignal.any([this.#signal, this.#stop.signal]));
  }
  async #follow(peer: Peer, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#account.context;
    const quietly = (look: Promise<void>): Promise<void> =>
      look.catch((cause: unknown) => log.debug('reactions in sight are not known', { error: String(cause) }));
    // Once begun it is finished, also where the person has gone on.
    await quietly(this.#look(peer));
    while (!signal.aborted) {
      await clock.sleep(everyMs, signal).catch(() => undefined);
      if (!signal.aborted) await quietly(this.#again(peer, signal));
    }
  }
  /** The reactions of the newest messages, also that there are none. */
  async #look(peer: Peer): Promise<void> {
    const { context, peers, me, reactions } = this.#account;
    const name = peerText(peer);
    const at = context.clock.now();
    if (at - (this.#looked.get(name) ?? -freshMs) < freshMs) return;
    const none = { offsetId: 0, offsetDate: 0, addOffset: 0, maxId: 0, minId: 0, hash: '0' };
    const fields = { peer: peers.input(peer), ...none, limit: most };
    const answer = await this.#account.call('messages.GetHistory', fields, { signal: this.#signal });
    await this.#account.meet(answer);
    this.#looked.set(name, at);
    const events = childrenOf(answer, 'messages').flatMap((message) => {
      const id = intOf(message, 'id') ?? 0;
      if (message._ !== 'Message' || id <= 0) return [];
      this.#account.met(peer, id);
      return reactions.events(messageKey(peer, id), childOf(message, 'reactions') ?? noReactions, me, at, at);
    });
    await this.#tell(events);
  }
  /** core.telegram.org/method/messages.getMessagesReactions */
  async #again(peer: Peer, signal: AbortSignal): Promise<void> {
    const { context, peers, me, reactions } = this.#account;
    const id = [...this.#account.newest(peer)];
    if (id.length === 0) return;
    const at = context.clock.now();
    const answer = await this.#account.call(
      'messages.GetMessagesReactions',
      { peer: peers.input(peer), id },
      { signal },
    );
    await this.#account.meet(answer);
    const events = childrenOf(answer, 'updates').flatMap((update) => {
      const where = peerOf(update, 'peer');
      const target = intOf(update, 'msgId') ?? 0;
      if (update._ !== 'UpdateMessageReactions' || !where || target <= 0) return [];
      return reactions.events(messageKey(where, target), childOf(update, 'reactions'), me, at, at);
    });
    await this.#tell(events);
  }
  async #tell(events: readonly ChannelEvent[]): Promise<void> {
    if (events.length > 0 && !this.#signal.aborted) await this.#account.context.emit({ events, origin: 'history' });
  }
}
