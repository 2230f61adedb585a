import { Api } from 'teleproto/tl/index.js';
import type { Connection, Writable } from './mtproto/server.ts';
import { chatsOf, long, messageOf, peerOf, reactionsOf, silent, usersOf } from './tl.ts';
import type { Draft, Entry, Message, Peer, Rights, World } from './world.ts';

/** Sends what happened to every connection of the account but the one that caused it, which has it in its answer. */
export type Push = (updates: Writable, except?: Connection) => void;

/** Everything that can happen, each in one place: the world changes, its event is numbered, and the account is told. */
export class Telling {
  readonly #world: World;
  readonly #push: Push;

  constructor(world: World, push: Push) {
    this.#world = world;
    this.#push = push;
  }
  /** Somebody writes. Answers the updates its author gets in return. */
  post(peer: Peer, from: Peer, draft: Draft, by?: Connection): { message: Message; updates: Api.Updates } {
    const world = this.#world;
    const { text = '', at = world.now(), reactions = [], ...more } = draft;
    const out = from.kind === 'user' && from.id === world.me.id;
    const message: Message = { ...more, id: world.nextId(peer), peer, from, out, at, text, reactions };
    world.put(message);
    const entry = this.#number(peer, { message, ...(draft.randomId ? { randomId: draft.randomId } : {}) });
    return { message, updates: this.#tell([this.updateOf(entry)], by, message.randomId, message.id) };
  }
  /** Written before anyone looked: in the history, not in the news. */
  recall(peer: Peer, from: Peer, draft: Draft & { readonly at: number }): Message {
    const world = this.#world;
    const out = from.kind === 'user' && from.id === world.me.id;
    const { text = '', reactions = [], ...more } = draft;
    const message: Message = { ...more, id: world.nextId(peer), peer, from, out, text, reactions };
    world.put(message);
    world.box(peer).pts++;
    return message;
  }
  /** A message as a user far away sends it: the short form (core.telegram.org/constructor/updateShortMessage). */
  short(from: number, text: string): Message {
    const world = this.#world;
    const peer: Peer = { kind: 'user', id: from };
    const message: Message = {
      id: world.nextId(peer),
      peer,
      from: peer,
      out: false,
      at: world.now(),
      text,
      reactions: [],
    };
    world.put(message);
    const { pts, count } = this.#number(peer, { message });
    this.#push(
      new Api.UpdateShortMessage({
        id: message.id,
        userId: long(from),
        message: text,
        pts,
        ptsCount: count,
        date: message.at,
      }),
    );
    return message;
  }
  edit(
    message: Message,
    change: Partial<Pick<Message, 'text' | 'entities' | 'media' | 'markup' | 'editHidden'>>,
    by?: Connection,
  ) {
    Object.assign(message, { editHidden: false }, change, {
      editedAt: Math.max(this.#world.now(), (message.editedAt ?? 0) + 1),
    });
    const update = (pts: number): Api.TypeUpdate => {
      const what = { message: messageOf(message), pts, ptsCount: 1 };
      return message.peer.kind === 'channel' ? new Api.UpdateEditChannelMessage(what) : new Api.UpdateEditMessage(what);
    };
    return this.#tell([this.#numbered(message.peer, 1, update)], by);
  }
  /** Takes away for everyone. Answers the new pts and how many were gone. */
  remove(peer: Peer, ids: readonly number[], by?: Connection): { pts: number; count: number } {
    const gone = this.#world.take(peer, new Set(ids));
    const messages = gone.map(({ id }) => id);
    const count = messages.length;
    if (count > 0) {
      const update = (pts: number): Api.TypeUpdate =>
        peer.kind === 'channel'
          ? new Api.UpdateDeleteChannelMessages({ channelId: long(peer.id), messages, pts, ptsCount: count })
          : new Api.UpdateDeleteMessages({ messages, pts, ptsCount: count });
      this.#tell([this.#numbered(peer, count, update)], by);
    }
    return { pts: this.#world.box(peer).pts, count };
  }
  react(message: Message, by: number, emojis: readonly string[], from?: Connection): Api.Updates {
    this.unseen(message, by, emojis);
    const told = (min: boolean): Api.Updates => this.container([this.reactionsTo(message, min)]);
    // In channels everybody is told alike, but for whoever reacted.
    this.#push(told(message.peer.kind === 'channel'), from);
    return told(false);
  }
  reactionsTo(message: Message, min = false): Api.UpdateMessageReactions {
    return new Api.UpdateMessageReactions({
      peer: peerOf(message.peer),
      msgId: message.id,
      reactions: reactionsOf(message, min),
    });
  }
  /** So many whom nobody names have reacted; nobody is told, as in a channel. */
  crowd(message: Message, counts: Readonly<Record<string, number>>): void {
    message.crowd = counts;
  }
  /** What people do while nobody of this account is there to be told. */
  unseen(message: Message, by: number, emojis: readonly string[]): void {
    const at = this.#world.now();
    message.reactions = [
      ...message.reactions.filter((one) => one.by !== by),
      ...emojis.map((emoji) => ({ by, emoji, at })),
    ];
  }
  /** This account has read, here or elsewhere. */
  read(peer: Peer, maxId: number, by?: Connection): { pts: number; count: number } {
    const state = this.#world.dialog(peer);
    state.readInbox = Math.max(state.readInbox, maxId);
    const stillUnreadCount = this.unread(peer);
    if (peer.kind === 'channel') {
      const { pts } = this.#world.box(peer);
      this.#tell([new Api.UpdateReadChannelInbox({ channelId: long(peer.id), maxId, stillUnreadCount, pts })], by);
      return { pts, count: 0 };
    }
    const update = (pts: number) =>
      new Api.UpdateReadHistoryInbox({ peer: peerOf(peer), maxId, stillUnreadCount, pts, ptsCount: 1 });
    this.#tell([this.#numbered(peer, 1, update)], by);
    return { pts: this.#world.common.pts, count: 1 };
  }
  /** Who may write in a group or channel changes; the supergroup or channel comes with it (core.telegram.org/constructor/updateChannel). */
  rights(peer: Peer, rights: Rights): void {
    const where = (peer.kind === 'chat' ? this.#world.groups : this.#world.channels).get(peer.id);
    if (!where) throw new Error('there is no such group');
    const before = where.rights;
    where.rights = rights;
    if (peer.kind === 'channel') this.settle(new Api.UpdateChannel({ channelId: long(peer.id) }));
    else if (before?.everybodySilent !== rights.everybodySilent) {
      const defaultBannedRights = silent(rights.everybodySilent === true);
      // Told by itself, as nothing says that anything comes with it.
      this.passing(new Api.UpdateChatDefaultBannedRights({ peer: peerOf(peer), defaultBannedRights, version: 2 }));
    }
  }
  /** A conversation, or one topic of it, is muted here or elsewhere; undefined: it has no setting of its own any more. */
  muted(peer: Peer, topic: number | undefined, mutedUntil: number | undefined, by?: Connection): void {
    if (topic === undefined) this.#world.dialog(peer).mutedUntil = mutedUntil ?? 0;
    else this.#world.topic(peer, topic).mutedUntil = mutedUntil;
    const notifySettings = new Api.PeerNotifySettings(mutedUntil === undefined ? {} : { muteUntil: mutedUntil });
    const where =
      topic === undefined
        ? new Api.NotifyPeer({ peer: peerOf(peer) })
        : new Api.NotifyForumTopic({ peer: peerOf(peer), topMsgId: topic });
    this.settle(new Api.UpdateNotifySettings({ peer: where, notifySettings }), by);
  }
  /** A topic of a forum (core.telegram.org/api/forum), here or elsewhere. */
  readTopic(peer: Peer, topic: number, maxId: number, by?: Connection): void {
    const state = this.#world.topic(peer, topic);
    state.readInbox = Math.max(state.readInbox, maxId);
    const what = { channelId: long(peer.id), topMsgId: topic, readMaxId: maxId };
    this.#tell([new Api.UpdateReadChannelDiscussionInbox(what)], by);
  }
  /** The other side has read what this account wrote. */
  seen(peer: Peer, maxId: number): void {
    this.#world.dialog(peer).readOutbox = maxId;
    const update = (pts: number) => new Api.UpdateReadHistoryOutbox({ peer: peerOf(peer), maxId, pts, ptsCount: 1 });
    this.#tell([this.#numbered(peer, 1, update)]);
  }
  typing(from: number): void {
    const action = new Api.SendMessageTypingAction();
    this.passing(new Api.UpdateUserTyping({ userId: long(from), action }));
  }
  /** What is told once and never again. */
  passing(update: Api.TypeUpdate): void {
    this.#push(new Api.UpdateShort({ update, date: this.#world.now() }));
  }
  /** What has no number but is kept by the server: settings. */
  settle(update: Api.TypeUpdate, by?: Connection): Api.Updates {
    return this.#tell([update], by);
  }
  /** Others have voted: so many for each answer, in their order. Told without saying where the poll stands, as to most. */
  voted(message: Message, votes: readonly number[]): void {
    const { media } = message;
    if (!(media instanceof Api.MessageMediaPoll)) throw new Error('this is no poll');
    const { poll } = media;
    const results = new Api.PollResults({
      totalVoters: votes.reduce((sum, count) => sum + count, 0),
      results: poll.answers.flatMap((answer, index) =>
        answer instanceof Api.PollAnswer
          ? new Api.PollAnswerVoters({ option: answer.option, voters: votes[index] ?? 0 })
          : [],
      ),
    });
    message.media = new Api.MessageMediaPoll({ poll, results });
    this.passing(new Api.UpdateMessagePoll({ pollId: poll.id, results }));
  }
  /** The server has looked up what a link of the message leads to. */
  previewed(message: Message, webpage: Api.WebPage): void {
    message.media = new Api.MessageMediaWebPage({ webpage });
    const update = (pts: number): Api.TypeUpdate => {
      const what = { webpage, pts, ptsCount: 1 };
      if (message.peer.kind !== 'channel') return new Api.UpdateWebPage(what);
      return new Api.UpdateChannelWebPage({ ...what, channelId: long(message.peer.id) });
    };
    this.#tell([this.#numbered(message.peer, 1, update)]);
  }
  pin(message: Message, on: boolean, by?: Connection): Api.Updates {
    message.pinned = on;
    const messages = [message.id];
    const flag = on ? { pinned: true } : {};
    const update = (pts: number): Api.TypeUpdate =>
      message.peer.kind === 'channel'
        ? new Api.UpdatePinnedChannelMessages({
            ...flag,
            channelId: long(message.peer.id),
            messages,
            pts,
            ptsCount: 1,
          })
        : new Api.UpdatePinnedMessages({ ...flag, peer: peerOf(message.peer), messages, pts, ptsCount: 1 });
    return this.#tell([this.#numbered(message.peer, 1, update)], by);
  }
  folder(peer: Peer, archived: boolean, by?: Connection): Api.Updates {
    this.#world.dialog(peer).archived = archived;
    const folderPeers = [new Api.FolderPeer({ peer: peerOf(peer), folderId: archived ? 1 : 0 })];
    // Folders are numbered by the common stream, whatever the peer.
    const common: Peer = { kind: 'user', id: this.#world.me.id };
    const update = (pts: number) => new Api.UpdateFolderPeers({ folderPeers, pts, ptsCount: 1 });
    return this.#tell([this.#numbered(common, 1, update)], by);
  }
  unread(peer: Peer): number {
    const { readInbox } = this.#world.dialog(peer);
    return this.#world.messages(peer).filter(({ id, out }) => !out && id > readInbox).length;
  }
  /** A logged event as the update it travels in. */
  updateOf(entry: Entry): Api.TypeUpdate {
    const { message, update, pts, count } = entry;
    if (update) return update;
    if (!message) throw new Error('an entry says nothing');
    const what = { message: messageOf(message), pts, ptsCount: count };
    return message.peer.kind === 'channel' ? new Api.UpdateNewChannelMessage(what) : new Api.UpdateNewMessage(what);
  }
  /** With those whom the updates name, and nobody else (core.telegram.org/constructor/updates). */
  container(updates: Api.TypeUpdate[]): Api.Updates {
    const named = new Set<string>();
    name(updates, named);
    return new Api.Updates({
      updates,
      users: usersOf(this.#world).filter(({ id }) => named.has(String(id))),
      chats: chatsOf(this.#world).filter(({ id }) => named.has(String(id))),
      date: this.#world.now(),
      seq: 0,
    });
  }

  #number(peer: Peer, what: Pick<Entry, 'message' | 'randomId'>): Entry {
    const box = this.#world.box(peer);
    box.pts++;
    const entry: Entry = { pts: box.pts, count: 1, ...what };
    box.log.push(entry);
    return entry;
  }
  #numbered(peer: Peer, count: number, make: (pts: number) => Api.TypeUpdate): Api.TypeUpdate {
    const box = this.#world.box(peer);
    box.pts += count;
    const update = make(box.pts);
    box.log.push({ pts: box.pts, count, update });
    return update;
  }
  /** The author's copy names its random id first (core.telegram.org/constructor/updateMessageID); the others' does not. */
  #tell(updates: Api.TypeUpdate[], by?: Connection, randomId?: string, id?: number): Api.Updates {
    const told = this.container(updates);
    this.#push(told, by);
    if (randomId === undefined || id === undefined) return told;
    return this.container([new Api.UpdateMessageID({ id, randomId: long(randomId) }), ...updates]);
  }
}

/** Fields that name somebody, in a peer or by themselves. */
const naming = new Set(['userId', 'chatId', 'channelId']);
/** Gathers the ids of everybody named anywhere in it. */
function name(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) name(one, into);
  else if (typeof value === 'object' && value !== null && 'originalArgs' in value)
    for (const [field, one] of Object.entries(Object(value.originalArgs)))
      if (naming.has(field)) into.add(String(one));
      else name(one, into);
}
