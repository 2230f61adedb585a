import type { ChannelEvent, ConversationPatch, UserPatch } from '../../../src-shared/model/index.ts';
import { conversationKey, type Peer, userKey } from '../ids.ts';
import { avatarIn, entityPeer, nameIn } from '../peers.ts';
import { childrenOf, intOf, isSet, longOf, type Plain, textOf } from '../remote/plain.ts';

/** Users and channels, which write under their own name, as facts told at `at` (Unix ms). */
export const peopleEvents = (entities: readonly Plain[], at: number): readonly ChannelEvent[] =>
  entities.flatMap((one) => (one._ === 'User' ? userEvents(one, at) : authorEvents(one, at)));
function userEvents(user: Plain, at: number): readonly ChannelEvent[] {
  const peer = entityPeer(user);
  const name = nameIn(user);
  if (peer?.kind !== 'user') return [];
  const phone = textOf(user, 'phone');
  const username = textOf(user, 'username') ?? textOf(childrenOf(user, 'usernames')[0], 'username');
  const addresses = [
    ...(phone ? [`tel:+${phone.replace(/\D/g, '')}`] : []),
    ...(username ? [`https://t.me/${username}`] : []),
  ];
  return [
    {
      type: 'user',
      key: userKey(peer),
      patch: {
        ...(name === undefined ? {} : { name: name.slice(0, 1024) }),
        ...(isSet(user, 'bot') ? { bot: true } : {}),
        // For good: core.telegram.org/constructor/user, "deleted".
        ...(isSet(user, 'deleted') ? { gone: true } : {}),
        ...pictured(user),
        ...(addresses.length > 0 ? { addresses } : {}),
      },
      at,
    },
  ];
}
function authorEvents(chat: Plain, at: number): readonly ChannelEvent[] {
  const peer = entityPeer(chat);
  const name = nameIn(chat);
  if (!peer || name === undefined || peer.kind !== 'channel') return [];
  return [{ type: 'user', key: userKey(peer), patch: { name: name.slice(0, 1024), ...pictured(chat) }, at }];
}
const pictured = (entity: Plain): Pick<UserPatch, 'avatar'> => {
  const avatar = avatarIn(entity);
  return avatar === undefined ? {} : { avatar };
};
/** Groups and channels that have another name or picture than when they were met. */
export const renamedEvents = (entities: readonly Plain[], at: number): readonly ChannelEvent[] =>
  entities.flatMap((one) => {
    const peer = entityPeer(one);
    const title = nameIn(one);
    if (!peer || peer.kind === 'user' || title === undefined || /(Empty|Forbidden)$/.test(one._)) return [];
    const patch: ConversationPatch = { title: title.slice(0, 10_000), ...pictured(one) };
    return [{ type: 'conversation', key: conversationKey(peer), patch, at }];
  });

/** What a conversation is, from the object that describes it; undefined for what is none. */
export function conversationPatch(entity: Plain, me: string): { peer: Peer; patch: ConversationPatch } | undefined {
  const peer = entityPeer(entity);
  if (!peer) return undefined;
  const title = (peer.kind === 'user' && peer.id === me ? 'Saved messages' : (nameIn(entity) ?? '')).slice(0, 10_000);
  return {
    peer,
    patch: {
      kind: isSet(entity, 'broadcast') ? 'channel' : peer.kind === 'user' ? 'direct' : 'group',
      title,
      // A private chat shows the picture of the other one.
      ...(peer.kind === 'user' ? {} : pictured(entity)),
      ...(peer.kind === 'user' && peer.id !== me ? { members: [userKey(peer)] } : {}),
    },
  };
}
/**
 * core.telegram.org/constructor/messageActionTopicEdit: either what a topic is called and looks like, or whether it is closed
 * (hiding is for "General" alone). A `false` is not told from what is not there.
 */
export function topicChange(action: Plain): { readonly title?: string } | { readonly closed: boolean } {
  const title = textOf(action, 'title');
  if (title !== undefined || longOf(action, 'iconEmojiId') !== undefined)
    return title ? { title: title.slice(0, 10_000) } : {};
  return { closed: isSet(action, 'closed') };
}
/** `standing`: what holds for a topic besides its name. */
export function topicEvents(
  forum: Peer,
  topics: readonly Plain[],
  parent: string,
  standing: (topic: number) => ConversationPatch,
  at: number,
): readonly ChannelEvent[] {
  return topics.flatMap((topic) => {
    const id = intOf(topic, 'id');
    const title = textOf(topic, 'title');
    if (id === undefined || id === 1 || title === undefined) return [];
    const patch: ConversationPatch = { kind: 'group', title, parent: parent.slice(0, 1024), ...standing(id) };
    return [{ type: 'conversation', key: conversationKey(forum, id), patch, at } as const];
  });
}
