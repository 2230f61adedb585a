import type {
  Author,
  Content,
  ConversationKey,
  IncomingMessage,
  Part,
  TxnId,
} from '../../../src-shared/model/index.ts';
import { commonMessageKey, conversationKey, messageKey, orderOf, type Peer, peerOf, userKey } from '../ids.ts';
import { childOf, childrenOf, intOf, isSet, jsonOf, longOf, type Plain, textOf } from '../remote/plain.ts';
import { buttonParts } from './buttons.ts';
import { mediaParts } from './media.ts';
import { servicePart } from './service.ts';
import { mentionsOf, toText } from './text.ts';

/** What mapping has to know besides the message itself. */
export interface MapContext {
  /** The account's own user id. */
  readonly me: string;
  isForum(peer: Peer): boolean;
  /** Up to which message the account has read, where that is known. */
  readUpTo(conversation: ConversationKey): number | undefined;
  /** The transaction a message of ours was sent in. */
  txnOf(peer: Peer, id: number): TxnId | undefined;
  /** A name for a peer, where one is known. */
  nameOf(peer: Peer): string | undefined;
}
/** Where a message is; undefined for what is no message, or an empty one (core.telegram.org/constructor/messageEmpty). */
export interface Placed {
  readonly peer: Peer;
  readonly id: number;
  readonly conversation: ConversationKey;
}
export function placeOf(message: Plain, context: Pick<MapContext, 'isForum'>): Placed | undefined {
  const peer = peerOf(message, 'peerId');
  const id = intOf(message, 'id');
  if (!peer || id === undefined || id <= 0 || !/^Message(Service)?$/.test(message._)) return undefined;
  return { peer, id, conversation: conversationKey(peer, context.isForum(peer) ? topicIn(message) : undefined) };
}
/** core.telegram.org/api/forum: the reply header names the topic, in one field or the other; none means "General". */
function topicIn(message: Plain): number | undefined {
  if (childOf(message, 'action')?._ === 'MessageActionTopicCreate') return intOf(message, 'id');
  const header = childOf(message, 'replyTo');
  if (!isSet(header, 'forumTopic')) return undefined;
  return intOf(header, 'replyToTopId') ?? intOf(header, 'replyToMsgId');
}

/** A message of the network as one of the model; undefined for what is none. Never throws, whatever it is given. */
export function toMessage(message: Plain, context: MapContext): IncomingMessage | undefined {
  const placed = placeOf(message, context);
  const seconds = intOf(message, 'date');
  if (!placed || seconds === undefined || seconds < 0) return undefined;
  const { peer, id, conversation } = placed;
  const at = seconds * 1000;
  const edited = intOf(message, 'editDate');
  const txn = context.txnOf(peer, id);
  const { content, kept } = contentOf(message, context);
  const replyTo = answered(message, peer);
  const forwardedFrom = forwarded(message, context);
  const read = isSet(message, 'out') ? undefined : context.readUpTo(conversation);
  const flags = {
    ...(read !== undefined && id <= read ? { read: true } : {}),
    ...(isSet(message, 'pinned') ? { pinned: true } : {}),
  };
  return {
    ...content,
    key: messageKey(peer, id),
    conversation,
    from: authorOf(message, peer, context),
    at,
    order: orderOf(id),
    ...(txn === undefined ? {} : { txn }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
    ...(Object.keys(flags).length > 0 ? { flags } : {}),
    ...(edited === undefined || edited <= 0 || isSet(message, 'editHide')
      ? versionOf(edited)
      : { version: edited, editedAt: edited * 1000 }),
    ...(kept ? { raw: { telegram: jsonOf(message) } } : {}),
  };
}
/** An edit nobody shall see as one (a poll's votes, a button's text) is still a later text. */
const versionOf = (edited: number | undefined) => (edited === undefined || edited <= 0 ? {} : { version: edited });

/** What people wrote. `kept`: there is more to it than the model has words for. */
export function contentOf(message: Plain, context: Pick<MapContext, 'me'>): { content: Content; kept: boolean } {
  const at = (intOf(message, 'date') ?? 0) * 1000;
  if (message._ === 'MessageService') {
    const part = servicePart(childOf(message, 'action'), isSet(message, 'out'));
    return { content: { parts: [part] }, kept: true };
  }
  const text = textOf(message, 'message') ?? '';
  const entities = childrenOf(message, 'entities');
  const mentions = mentionsOf(text, entities, context.me);
  const media = mediaParts(childOf(message, 'media'), at, longOf(message, 'groupedId'));
  const words: readonly Part[] = text === '' ? [] : [toText(text, entities)];
  const parts = [...media.filter(above), ...words, ...media.filter((part) => !above(part))];
  const whole = [...parts, ...buttonParts(childOf(message, 'replyMarkup'))];
  const empty: Part = { kind: 'unsupported', what: 'a message without content' };
  return {
    content: {
      parts: whole.length > 0 ? whole : [empty],
      ...(mentions.length > 0 ? { mentions: [...mentions] } : {}),
    },
    kept: whole.length === 0 || whole.some(({ kind }) => kind === 'unsupported') || more(message),
  };
}
/** A picture stands above its caption, a preview below the words it is of. */
const above = ({ kind }: Part): boolean => kind !== 'link-preview';
const more = (message: Plain): boolean =>
  ['viaBotId', 'factcheck', 'richMessage', 'ttlPeriod'].some((field) => message[field] !== undefined);

function authorOf(message: Plain, peer: Peer, context: MapContext): Author {
  if (isSet(message, 'out')) return { is: 'me', key: userKey({ kind: 'user', id: context.me }) };
  // Posts of a channel have no sender but the channel, and perhaps a signature (core.telegram.org/constructor/message).
  const from = peerOf(message, 'fromId') ?? peer;
  if (from.kind === 'user' && from.id === context.me) return { is: 'me', key: userKey(from) };
  const name = textOf(message, 'postAuthor') ?? (from.kind === 'user' ? undefined : context.nameOf(from));
  return { is: 'user', key: userKey(from), ...(name ? { name: name.slice(0, 1024) } : {}) };
}
function answered(message: Plain, peer: Peer) {
  const header = childOf(message, 'replyTo');
  const id = intOf(header, 'replyToMsgId');
  // In a forum, naming the topic alone is no answer.
  if (id === undefined || id <= 0 || (isSet(header, 'forumTopic') && intOf(header, 'replyToTopId') === undefined))
    return undefined;
  const elsewhere = peerOf(header, 'replyToPeerId');
  return elsewhere ? messageKey(elsewhere, id) : peer.kind === 'channel' ? messageKey(peer, id) : commonMessageKey(id);
}
function forwarded(message: Plain, context: MapContext): { name: string; at?: number } | undefined {
  const header = childOf(message, 'fwdFrom');
  if (!header) return undefined;
  const from = peerOf(header, 'fromId');
  const name = textOf(header, 'fromName') ?? (from && context.nameOf(from)) ?? '';
  const date = intOf(header, 'date');
  return { name, ...(date === undefined || date < 0 ? {} : { at: date * 1000 }) };
}
