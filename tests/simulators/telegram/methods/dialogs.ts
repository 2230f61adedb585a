import { Api } from 'teleproto/tl/index.js';
import { RpcError } from '../mtproto/server.ts';
import { channelOf, keyOf, type Method, on, resolve, type Scene } from '../scene.ts';
import { chatOf, chatsOf, inputPeer, long, messageOf, number, peerOf, userOf, usersOf } from '../tl.ts';
import { nameOf, type Peer, type Person } from '../world.ts';

const settings = (mutedUntil: number) => new Api.PeerNotifySettings(mutedUntil > 0 ? { muteUntil: mutedUntil } : {});

export function dialogOf({ world, telling }: Scene, peer: Peer): Api.Dialog {
  const { readInbox, readOutbox, pinned, archived, mutedUntil } = world.dialog(peer);
  return new Api.Dialog({
    peer: peerOf(peer),
    topMessage: world.messages(peer).at(-1)?.id ?? 0,
    readInboxMaxId: readInbox,
    readOutboxMaxId: readOutbox,
    unreadCount: telling.unread(peer),
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: settings(mutedUntil),
    ...(pinned ? { pinned } : {}),
    ...(archived ? { folderId: 1 } : {}),
    ...(peer.kind === 'channel' ? { pts: world.box(peer).pts } : {}),
  });
}

/** core.telegram.org/api/reactions#chat-reactions */
function allowed(reactions: readonly string[] | undefined) {
  if (reactions === undefined) return { availableReactions: new Api.ChatReactionsAll({}) };
  if (reactions.length === 0) return { availableReactions: new Api.ChatReactionsNone() };
  const some = reactions.map((emoticon) => new Api.ReactionEmoji({ emoticon }));
  return { availableReactions: new Api.ChatReactionsSome({ reactions: some }) };
}

/** Conversations as a list, and what is kept of each (core.telegram.org/api/offsets, /api/folders). */
export const dialogs: readonly Method[] = [
  on(Api.messages.GetDialogs, ({ folderId, offsetPeer, offsetId, offsetDate, limit }, scene) => {
    const { world } = scene;
    if (keyOf(scene).login.has('bot')) throw new RpcError(400, 'BOT_METHOD_INVALID');
    const all = world.peers().filter((peer) => world.dialog(peer).archived === (folderId === 1));
    const after = inputPeer(world, offsetPeer);
    const from =
      offsetId === 0 && offsetDate === 0
        ? 0
        : all.findIndex((peer) => after !== undefined && nameOf(peer) === nameOf(after)) + 1;
    const page = all.slice(from, from + Math.min(limit, 100));
    const answer = {
      dialogs: page.map((peer) => dialogOf(scene, peer)),
      messages: page.flatMap((peer) => world.messages(peer).slice(-1)).map(messageOf),
      chats: chatsOf(world),
      users: usersOf(world),
    };
    return page.length === all.length
      ? new Api.messages.Dialogs(answer)
      : new Api.messages.DialogsSlice({ ...answer, count: all.length });
  }),
  on(Api.messages.GetForumTopics, ({ peer: input, offsetTopic, offsetId, offsetDate, limit }, scene) => {
    const { world } = scene;
    const peer = resolve(scene, input);
    const channel = world.channels.get(peer.id);
    if (channel?.kind !== 'forum') throw new RpcError(400, 'CHANNEL_FORUM_MISSING');
    const newest = (topic: number) => world.inTopic(peer, topic).at(-1);
    // By their newest message; a page goes on after what it is told the last one ended with.
    const all = channel.topics.toSorted(
      (a, b) => (newest(b.id)?.id ?? b.id) - (newest(a.id)?.id ?? a.id) || b.id - a.id,
    );
    const last = all.findIndex(({ id }) => id === offsetTopic);
    const known = newest(offsetTopic);
    if (last >= 0 && (offsetId !== (known?.id ?? offsetTopic) || offsetDate !== (known?.at ?? 0)))
      throw new RpcError(400, 'OFFSET_INVALID');
    const page = all.slice(last + 1, last + 1 + Math.min(limit, 100));
    const topics = page.map(({ id, title, closed }) => {
      const { readInbox, mutedUntil } = world.topic(peer, id);
      return new Api.ForumTopic({
        id,
        title,
        date: 1_700_000_000,
        peer: peerOf(peer),
        iconColor: 0,
        topMessage: newest(id)?.id ?? id,
        readInboxMaxId: readInbox,
        readOutboxMaxId: 0,
        unreadCount: world.inTopic(peer, id).filter((one) => !one.out && one.id > readInbox).length,
        unreadMentionsCount: 0,
        unreadReactionsCount: 0,
        unreadPollVotesCount: 0,
        fromId: peerOf({ kind: 'user', id: world.me.id }),
        ...(closed ? { closed } : {}),
        notifySettings: new Api.PeerNotifySettings(mutedUntil === undefined ? {} : { muteUntil: mutedUntil }),
      });
    });
    return new Api.messages.ForumTopics({
      count: all.length,
      topics,
      messages: page.flatMap(({ id }) => newest(id) ?? []).map(messageOf),
      chats: chatsOf(world),
      users: usersOf(world),
      pts: world.box(peer).pts,
    });
  }),
  on(Api.folders.EditPeerFolders, ({ folderPeers }, scene) => {
    const [first] = folderPeers;
    if (!(first instanceof Api.InputFolderPeer)) throw new RpcError(400, 'FOLDER_ID_INVALID');
    return scene.telling.folder(resolve(scene, first.peer), first.folderId === 1, scene.from);
  }),
  on(Api.messages.ToggleDialogPin, ({ peer: input, pinned }, scene) => {
    if (!(input instanceof Api.InputDialogPeer)) throw new RpcError(400, 'PEER_ID_INVALID');
    const peer = resolve(scene, input.peer);
    scene.world.dialog(peer).pinned = pinned === true;
    const told = new Api.DialogPeer({ peer: peerOf(peer) });
    scene.telling.settle(new Api.UpdateDialogPinned({ peer: told, ...(pinned ? { pinned } : {}) }), scene.from);
    return true;
  }),
  on(Api.account.UpdateNotifySettings, ({ peer: input, settings: wanted }, scene) => {
    const topic = input instanceof Api.InputNotifyForumTopic ? input.topMsgId : undefined;
    if (!(input instanceof Api.InputNotifyPeer || input instanceof Api.InputNotifyForumTopic))
      throw new RpcError(400, 'PEER_ID_INVALID');
    scene.telling.muted(resolve(scene, input.peer), topic, wanted.muteUntil, scene.from);
    return true;
  }),
  on(Api.messages.CreateChat, ({ users, title }, scene) => {
    const { world, telling, from } = scene;
    const members = users.map((input) => resolve(scene, input).id);
    const id = Math.max(0, ...world.groups.keys()) + 1;
    const group = { id, title, members: [world.me.id, ...members] };
    world.groups.set(id, group);
    const action = new Api.MessageActionChatCreate({ title, users: members.map(long) });
    const { updates } = telling.post({ kind: 'chat', id }, { kind: 'user', id: world.me.id }, { action }, from);
    updates.chats = [...updates.chats, chatOf(group)];
    return new Api.messages.InvitedUsers({ updates, missingInvitees: [] });
  }),
  on(Api.messages.GetFullChat, ({ chatId }, scene) => {
    const { world } = scene;
    const group = world.groups.get(number(chatId));
    if (!group) throw new RpcError(400, 'CHAT_ID_INVALID');
    const participants = group.members.map(
      (id) => new Api.ChatParticipant({ userId: long(id), inviterId: long(world.me.id), date: 1_700_000_000 }),
    );
    return new Api.messages.ChatFull({
      fullChat: new Api.ChatFull({
        id: chatId,
        about: '',
        participants: new Api.ChatParticipants({ chatId, participants, version: 1 }),
        notifySettings: settings(0),
        ...allowed(group.reactions),
      }),
      chats: chatsOf(world),
      users: usersOf(world),
    });
  }),
  on(Api.channels.GetFullChannel, ({ channel }, scene) => {
    const { world } = scene;
    const { id } = channelOf(scene, channel);
    return new Api.messages.ChatFull({
      fullChat: new Api.ChannelFull({
        id: long(id),
        about: '',
        readInboxMaxId: 0,
        readOutboxMaxId: 0,
        unreadCount: 0,
        chatPhoto: new Api.PhotoEmpty({ id: long(0) }),
        notifySettings: settings(0),
        botInfo: [],
        pts: world.box({ kind: 'channel', id }).pts,
        ...allowed(world.channels.get(id)?.reactions),
      }),
      chats: chatsOf(world),
      users: usersOf(world),
    });
  }),
  on(Api.channels.GetParticipants, ({ channel, filter, offset, limit }, scene) => {
    const { id } = channelOf(scene, channel);
    const { world } = scene;
    const q = filter instanceof Api.ChannelParticipantsSearch ? filter.q.toLowerCase() : '';
    if (limit > 200) throw new RpcError(400, 'LIMIT_INVALID');
    const named = ({ first, last = '' }: Person): boolean => `${first} ${last}`.toLowerCase().includes(q);
    const here = [...world.people.values(), ...(world.channels.get(id)?.crowd ?? [])];
    const people = here.filter((one) => !one.bot && named(one));
    const page = people.slice(offset, offset + limit);
    return new Api.channels.ChannelParticipants({
      count: people.length,
      participants: page.map((one) => new Api.ChannelParticipant({ userId: long(one.id), date: 1_700_000_000 })),
      chats: chatsOf(world),
      users: page.map((one) => userOf(world, one)),
    });
  }),
  on(Api.contacts.GetContacts, (_, { world }) => {
    const known = [...world.people.values()].filter(({ contact }) => contact);
    return new Api.contacts.Contacts({
      contacts: known.map(({ id }) => new Api.Contact({ userId: long(id), mutual: true })),
      savedCount: known.length,
      users: usersOf(world).filter((user) => known.some(({ id }) => id === number(user.id))),
    });
  }),
];
