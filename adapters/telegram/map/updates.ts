import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Forums } from '../forums.ts';
import { commonMessageKey, conversationKey, messageKey, type Peer, peerIn, peerOf, userKey } from '../ids.ts';
import { childOf, childrenOf, intOf, intsOf, isSet, longOf, type Plain } from '../remote/plain.ts';
import { contentOf, type MapContext, placeOf, toMessage } from './message.ts';
import type { Polls } from './poll.ts';
import type { Previews } from './previews.ts';
import type { Reactions } from './reactions.ts';

export interface UpdateContext extends MapContext {
  readonly reactions: Reactions;
  readonly polls: Polls;
  readonly previews: Previews;
  readonly forums: Forums;
  /** Notes a message that there is. */
  met(peer: Peer, id: number): void;
  /** Notes how far this account has read. */
  read(peer: Peer, upTo: number, topic?: number): void;
  /** What a conversation can carry now that nobody there may do this. */
  restricted(peer: Peer, rights: Plain | undefined): readonly ChannelEvent[];
}
/** Somebody typing is told again every few seconds; after six it is over (core.telegram.org/method/messages.setTyping). */
const typingMs = 6000;

/** A message and the reactions on it. `asked`: when it was asked for, Unix ms; absent where it was told by itself. */
export function messageEvents(
  message: Plain,
  context: UpdateContext,
  at: number,
  asked?: number,
): readonly ChannelEvent[] {
  const mapped = toMessage(message, context);
  const placed = placeOf(message, context);
  if (!mapped || !placed) return [];
  context.polls.note(message, placed.peer, placed.id);
  context.met(placed.peer, placed.id);
  context.previews.note(message);
  return [
    { type: 'message', message: mapped },
    ...context.reactions.events(mapped.key, childOf(message, 'reactions'), context.me, at, asked),
  ];
}

/** One update in the model's words; nothing for those the model does not speak of. `at`: when it was told, Unix ms. */
export function updateEvents(update: Plain, context: UpdateContext, at: number): readonly ChannelEvent[] {
  switch (update._) {
    case 'UpdateNewMessage':
    case 'UpdateNewChannelMessage': {
      const message = childOf(update, 'message');
      return message ? messageEvents(message, context, at) : [];
    }
    case 'UpdateEditMessage':
    case 'UpdateEditChannelMessage':
      return editEvents(childOf(update, 'message'), context, at);
    case 'UpdateWebPage':
    case 'UpdateChannelWebPage':
      return context.previews.arrived(childOf(update, 'webpage')).flatMap((whole) => {
        const message = toMessage(whole, context);
        return message ? [{ type: 'message', message } as const] : [];
      });
    case 'UpdateDeleteMessages':
      return intsOf(update, 'messages').map((id) => ({ type: 'removed', target: commonMessageKey(id), at }));
    case 'UpdateDeleteChannelMessages': {
      const peer = peerIn(update);
      if (peer?.kind !== 'channel') return [];
      return intsOf(update, 'messages').map((id) => ({ type: 'removed', target: messageKey(peer, id), at }));
    }
    case 'UpdateMessageReactions': {
      const peer = peerOf(update, 'peer');
      const id = intOf(update, 'msgId');
      if (!peer || id === undefined || id <= 0) return [];
      return context.reactions.events(messageKey(peer, id), childOf(update, 'reactions'), context.me, at);
    }
    case 'UpdateReadHistoryInbox':
    case 'UpdateReadChannelInbox':
      return readEvents(peerOf(update, 'peer') ?? peerIn(update), intOf(update, 'maxId'), 'me', context, at);
    case 'UpdateReadHistoryOutbox':
    case 'UpdateReadChannelOutbox':
      return readEvents(peerOf(update, 'peer') ?? peerIn(update), intOf(update, 'maxId'), 'them', context, at);
    case 'UpdateReadChannelDiscussionInbox': {
      // Told of topics, and of the comments under a post of a channel, which are no conversation of their own here.
      const peer = peerIn(update);
      if (!peer || !context.isForum(peer)) return [];
      return readEvents(peer, intOf(update, 'readMaxId'), 'me', context, at, intOf(update, 'topMsgId'));
    }
    case 'UpdateUserTyping':
    case 'UpdateChatUserTyping':
    case 'UpdateChannelUserTyping':
      return typingEvents(update, context);
    case 'UpdateUserStatus':
      return statusEvents(update);
    case 'UpdateNotifySettings': {
      const where = childOf(update, 'peer');
      const peer = peerOf(where, 'peer');
      // core.telegram.org/constructor/notifyForumTopic: one topic alone.
      const topic = intOf(where, 'topMsgId');
      return peer ? context.forums.muted(peer, topic, mutedIn(childOf(update, 'notifySettings'), at), at) : [];
    }
    case 'UpdateChatDefaultBannedRights': {
      const peer = peerOf(update, 'peer');
      return peer ? context.restricted(peer, childOf(update, 'defaultBannedRights')) : [];
    }
    case 'UpdateFolderPeers':
      return childrenOf(update, 'folderPeers').flatMap((one) => {
        const peer = peerOf(one, 'peer');
        return peer ? context.forums.archived(peer, intOf(one, 'folderId') === 1, at) : [];
      });
    case 'UpdateDialogPinned': {
      const peer = peerOf(childOf(update, 'peer'), 'peer');
      const pinned = isSet(update, 'pinned');
      return peer ? [{ type: 'conversation', key: conversationKey(peer), patch: { pinned }, at }] : [];
    }
    case 'UpdatePinnedMessages':
    case 'UpdatePinnedChannelMessages': {
      const peer = peerOf(update, 'peer') ?? peerIn(update);
      const flags = { pinned: isSet(update, 'pinned') };
      if (!peer) return [];
      return intsOf(update, 'messages').map((id) => ({ type: 'flags', target: messageKey(peer, id), flags, at }));
    }
    case 'UpdateUserName': {
      const peer = peerIn(update);
      const names = ['firstName', 'lastName'].flatMap((field) => {
        const part = update[field];
        return typeof part === 'string' && part !== '' ? [part] : [];
      });
      if (!peer || names.length === 0) return [];
      return [{ type: 'user', key: userKey(peer), patch: { name: names.join(' ').slice(0, 1024) }, at }];
    }
    default:
      return [];
  }
}
/** Undefined where nothing is set (core.telegram.org/constructor/peerNotifySettings). */
export function mutedIn(settings: Plain | undefined, at: number): boolean | undefined {
  const until = intOf(settings, 'muteUntil');
  return until === undefined ? undefined : until * 1000 > at;
}

/**
 * A message told anew: its words may have changed, its reactions, its buttons or its poll (core.telegram.org/constructor/
 * updateEditMessage). It is no new message: one that is not here stays where its history will find it.
 */
function editEvents(message: Plain | undefined, context: UpdateContext, at: number): readonly ChannelEvent[] {
  const placed = message && placeOf(message, context);
  if (!message || !placed) return [];
  const target = messageKey(placed.peer, placed.id);
  const version = intOf(message, 'editDate');
  const { content } = contentOf(message, context);
  return [
    ...(version === undefined || version <= 0
      ? []
      : [
          {
            type: 'edited',
            target,
            content,
            at: version * 1000,
            version,
            // core.telegram.org/constructor/message: "whether the message should be shown as not modified".
            ...(isSet(message, 'editHide') ? { quiet: true } : {}),
          } as const,
        ]),
    ...context.reactions.events(target, childOf(message, 'reactions'), context.me, at),
  ];
}
/** In groups nobody in particular has read: only the one other person of a private chat is told of. */
function readEvents(
  peer: Peer | undefined,
  upTo: number | undefined,
  who: 'me' | 'them',
  context: UpdateContext,
  at: number,
  topic?: number,
): readonly ChannelEvent[] {
  if (!peer || upTo === undefined || upTo <= 0) return [];
  if (who === 'me') context.read(peer, upTo, topic);
  else if (peer.kind !== 'user') return [];
  const by = who === 'me' ? 'me' : userKey(peer);
  return [{ type: 'receipt', receipt: 'read', by, upTo: messageKey(peer, upTo), at }];
}
function typingEvents(update: Plain, context: UpdateContext): readonly ChannelEvent[] {
  const user = longOf(update, 'userId');
  const by: Peer | undefined =
    update._ === 'UpdateUserTyping' && user !== undefined ? { kind: 'user', id: user } : peerOf(update, 'fromId');
  const where = update._ === 'UpdateUserTyping' ? by : peerIn({ ...update, userId: undefined });
  if (!by || !where) return [];
  const topic = context.isForum(where) ? intOf(update, 'topMsgId') : undefined;
  const ttlMs = childOf(update, 'action')?._ === 'SendMessageCancelAction' ? 0 : typingMs;
  return [{ type: 'typing', conversation: conversationKey(where, topic), by: userKey(by), ttlMs }];
}
function statusEvents(update: Plain): readonly ChannelEvent[] {
  const user = longOf(update, 'userId');
  const status = childOf(update, 'status');
  if (user === undefined || !status) return [];
  const by = userKey({ kind: 'user', id: user });
  const expires = intOf(status, 'expires');
  if (status._ !== 'UserStatusOnline') return [{ type: 'presence', by, state: 'offline' }];
  return [
    {
      type: 'presence',
      by,
      state: 'online',
      ...(expires === undefined || expires < 0 ? {} : { until: expires * 1000 }),
    },
  ];
}
