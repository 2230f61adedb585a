import type { ChannelEvent, ConversationPatch, SendLimitsPatch } from '../../src-shared/model/index.ts';
import { conversationKey, type Peer, peerText } from './ids.ts';
import type { Rights } from './rights.ts';

/** What holds for a forum as a whole. */
interface Whole {
  readonly muted: boolean;
  readonly archived: boolean;
}
/** What a topic has of its own. */
interface Topic {
  /** Undefined: as its forum is. */
  readonly muted: boolean | undefined;
  readonly closed: boolean;
  /** This account opened it. */
  readonly mine: boolean;
}
type Change = Partial<Topic>;
const plainTopic: Topic = { muted: undefined, closed: false, mine: false };
const general = 1;

/**
 * The topics of forums (core.telegram.org/api/forum). Telegram tells of a forum as a whole what holds for those of its topics
 * that have nothing of their own; here each is a conversation, which is told so.
 */
export class Forums {
  readonly #rights: Pick<Rights, 'of'>;
  readonly #wholes = new Map<string, Whole>();
  readonly #topics = new Map<string, Map<number, Topic>>();

  constructor(rights: Pick<Rights, 'of'>) {
    this.#rights = rights;
  }
  /** What is known of a forum, or of any other conversation. */
  begin(peer: Peer, whole: Whole): void {
    this.#wholes.set(peerText(peer), whole);
  }
  note(peer: Peer, topic: number, change: Change): void {
    const topics = this.#topics.get(peerText(peer)) ?? new Map<number, Topic>();
    this.#topics.set(peerText(peer), topics.set(topic, { ...plainTopic, ...topics.get(topic), ...change }));
  }
  /** How a topic stands: what it has of its own, and for the rest what its forum has. */
  standing(peer: Peer, topic: number): ConversationPatch {
    const whole = this.#wholes.get(peerText(peer));
    const muted = this.#topics.get(peerText(peer))?.get(topic)?.muted ?? whole?.muted;
    return {
      ...(muted === undefined ? {} : { muted }),
      // That it is not archived may be the person's own doing here, which holds.
      ...(whole?.archived ? { archived: true } : {}),
    };
  }

  /** A conversation is muted or not, or a topic of it; undefined: what it had of its own is taken back. */
  muted(peer: Peer, topic: number | undefined, muted: boolean | undefined, at: number): readonly ChannelEvent[] {
    const name = peerText(peer);
    const whole = this.#wholes.get(name);
    if (topic !== undefined) {
      this.note(peer, topic, { muted });
      return [told(peer, topic, { muted: muted ?? whole?.muted ?? false }, at)];
    }
    this.#wholes.set(name, { archived: false, ...whole, muted: muted ?? false });
    const led = this.#others(peer).filter(([, own]) => own.muted === undefined);
    return [undefined, ...led.map(([id]) => id)].map((id) => told(peer, id, { muted: muted ?? false }, at));
  }
  /** Only whole conversations are archived on Telegram: a forum takes its topics with it, both ways. */
  archived(peer: Peer, archived: boolean, at: number): readonly ChannelEvent[] {
    const name = peerText(peer);
    this.#wholes.set(name, { muted: false, ...this.#wholes.get(name), archived });
    return [undefined, ...this.#others(peer).map(([id]) => id)].map((id) => told(peer, id, { archived }, at));
  }
  /** A topic is closed, or open again. */
  closed(peer: Peer, topic: number, closed: boolean, at: number): readonly ChannelEvent[] {
    this.note(peer, topic, { closed });
    return [told(peer, topic, { limits: this.#limitsOf(peer, topic) }, at)];
  }
  /** What may be written in a conversation, and in all its topics. */
  limits(peer: Peer, at: number): readonly ChannelEvent[] {
    return [undefined, ...this.#others(peer).map(([id]) => id)].map((id) =>
      told(peer, id, { limits: this.#limitsOf(peer, id) }, at),
    );
  }

  /** "General" is the forum itself. */
  #others(peer: Peer): readonly (readonly [number, Topic])[] {
    return [...(this.#topics.get(peerText(peer)) ?? [])].filter(([id]) => id !== general);
  }
  /** A closed topic is open to those who could open it again. */
  #limitsOf(peer: Peer, topic: number | undefined): SendLimitsPatch {
    const { readOnly, managesTopics } = this.#rights.of(peer);
    if (readOnly !== undefined) return { readOnly };
    const own = this.#topics.get(peerText(peer))?.get(topic ?? general);
    return own?.closed && !own.mine && !managesTopics ? { readOnly: 'This topic is closed.' } : {};
  }
}
const told = (peer: Peer, topic: number | undefined, patch: ConversationPatch, at: number): ChannelEvent => ({
  type: 'conversation',
  key: conversationKey(peer, topic),
  patch,
  at,
});
