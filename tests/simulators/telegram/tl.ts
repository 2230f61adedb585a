import { returnBigInt } from 'teleproto/Helpers.js';
import { Api } from 'teleproto/tl/index.js';
import type { Long } from './mtproto/keys.ts';
import type { Channel, Group, Message, Peer, Person, Rights, World } from './world.ts';

/** The world's words in TL, as core.telegram.org/schema has them. */
export const long = (value: number | string): Long => returnBigInt(value);
export const number = (value: unknown): number => Number(String(value));

export function peerOf(peer: Peer): Api.TypePeer {
  switch (peer.kind) {
    case 'user':
      return new Api.PeerUser({ userId: long(peer.id) });
    case 'chat':
      return new Api.PeerChat({ chatId: long(peer.id) });
    case 'channel':
      return new Api.PeerChannel({ channelId: long(peer.id) });
  }
}
export function userOf(world: World, person: Person): Api.User {
  const { id, hash, first, last, username, phone, bot, contact } = person;
  return new Api.User({
    id: long(id),
    accessHash: long(hash),
    firstName: first,
    ...(id === world.me.id ? { self: true } : {}),
    ...(last === undefined ? {} : { lastName: last }),
    ...(username === undefined ? {} : { username }),
    ...(phone === undefined ? {} : { phone }),
    ...(bot ? { bot, botInfoVersion: 1 } : {}),
    ...(contact ? { contact } : {}),
    ...(person.photo === undefined
      ? {}
      : { photo: new Api.UserProfilePhoto({ photoId: long(person.photo), dcId: 2 }) }),
  });
}
const photoOf = (photo: number | undefined): Api.TypeChatPhoto =>
  photo === undefined ? new Api.ChatPhotoEmpty() : new Api.ChatPhoto({ photoId: long(photo), dcId: 2 });
export const silent = (sendMessages: boolean, untilDate = 0) =>
  new Api.ChatBannedRights({ untilDate, ...(sendMessages ? { sendMessages } : {}) });
/** core.telegram.org/constructor/channel: what this account itself may not do is there alone where there is any. */
const rightsOf = ({ everybodySilent = false, silentUntil, left, admin }: Rights = {}) => ({
  defaultBannedRights: silent(everybodySilent),
  ...(silentUntil === undefined ? {} : { bannedRights: silent(true, silentUntil) }),
  ...(left ? { left } : {}),
  ...(admin ? { adminRights: new Api.ChatAdminRights({ postMessages: true, manageTopics: true }) } : {}),
});
export const chatOf = ({ id, title, members, photo, rights: { silentUntil: _, ...rights } = {} }: Group): Api.Chat =>
  new Api.Chat({
    id: long(id),
    title,
    photo: photoOf(photo),
    participantsCount: members.length,
    date: 1_700_000_000,
    version: 1,
    ...rightsOf(rights),
  });
export const channelOf = ({ id, hash, title, kind, photo, rights }: Channel): Api.Channel =>
  new Api.Channel({
    id: long(id),
    accessHash: long(hash),
    title,
    photo: photoOf(photo),
    date: 1_700_000_000,
    ...(kind === 'broadcast' ? { broadcast: true } : { megagroup: true }),
    ...(kind === 'forum' ? { forum: true } : {}),
    ...rightsOf(rights),
  });

/** Everyone and everywhere: more than a real answer carries, never less. */
export const usersOf = (world: World): Api.User[] => [...world.people.values()].map((one) => userOf(world, one));
export const chatsOf = (world: World): (Api.Chat | Api.Channel)[] => [
  ...[...world.groups.values()].map(chatOf),
  ...[...world.channels.values()].map(channelOf),
];

export function messageOf(message: Message): Api.Message | Api.MessageService {
  const { id, out, peer, from, at, text, action, replyTo, topic, entities, media, markup, album } = message;
  const shared = {
    id,
    peerId: peerOf(peer),
    date: at,
    ...(out ? { out: true } : {}),
    // Posts of a broadcast channel are the channel's own and have no sender.
    ...(from.kind === 'channel' ? {} : { fromId: peerOf(from) }),
    ...(replyTo === undefined && topic === undefined ? {} : { replyTo: replyOf(replyTo, topic) }),
  };
  if (action) return new Api.MessageService({ ...shared, action });
  return new Api.Message({
    ...shared,
    message: text,
    ...(entities && entities.length > 0 ? { entities: [...entities] } : {}),
    ...(media ? { media } : {}),
    ...(markup ? { replyMarkup: markup } : {}),
    ...(album === undefined ? {} : { groupedId: long(album) }),
    ...(message.editedAt === undefined ? {} : { editDate: message.editedAt }),
    ...(message.editHidden ? { editHide: true } : {}),
    ...(hasReactions(message) ? { reactions: reactionsOf(message) } : {}),
    ...(message.pinned ? { pinned: true } : {}),
    ...(from.kind === 'channel' ? { post: true } : {}),
  });
}
/** In a forum the header names the topic; a message that answers nothing names the topic alone (core.telegram.org/api/forum). */
function replyOf(replyTo: number | undefined, topic: number | undefined): Api.MessageReplyHeader {
  if (topic === undefined) return new Api.MessageReplyHeader(replyTo === undefined ? {} : { replyToMsgId: replyTo });
  if (replyTo === undefined) return new Api.MessageReplyHeader({ forumTopic: true, replyToMsgId: topic });
  return new Api.MessageReplyHeader({ forumTopic: true, replyToMsgId: replyTo, replyToTopId: topic });
}
/** `me` is user 1 in every world: whose own reactions are marked (core.telegram.org/constructor/messageReactions). */
const myId = 1;
/** How many names a supergroup tells; posts of a channel have none (core.telegram.org/constructor/messageReactions). */
const mostNames = 3;
/** `min`: as everybody is told alike, without saying what is whose own. */
export function reactionsOf(
  { reactions, crowd = {}, peer, from }: Pick<Message, 'reactions' | 'crowd' | 'peer' | 'from'>,
  min = false,
): Api.MessageReactions {
  const counts = new Map(Object.entries(crowd));
  for (const { emoji } of reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  const mine = new Set(min ? [] : reactions.filter(({ by }) => by === myId).map(({ emoji }) => emoji));
  const named = from.kind === 'channel' ? [] : peer.kind === 'channel' ? reactions.slice(-mostNames) : reactions;
  return new Api.MessageReactions({
    ...(min ? { min } : {}),
    ...(from.kind === 'channel' ? {} : { canSeeList: true }),
    results: [...counts].map(
      ([emoticon, count]) =>
        new Api.ReactionCount({
          reaction: reactionOf(emoticon),
          count,
          ...(mine.has(emoticon) ? { chosenOrder: 0 } : {}),
        }),
    ),
    recentReactions: named.map(
      ({ by, emoji, at }) =>
        new Api.MessagePeerReaction({
          peerId: peerOf({ kind: 'user', id: by }),
          date: at,
          reaction: reactionOf(emoji),
          ...(by === myId && !min ? { my: true } : {}),
        }),
    ),
  });
}
export const hasReactions = ({ reactions, crowd = {} }: Message): boolean =>
  reactions.length > 0 || Object.keys(crowd).length > 0;
/** Pictures are called by the number of their document, between colons (core.telegram.org/api/reactions#custom-reactions). */
function reactionOf(emoji: string): Api.TypeReaction {
  const document = /^:(\d+):$/.exec(emoji)?.[1];
  return document === undefined
    ? new Api.ReactionEmoji({ emoticon: emoji })
    : new Api.ReactionCustomEmoji({ documentId: long(document) });
}
/** The peer an input names; undefined for one that is not known or whose access hash is wrong. */
export function inputPeer(world: World, input: unknown): Peer | undefined {
  if (input instanceof Api.InputPeerSelf) return { kind: 'user', id: world.me.id };
  if (input instanceof Api.InputPeerUser) return user(world, number(input.userId), number(input.accessHash));
  if (input instanceof Api.InputUser) return user(world, number(input.userId), number(input.accessHash));
  if (input instanceof Api.InputUserSelf) return { kind: 'user', id: world.me.id };
  if (input instanceof Api.InputPeerChat) {
    const id = number(input.chatId);
    return world.groups.has(id) ? { kind: 'chat', id } : undefined;
  }
  if (input instanceof Api.InputPeerChannel || input instanceof Api.InputChannel) {
    const id = number(input.channelId);
    return world.channels.get(id)?.hash === number(input.accessHash) ? { kind: 'channel', id } : undefined;
  }
  return undefined;
}
const user = (world: World, id: number, hash: number): Peer | undefined =>
  world.people.get(id)?.hash === hash ? { kind: 'user', id } : undefined;
/** core.telegram.org/api/qr-login: somebody has accepted the token shown. */
export const loginTokenUpdate = (): Api.UpdateShort =>
  new Api.UpdateShort({ update: new Api.UpdateLoginToken(), date: Math.floor(Date.now() / 1000) });
