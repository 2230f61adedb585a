import type { Api } from 'teleproto/tl/index.js';

/** The state of the pretend Telegram, as one account sees it. Ids are small numbers; times are Unix seconds. */
export type PeerKind = 'user' | 'chat' | 'channel';
export interface Peer {
  readonly kind: PeerKind;
  readonly id: number;
}
export interface Person {
  readonly id: number;
  readonly hash: number;
  readonly first: string;
  readonly last?: string;
  readonly username?: string;
  readonly phone?: string;
  readonly bot?: boolean;
  readonly contact?: boolean;
  /** Of the picture. */
  photo?: number;
}
/** What may not be done, or by whom more may be: what of core.telegram.org/api/rights an account notices. */
export interface Rights {
  /** Nobody but administrators may write. */
  everybodySilent?: boolean;
  /** This account may not write, until then. */
  silentUntil?: number;
  /** This account is no longer in it. */
  left?: boolean;
  /** This account is an administrator who may do everything. */
  admin?: boolean;
}
export interface Group {
  readonly id: number;
  rights?: Rights;
  title: string;
  photo?: number;
  /** Emoji that can be reacted with; all where it is absent. */
  reactions?: readonly string[];
  readonly members: readonly number[];
}
export interface Channel {
  readonly id: number;
  readonly hash: number;
  readonly title: string;
  readonly kind: 'broadcast' | 'supergroup' | 'forum';
  readonly topics: readonly { readonly id: number; readonly title: string; closed?: boolean }[];
  rights?: Rights;
  photo?: number;
  reactions?: readonly string[];
  /** Members who never said anything. */
  crowd?: readonly Person[];
}
export interface Reaction {
  readonly by: number;
  readonly emoji: string;
  readonly at: number;
}
export interface Message {
  readonly id: number;
  readonly peer: Peer;
  readonly from: Peer;
  readonly out: boolean;
  readonly at: number;
  text: string;
  entities?: readonly Api.TypeMessageEntity[];
  media?: Api.TypeMessageMedia;
  markup?: Api.TypeReplyMarkup;
  readonly replyTo?: number;
  readonly topic?: number;
  readonly album?: number;
  readonly action?: Api.TypeMessageAction;
  readonly randomId?: string;
  editedAt?: number;
  /** The last edit is not to be shown as one. */
  editHidden?: boolean;
  reactions: Reaction[];
  /** Of people nobody names: how many by emoji. */
  crowd?: Readonly<Record<string, number>>;
  pinned?: boolean;
}
/** What of a message is chosen when it is posted. */
export type Draft = Partial<
  Pick<
    Message,
    | 'text'
    | 'entities'
    | 'media'
    | 'markup'
    | 'replyTo'
    | 'topic'
    | 'album'
    | 'action'
    | 'randomId'
    | 'at'
    | 'reactions'
  >
>;

/** One numbered stream of events (core.telegram.org/api/updates, "Event sequences"): the common one, or a channel's. */
export interface Box {
  pts: number;
  readonly log: Entry[];
}
export interface Entry {
  readonly pts: number;
  readonly count: number;
  /** A new message travels apart from other updates in a difference. */
  readonly message?: Message;
  readonly update?: Api.TypeUpdate;
  readonly randomId?: string;
}
export interface TopicState {
  readInbox: number;
  /** Undefined: as the forum is. */
  mutedUntil?: number | undefined;
}
export interface DialogState {
  readInbox: number;
  readOutbox: number;
  pinned: boolean;
  archived: boolean;
  mutedUntil: number;
  /** Of topics with a setting or a reading of their own. */
  readonly topics: Map<number, TopicState>;
}

export const nameOf = ({ kind, id }: Peer): string => `${kind} ${id}`;

/** Everything there is. Changing it is `telling.ts`; saying it in TL is `tl.ts`. */
export class World {
  readonly me: Person;
  readonly people = new Map<number, Person>();
  readonly groups = new Map<number, Group>();
  readonly channels = new Map<number, Channel>();
  readonly common: Box = { pts: 1, log: [] };
  readonly files = new Map<string, Buffer>();
  /** Emoji that are pictures, by the number of their document. */
  readonly emoji = new Map<string, Api.Document>();
  /** Parts of files on their way in, by file and number; media made of files, not sent yet, by id. */
  readonly parts = new Map<string, Buffer>();
  readonly uploads = new Map<string, Api.TypeMessageMedia>();
  /** Grows when all file references given out so far shall have expired. */
  fileAge = 0;
  readonly #boxes = new Map<number, Box>();
  readonly #messages = new Map<string, Message[]>();
  readonly #dialogs = new Map<string, DialogState>();
  readonly #lastIds = new Map<number, number>();
  #lastId = 0;
  #lastFile = 1000;

  constructor(me: Person) {
    this.me = me;
    this.people.set(me.id, me);
  }
  now(): number {
    return Math.floor(Date.now() / 1000);
  }
  /** Messages of users and groups share one numbering, each channel has its own (core.telegram.org/api/updates); none is used twice. */
  nextId(peer: Peer): number {
    if (peer.kind !== 'channel') return ++this.#lastId;
    const id = (this.#lastIds.get(peer.id) ?? 0) + 1;
    this.#lastIds.set(peer.id, id);
    return id;
  }
  nextFile(): number {
    return ++this.#lastFile;
  }
  box(peer: Peer): Box {
    if (peer.kind !== 'channel') return this.common;
    const box = this.#boxes.get(peer.id) ?? { pts: 1, log: [] };
    this.#boxes.set(peer.id, box);
    return box;
  }
  dialog(peer: Peer): DialogState {
    const name = nameOf(peer);
    const state = this.#dialogs.get(name) ?? {
      readInbox: 0,
      readOutbox: 0,
      pinned: false,
      archived: false,
      mutedUntil: 0,
      topics: new Map(),
    };
    this.#dialogs.set(name, state);
    return state;
  }
  topic(peer: Peer, topic: number): TopicState {
    const { topics, readInbox } = this.dialog(peer);
    const state = topics.get(topic) ?? {
      readInbox: this.inTopic(peer, topic).findLast(({ id }) => id <= readInbox)?.id ?? 0,
    };
    topics.set(topic, state);
    return state;
  }
  inTopic(peer: Peer, topic: number): readonly Message[] {
    // The message that opened it is numbered like it.
    return this.messages(peer).filter((one) => one.id === topic || (one.topic ?? 1) === topic);
  }
  /** Oldest first. */
  messages(peer: Peer): Message[] {
    const list = this.#messages.get(nameOf(peer)) ?? [];
    this.#messages.set(nameOf(peer), list);
    return list;
  }
  message(peer: Peer, id: number): Message | undefined {
    return this.messages(peer).find((one) => one.id === id);
  }
  /** Where a message of the shared numbering is. */
  byId(id: number): Message | undefined {
    return this.all().find((one) => one.id === id && one.peer.kind !== 'channel');
  }
  byRandomId(randomId: string): Message | undefined {
    return this.all().find((one) => one.randomId === randomId);
  }
  all(): readonly Message[] {
    return [...this.#messages.values()].flat();
  }
  /** Conversations with anything in them, the one written in last first. */
  peers(): readonly Peer[] {
    return [...this.#messages.values()]
      .flatMap((list) => list.at(-1) ?? [])
      .toSorted((a, b) => b.at - a.at || b.id - a.id)
      .map(({ peer }) => peer);
  }
  put(message: Message): void {
    this.messages(message.peer).push(message);
  }
  take(peer: Peer, ids: ReadonlySet<number>): readonly Message[] {
    const list = this.messages(peer);
    const gone = list.filter((one) => ids.has(one.id));
    this.#messages.set(
      nameOf(peer),
      list.filter((one) => !ids.has(one.id)),
    );
    return gone;
  }
}
