import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { conversationKey, type Peer, peerOf, peerText } from '../ids.ts';
import { conversationPatch, topicChange, topicEvents } from '../map/people.ts';
import { entityPeer } from '../peers.ts';
import { childOf, childrenOf, intOf, isSet, type Plain } from '../remote/plain.ts';

/** A conversation nobody told of yet, with a history to fetch: told before the first message in it. */
export function introduce(account: Account, update: Plain, said: Plain, at: number): readonly ChannelEvent[] {
  const message = childOf(update, 'message');
  const peer = peerOf(message, 'peerId');
  if (!message || !peer || !/^UpdateNew(Channel)?Message$/.test(update._)) return [];
  const topic = topicOpened(account, message, peer);
  if (account.introduced.has(peerText(peer))) return topic;
  account.introduced.add(peerText(peer));
  const entity = [...childrenOf(said, 'users'), ...childrenOf(said, 'chats')].find((one) => {
    const other = entityPeer(one);
    return other !== undefined && peerText(other) === peerText(peer);
  });
  const kind = peer.kind === 'user' ? 'direct' : 'group';
  const patch = (entity && conversationPatch(entity, account.me)?.patch) ?? {
    kind,
    title: account.peers.nameOf(peer) ?? '',
  };
  const key = conversationKey(peer);
  return [
    { type: 'conversation', key, patch, at },
    { type: 'history', scope: key, ...(patch.title ? { title: patch.title.slice(0, 1024) } : {}) },
    ...account.limitsOf(peer, entity),
    ...topic,
  ];
}
/** core.telegram.org/api/forum: a topic begins with a message that says so, and is numbered like it; changes are messages in it. */
function topicOpened(account: Account, message: Plain, peer: Peer): readonly ChannelEvent[] {
  const action = childOf(message, 'action');
  const forum = account.peers.nameOf(peer) ?? '';
  const id = intOf(message, 'id');
  if (!/^MessageActionTopic(Create|Edit)$/.test(action?._ ?? '')) return [];
  const at = account.moment();
  const { forums } = account;
  if (action?._ === 'MessageActionTopicCreate' && id !== undefined) {
    forums.note(peer, id, { mine: isSet(message, 'out') });
    const opened = topicEvents(peer, [{ ...action, id }], forum, (topic) => forums.standing(peer, topic), at);
    return [...opened, ...forums.closed(peer, id, false, at)];
  }
  if (action?._ !== 'MessageActionTopicEdit') return [];
  const header = childOf(message, 'replyTo');
  const topic = intOf(header, 'replyToTopId') ?? intOf(header, 'replyToMsgId') ?? 1;
  const change = topicChange(action);
  if ('closed' in change) return forums.closed(peer, topic, change.closed, at);
  if (change.title === undefined || topic === 1) return [];
  return [{ type: 'conversation', key: conversationKey(peer, topic), patch: { title: change.title }, at }];
}
