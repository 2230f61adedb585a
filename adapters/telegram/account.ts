import { ChannelError, type SessionContext } from '../../src-shared/channel.ts';
import type { ChannelEvent, ConversationKey, MessageKey, TxnId } from '../../src-shared/model/index.ts';
import { type Config, configOf } from './config.ts';
import { Forums } from './forums.ts';
import { conversationKey, messageKey, type Peer, peerFrom, peerText } from './ids.ts';
import { completing, Limits } from './known-limits.ts';
import { peopleEvents, renamedEvents } from './map/people.ts';
import { Polls } from './map/poll.ts';
import { Previews } from './map/previews.ts';
import { Reactions } from './map/reactions.ts';
import { whyReadOnly } from './map/rights.ts';
import type { UpdateContext } from './map/updates.ts';
import { entityPeer, Peers, peerScopes } from './peers.ts';
import { isWord, TelegramError } from './remote/errors.ts';
import { childrenOf, type Plain } from './remote/plain.ts';
import type { CallOptions, Wire } from './remote/wire.ts';
import { Rights } from './rights.ts';

/** A message of ours that is on its way, by the random id it goes under. */
interface Outgoing {
  readonly txn: TxnId;
  readonly peer: Peer;
}
/** How many of the messages sent lately are remembered by their random id. */
const mostSent = 200;
/** How many messages of a conversation are looked after while it is in front. */
const mostNewest = 100;

/** What every part of a session shares: the line to Telegram, who is who, and what is known of our own messages. */
export class Account implements UpdateContext {
  readonly context: SessionContext;
  readonly config: Config;
  readonly peers = new Peers();
  readonly reactions = new Reactions(() => this.context.clock.now());
  readonly polls = new Polls();
  readonly previews = new Previews();
  readonly limits = new Limits();
  readonly rights = new Rights();
  readonly forums = new Forums(this.rights);
  /** Conversations the hub has been told of. */
  readonly introduced = new Set<string>();
  wire: Wire | undefined;
  /** Hands what a call of ours changed to whoever keeps count of updates. */
  settle: (said: Plain) => Promise<void> = async () => {};
  readonly #newest = new Map<string, readonly number[]>();
  readonly #read = new Map<string, number>();
  readonly #outgoing = new Map<string, Outgoing>();
  readonly #sent = new Map<string, number>();
  readonly #txns = new Map<MessageKey, TxnId>();
  readonly #notBefore = new Map<string, number>();
  #moment = 0;

  constructor(context: SessionContext) {
    this.context = completing(context, this.limits);
    this.config = configOf(context.account);
  }
  get me(): string {
    return this.config.user;
  }
  nameOf = (peer: Peer): string | undefined => this.peers.nameOf(peer);
  isForum = (peer: Peer): boolean => this.peers.isForum(peer);
  readUpTo = (conversation: ConversationKey): number | undefined => this.#read.get(conversation);
  txnOf = (peer: Peer, id: number): TxnId | undefined => this.#txns.get(messageKey(peer, id));
  met(peer: Peer, id: number): void {
    const ids = this.#newest.get(peerText(peer)) ?? [];
    if (ids.includes(id) || (ids.length >= mostNewest && id < (ids[0] ?? 0))) return;
    this.#newest.set(peerText(peer), [...ids, id].toSorted((a, b) => a - b).slice(-mostNewest));
  }
  /** The newest messages of a conversation, as far as this session has met them, oldest first. */
  newest(peer: Peer): readonly number[] {
    return this.#newest.get(peerText(peer)) ?? [];
  }
  read(peer: Peer, upTo: number, topic?: number): void {
    const key = conversationKey(peer, topic);
    this.#read.set(key, Math.max(upTo, this.#read.get(key) ?? 0));
  }

  /** Calls a method. A wait Telegram asked for is kept: until it is over the method is not called again. */
  async call(method: string, fields: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<Plain> {
    const { clock } = this.context;
    const wait = (this.#notBefore.get(method) ?? 0) - clock.now();
    if (wait > 0) throw new TelegramError('FLOOD_WAIT', Math.ceil(wait / 1000), 'busy', 'not-done', waiting(wait));
    if (!this.wire) throw new ChannelError('offline', 'not-done', 'There is no connection to Telegram.');
    try {
      const answer = await this.wire.call(method, fields, options);
      this.context.proven();
      return answer;
    } catch (cause) {
      // Slow mode is of one group; it holds nothing up elsewhere.
      if (cause instanceof ChannelError && cause.code === 'busy' && !isWord(cause, 'SLOWMODE_WAIT'))
        this.#notBefore.set(method, clock.now() + (cause.retryAfterMs ?? 0));
      throw cause;
    }
  }
  /** The conversation's peer as Telegram wants it named. Throws for one that is not ours or cannot be reached. */
  inputOf(conversation: ConversationKey | string | undefined): { peer: Peer; input: Plain } {
    const peer = peerFrom(conversation ?? '');
    const input = peer && this.peers.input(peer);
    if (!peer || !input) throw new ChannelError('not-found', 'refused', 'This conversation is not on Telegram.');
    return { peer, input };
  }

  async load(): Promise<void> {
    for (const scope of peerScopes) this.peers.load(await this.context.checkpoint(scope));
  }
  /** Learns who is in an answer, and writes down and tells whoever is new: before what they say is told. */
  async meet(answer: Plain): Promise<void> {
    this.peers.learn(answer);
    const at = this.context.clock.now();
    const shown = (one: Plain): boolean => {
      const peer = entityPeer(one);
      return peer !== undefined && this.introduced.has(peerText(peer));
    };
    for (const { scope, cursor, entities } of this.peers.changes())
      await this.context.emit({
        events: [...peopleEvents(entities, at), ...renamedEvents(entities.filter(shown), at)],
        origin: 'history',
        checkpoint: { scope, cursor },
      });
    const changed = childrenOf(answer, 'chats').flatMap((one) => this.rights.learn(one, at) ?? []);
    // Whoever introduces a conversation says how it stands.
    const events = changed
      .filter((peer) => this.introduced.has(peerText(peer)))
      .flatMap((peer) => this.forums.limits(peer, this.moment()));
    if (events.length > 0) await this.context.emit({ events, origin: 'history' });
  }
  /** Now, Unix ms, and later than it ever was: what this session finds out one after the other is told so. */
  moment(): number {
    this.#moment = Math.max(this.context.clock.now(), this.#moment + 1);
    return this.#moment;
  }
  /** What a conversation can carry, and all its topics; `entity` is what was just told of it. */
  limitsOf(peer: Peer, entity: Plain | undefined): readonly ChannelEvent[] {
    const at = this.moment();
    if (peer.kind !== 'user') return this.forums.limits(peer, at);
    const readOnly = entity && whyReadOnly(entity, at);
    const limits = readOnly === undefined ? {} : { readOnly };
    return [{ type: 'conversation', key: conversationKey(peer), patch: { limits }, at }];
  }
  restricted(peer: Peer, rights: Plain | undefined): readonly ChannelEvent[] {
    const at = this.moment();
    return this.rights.restrict(peer, rights, at) ? this.forums.limits(peer, at) : [];
  }

  /** From now on a message that comes back under this random id is the one of this transaction. */
  expect(randomId: string, outgoing: Outgoing): void {
    this.#outgoing.set(randomId, outgoing);
  }
  /** Telegram says which message a random id became (core.telegram.org/constructor/updateMessageID). */
  became(randomId: string, id: number): void {
    this.#sent.delete(randomId);
    this.#sent.set(randomId, id);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > mostSent && oldest !== undefined) this.#sent.delete(oldest);
    const outgoing = this.#outgoing.get(randomId);
    if (outgoing) this.#txns.set(messageKey(outgoing.peer, id), outgoing.txn);
  }
  /** The message a random id became, if it is known to have become one. */
  sentAs(randomId: string): number | undefined {
    return this.#sent.get(randomId);
  }
  get sent(): readonly (readonly [string, number])[] {
    return [...this.#sent];
  }
}
const waiting = (ms: number): string => `Telegram asks to wait ${Math.ceil(ms / 1000)} seconds.`;
