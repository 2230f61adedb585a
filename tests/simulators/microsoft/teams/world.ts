import { createHash } from 'node:crypto';
import { cast, Ledger, me, type NetworkTime, type Person } from '../../_base/index.ts';
import { Refused } from '../mailbox.ts';

export interface Reaction {
  /** An emoji, one of the words there were first, or `custom`. */
  readonly type: string;
  readonly by: string;
  readonly at: number;
  /** Of an emoji the organisation has drawn: what it is called, and its picture among those kept with the message. */
  readonly own?: { readonly name: string; readonly hosted: string };
}
export interface Attachment {
  readonly id: string;
  readonly contentType: string;
  readonly contentUrl?: string | null | undefined;
  readonly content?: string | null | undefined;
  readonly name?: string | null | undefined;
}
export interface Hosted {
  readonly bytes: Buffer;
  readonly type: string;
}
export interface Stored {
  readonly id: string;
  /** Id of the chat or channel. */
  readonly place: string;
  /** The first message of the thread, for an answer in a channel. */
  readonly root: string | undefined;
  /** A person's id; undefined where nobody wrote it. */
  readonly by: string | undefined;
  readonly at: number;
  modifiedAt: number;
  editedAt: number | undefined;
  deletedAt: number | undefined;
  body: { contentType: 'text' | 'html'; content: string };
  mentions: readonly unknown[];
  attachments: readonly Attachment[];
  hosted: ReadonlyMap<string, Hosted>;
  readonly eventDetail: Readonly<Record<string, unknown>> | undefined;
  policyViolation: PolicyViolation | undefined;
  reactions: Reaction[];
}
/** https://learn.microsoft.com/en-us/graph/api/resources/chatmessagepolicyviolation */
export interface PolicyViolation {
  readonly dlpAction: string;
  readonly userAction?: string;
  readonly policyTip?: { readonly generalText: string; readonly matchedConditionDescriptions: readonly string[] };
}
export interface Chat {
  readonly id: string;
  readonly type: 'oneOnOne' | 'group' | 'meeting';
  readonly topic: string | null;
  readonly members: readonly string[];
  readonly createdAt: number;
  /** How far the person has read. */
  readAt: number;
  readonly pinned: Set<string>;
}
export interface Channel {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly members: readonly string[];
}
export interface Team {
  readonly id: string;
  readonly name: string;
}
export interface NewMessage {
  readonly by?: string | undefined;
  readonly at?: number;
  readonly text?: string;
  readonly html?: string;
  readonly root?: string | undefined;
  readonly mentions?: readonly unknown[];
  readonly attachments?: readonly Attachment[];
  readonly hosted?: ReadonlyMap<string, Hosted>;
  readonly eventDetail?: Readonly<Record<string, unknown>>;
}
export interface Told {
  readonly id: string;
  readonly place: string;
  readonly by: string | undefined;
  readonly html: string;
}

const hex = (...words: readonly string[]): string => createHash('sha256').update(words.join('/')).digest('hex');
const guid = (...words: readonly string[]): string =>
  hex(...words).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
/** The directory's id of one of the cast. */
export const idOf = (person: Person): string => guid('user', person.id);
export const tenant = guid('tenant', 'northwind');
export const everybody: readonly Person[] = [me, ...cast];
export const personOf = (id: string): Person | undefined => everybody.find((one) => idOf(one) === id.toLowerCase());

const gone = () => new Refused(404, 'NotFound', 'The specified object was not found.');

/** Teams as one person of an organisation sees it. */
export class TeamsWorld {
  readonly ledger: Ledger<Told>;
  /** Pages hold no more than that, whatever is asked for: Graph promises none to be full. */
  largestPage = Number.POSITIVE_INFINITY;
  readonly #time: NetworkTime;
  readonly #chats = new Map<string, Chat>();
  readonly #teams = new Map<string, Team>();
  readonly #channels = new Map<string, Channel>();
  readonly #messages = new Map<string, Stored>();
  /** First messages of channels that changed, in the order they did. */
  readonly #changes: { readonly channel: string; readonly id: string }[] = [];
  readonly #presences = new Map<string, string>();
  #serial = 0;

  constructor(time: NetworkTime) {
    this.#time = time;
    this.ledger = new Ledger(time.now);
  }
  get chats(): readonly Chat[] {
    return [...this.#chats.values()];
  }
  get teams(): readonly Team[] {
    return [...this.#teams.values()];
  }
  get channels(): readonly Channel[] {
    return [...this.#channels.values()];
  }
  get messages(): readonly Stored[] {
    return [...this.#messages.values()];
  }
  get seq(): number {
    return this.#changes.length;
  }
  changesSince(seq: number): readonly { readonly channel: string; readonly id: string }[] {
    return this.#changes.slice(seq);
  }
  chat(id: string): Chat {
    const found = this.#chats.get(id);
    if (!found?.members.includes(idOf(me))) throw gone();
    return found;
  }
  channel(team: string, id: string): Channel {
    const found = this.#channels.get(id);
    if (found?.team !== team) throw gone();
    return found;
  }
  /** Of a chat or channel, in no order; of a thread, where its first message is named. */
  within(place: string, root?: string): readonly Stored[] {
    return this.messages.filter((one) => one.place === place && one.root === root);
  }
  message(place: string, id: string, root?: string): Stored {
    const found = this.#messages.get(`${place}|${id}`);
    if (!found || found.root !== root) throw gone();
    return found;
  }
  presence(id: string): string {
    return this.#presences.get(id) ?? 'Offline';
  }
  setPresence(id: string, availability: string): void {
    this.#presences.set(id, availability);
  }

  /** A chat of the account's own person with these; between two people it is always the same one. */
  addChat(type: Chat['type'], others: readonly string[], topic: string | null = null, createdAt?: number): Chat {
    const pair = [idOf(me), ...others].toSorted();
    this.#serial++;
    const id =
      type === 'oneOnOne'
        ? `19:${pair.join('_')}@unq.gbl.spaces`
        : `19:${type === 'meeting' ? 'meeting_' : ''}${hex('chat', String(this.#serial)).slice(0, 32)}@thread.v2`;
    const known = this.#chats.get(id);
    if (known) return known;
    const chat: Chat = {
      id,
      type,
      topic,
      members: [idOf(me), ...others],
      createdAt: createdAt ?? this.#time.tick(),
      readAt: 0,
      pinned: new Set(),
    };
    this.#chats.set(id, chat);
    return chat;
  }
  /** The person is not in it any more. */
  leave(id: string): void {
    this.#chats.delete(id);
  }
  addTeam(name: string): Team {
    const team = { id: guid('team', name), name };
    this.#teams.set(team.id, team);
    return team;
  }
  addChannel(team: string, name: string, others: readonly string[]): Channel {
    const id = `19:${hex('channel', team, name).slice(0, 32)}@thread.tacv2`;
    const channel = { id, team, name, members: [idOf(me), ...others] };
    this.#channels.set(id, channel);
    return channel;
  }

  /** Somebody of the organisation: of the cast, or in any chat. */
  isMember(id: string): boolean {
    return personOf(id) !== undefined || this.chats.some(({ members }) => members.includes(id));
  }
  post(place: string, message: NewMessage): Stored {
    let at = message.at ?? this.#time.tick();
    // Ids are the time they were given at, so no two are of one moment.
    while (this.#messages.has(`${place}|${at}`)) at++;
    const stored: Stored = {
      id: String(at),
      place,
      root: message.root,
      by: message.by,
      at,
      modifiedAt: at,
      editedAt: undefined,
      deletedAt: undefined,
      body:
        message.html === undefined
          ? { contentType: 'text', content: message.text ?? '' }
          : { contentType: 'html', content: message.html },
      mentions: message.mentions ?? [],
      attachments: message.attachments ?? [],
      hosted: message.hosted ?? new Map(),
      eventDetail: message.eventDetail,
      policyViolation: undefined,
      reactions: [],
    };
    this.#messages.set(`${place}|${stored.id}`, stored);
    if (stored.by === idOf(me)) {
      const chat = this.#chats.get(place);
      if (chat) chat.readAt = Math.max(chat.readAt, at);
    }
    this.#note(stored);
    this.ledger.record('message', { id: stored.id, place, by: stored.by, html: stored.body.content });
    return stored;
  }
  edit(message: Stored, change: Pick<NewMessage, 'html' | 'text' | 'mentions' | 'attachments'>, by?: string): void {
    if (by !== undefined && message.by !== by)
      throw new Refused(403, 'Forbidden', 'Only the sender can edit a message.');
    const { html, text = '', mentions, attachments } = change;
    message.body = html === undefined ? { contentType: 'text', content: text } : { contentType: 'html', content: html };
    if (mentions) message.mentions = mentions;
    message.attachments = attachments ?? [];
    message.editedAt = this.#touch(message);
    this.ledger.record('edited', { id: message.id, place: message.place, by: message.by, html: message.body.content });
  }
  remove(message: Stored, by?: string): void {
    if (by !== undefined && message.by !== by)
      throw new Refused(403, 'Forbidden', 'Only the sender can delete a message.');
    message.deletedAt = this.#touch(message);
    this.ledger.record('deleted', { id: message.id, place: message.place, by: message.by, html: '' });
  }
  /** A program that looks messages through says what is to become of one; its words stay where they are. */
  judge(message: Stored, violation: PolicyViolation): void {
    message.policyViolation = violation;
    this.#touch(message);
  }
  react(message: Stored, type: string, by: string, on: boolean): void {
    const others = message.reactions.filter((one) => one.type !== type || one.by !== by);
    const at = this.#touch(message);
    message.reactions = on ? [...others, { type, by, at }] : others;
    this.ledger.record(on ? 'reacted' : 'unreacted', { id: message.id, place: message.place, by, html: type });
  }
  /** Somebody reacts with an emoji the organisation has drawn; Teams keeps its picture with the message. */
  reactOwn(message: Stored, name: string, picture: Hosted, by: string): void {
    const hosted = Buffer.from(`id=${hex('emoji', name).slice(0, 40)},type=1,url=`).toString('base64');
    const at = this.#touch(message);
    message.hosted = new Map([...message.hosted, [hosted, picture]]);
    message.reactions = [...message.reactions, { type: 'custom', by, at, own: { name, hosted } }];
    this.ledger.record('reacted', { id: message.id, place: message.place, by, html: name });
  }
  markRead(chat: Chat): void {
    chat.readAt = Math.max(chat.readAt, ...this.within(chat.id).map(({ at }) => at), this.#time.now());
    this.ledger.record('read', { id: '', place: chat.id, by: idOf(me), html: '' });
  }
  pin(chat: Chat, id: string, on: boolean): void {
    this.message(chat.id, id);
    if (on === chat.pinned.has(id)) throw on ? new Refused(409, 'Conflict', 'Already pinned.') : gone();
    if (on) chat.pinned.add(id);
    else chat.pinned.delete(id);
    this.ledger.record(on ? 'pinned' : 'unpinned', { id, place: chat.id, by: idOf(me), html: '' });
    this.post(chat.id, {
      html: '<systemEventMessage/>',
      eventDetail: {
        '@odata.type': `#microsoft.graph.message${on ? 'Pinned' : 'Unpinned'}EventMessageDetail`,
        eventDateTime: new Date(this.#time.now()).toISOString(),
        initiator: who(idOf(me), false),
      },
    });
  }
  #touch(message: Stored): number {
    message.modifiedAt = this.#time.tick();
    this.#note(message);
    return message.modifiedAt;
  }
  /** The delta of a channel tells of first messages, not of answers. */
  #note({ place, id, root }: Stored): void {
    if (this.#channels.has(place) && root === undefined) this.#changes.push({ channel: place, id });
  }
}

/** https://learn.microsoft.com/en-us/graph/api/resources/identityset */
export const who = (id: string, named = true) => ({
  application: null,
  device: null,
  user: { id, displayName: named ? (personOf(id)?.name ?? null) : null, userIdentityType: 'aadUser' },
});
