import type { ChannelEvent, ConversationPatch } from '../../../src-shared/model/index.ts';
import { conversationKey, type Peer, userKey } from '../ids.ts';
import { entityPeer, nameIn } from '../peers.ts';
import { childOf, childrenOf, isSet, type Plain, textOf } from '../remote/plain.ts';

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
  return [{ type: 'user', key: userKey(peer), patch: { name: name.slice(0, 1024) }, at }];
}

/** What a conversation is, from the object that describes it; undefined for what is none. */
export function conversationPatch(entity: Plain, me: string): { peer: Peer; patch: ConversationPatch } | undefined {
  const peer = entityPeer(entity);
  if (!peer) return undefined;
  const title = (peer.kind === 'user' && peer.id === me ? 'Saved messages' : (nameIn(entity) ?? '')).slice(0, 10_000);
  const readOnly = whyReadOnly(entity);
  return {
    peer,
    patch: {
      kind: isSet(entity, 'broadcast') ? 'channel' : peer.kind === 'user' ? 'direct' : 'group',
      title,
      ...(peer.kind === 'user' && peer.id !== me ? { members: [userKey(peer)] } : {}),
      ...(readOnly === undefined ? {} : { limits: { readOnly } }),
    },
  };
}
/** core.telegram.org/api/rights: who may post. */
function whyReadOnly(entity: Plain): string | undefined {
  if (/Forbidden$/.test(entity._)) return 'You can no longer see this conversation.';
  if (isSet(entity, 'deleted')) return 'This account was deleted.';
  if (isSet(entity, 'left')) return 'You are no longer in it.';
  if (childOf(entity, 'migratedTo') !== undefined || isSet(entity, 'deactivated'))
    return 'This group became a supergroup; it goes on there.';
  if (isSet(entity, 'creator')) return undefined;
  const rights = childOf(entity, 'adminRights');
  if (isSet(entity, 'broadcast'))
    return isSet(rights, 'postMessages') ? undefined : 'Only administrators write in this channel.';
  const barred = [childOf(entity, 'bannedRights'), rights ? undefined : childOf(entity, 'defaultBannedRights')];
  return barred.some((one) => isSet(one, 'sendMessages')) ? 'You may not write in this group.' : undefined;
}
export function topicEvents(
  forum: Peer,
  topics: readonly Plain[],
  parent: string,
  at: number,
): readonly ChannelEvent[] {
  return topics.flatMap((topic) => {
    const id = typeof topic.id === 'number' ? topic.id : undefined;
    const title = textOf(topic, 'title');
    if (id === undefined || id === 1 || title === undefined) return [];
    const limits = isSet(topic, 'closed') ? { limits: { readOnly: 'This topic is closed.' } } : {};
    const patch: ConversationPatch = { kind: 'group', title, parent: parent.slice(0, 1024), ...limits };
    return [{ type: 'conversation', key: conversationKey(forum, id), patch, at } as const];
  });
}
