import {
  asBlobRef,
  asConversationKey,
  asMessageKey,
  asUserKey,
  type BlobRef,
  type ConversationKey,
  type MessageKey,
  type UserKey,
} from '../../src-shared/model/index.ts';
import { childOf, longOf, type Plain } from './remote/plain.ts';

/**
 * A peer is a user, a small group (`chat`) or a channel, which a supergroup is too (core.telegram.org/api/peers).
 * Their numbers overlap, so every key says which kind it means.
 */
export type PeerKind = 'user' | 'chat' | 'channel';
export interface Peer {
  readonly kind: PeerKind;
  readonly id: string;
}
const letters = { user: 'u', chat: 'c', channel: 'n' } as const;
const kinds: Readonly<Record<string, PeerKind>> = { u: 'user', c: 'chat', n: 'channel' };

export const peerText = ({ kind, id }: Peer): string => `${letters[kind]}${id}`;
/** Undefined for a key that is none of ours. */
export function peerFrom(text: string): Peer | undefined {
  const [, letter = '', id = ''] = /^([ucn])(\d{1,20})(?:\/\d+)?$/.exec(text) ?? [];
  const kind = kinds[letter];
  return kind ? { kind, id } : undefined;
}
/** The peer in a field that holds one; undefined where it holds none. */
export function peerOf(from: Plain | undefined, field: string): Peer | undefined {
  return peerIn(childOf(from, field));
}
export function peerIn(peer: Plain | undefined): Peer | undefined {
  const user = longOf(peer, 'userId');
  if (user !== undefined) return { kind: 'user', id: user };
  const chat = longOf(peer, 'chatId');
  if (chat !== undefined) return { kind: 'chat', id: chat };
  const channel = longOf(peer, 'channelId');
  return channel === undefined ? undefined : { kind: 'channel', id: channel };
}
export const userKey = (peer: Peer): UserKey => asUserKey(peerText(peer));

/** A topic of a forum is a conversation of its own. Topic 1, "General", is the forum itself. */
export const conversationKey = (peer: Peer, topic?: number): ConversationKey =>
  asConversationKey(topic === undefined || topic === 1 ? peerText(peer) : `${peerText(peer)}/${topic}`);
export function topicOf(key: string): number | undefined {
  const topic = /\/(\d+)$/.exec(key)?.[1];
  return topic === undefined ? undefined : Number(topic);
}

/**
 * Messages of users and small groups share one numbering over the account, so that a deletion names them by number alone;
 * each channel has its own (core.telegram.org/api/updates, core.telegram.org/constructor/updateDeleteMessages).
 */
export const messageKey = (peer: Peer, id: number): MessageKey =>
  asMessageKey(peer.kind === 'channel' ? `${peerText(peer)}:${id}` : `m${id}`);
export const commonMessageKey = (id: number): MessageKey => asMessageKey(`m${id}`);
export interface MessagePlace {
  /** Only for channels: elsewhere the number says it all. */
  readonly channel: Peer | undefined;
  readonly id: number;
}
export function messagePlace(key: string): MessagePlace | undefined {
  const [, channel, id = ''] = /^(?:m|n(\d{1,20}):)(\d{1,10})$/.exec(key) ?? [];
  if (id === '') return undefined;
  return { channel: channel === undefined ? undefined : { kind: 'channel', id: channel }, id: Number(id) };
}
/** Compared as text, so every number has the same width; ids are 32-bit. */
export const orderOf = (id: number): string => String(id).padStart(10, '0');

/** `still`: the picture beside a document that moves. */
export const blobRef = (kind: 'photo' | 'document' | 'still' | 'emoji', id: string): BlobRef =>
  asBlobRef(`${kind}:${id}`);
/** A picture of somebody or of a group, which lies in a data center of its own; another picture has another number. */
export const avatarRef = (photo: string, dc: number): BlobRef => asBlobRef(`avatar:${photo}:${dc}`);
export function avatarPlace(ref: string): { readonly photo: string; readonly dc: number } | undefined {
  const [, photo, dc] = /^avatar:(\d{1,20}):(\d{1,4})$/.exec(ref) ?? [];
  return photo === undefined ? undefined : { photo, dc: Number(dc) };
}

/** An emoji that is a picture is called by the number of its document (core.telegram.org/api/custom-emoji). */
export const emojiName = (document: string): string => `:${document}:`;
/** Of signs that are text by themselves Telegram leaves out the selector that draws them as emoji (Unicode TR 51, 4.1). */
export const emojiShown = (emoticon: string): string =>
  emoticon.replace(/(?!\p{Emoji_Presentation}|[0-9#*])\p{Emoji}(?!\uFE0F|\p{Emoji_Modifier})/gu, '$&\uFE0F');
export const emojiSent = (emoji: string): string => emoji.replaceAll('\uFE0F', '');
export const emojiDocument = (name: string): string | undefined => /^:(\d{1,20}):$/.exec(name)?.[1];
