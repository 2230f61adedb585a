import { ChannelError } from '../../src-shared/channel.ts';
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

/** Keys of this channel: how conversations, messages, people and files are written down. Parsed nowhere else. */

/** A chat is by itself, a channel in its team. */
export type Place =
  | { readonly is: 'chat'; readonly chat: string }
  | { readonly is: 'channel'; readonly team: string; readonly channel: string };
/** A message stands in a place; an answer in a channel also under the first message of its thread. */
export interface Spot {
  readonly place: Place;
  readonly id: string;
  readonly root: string | undefined;
}

const chatShape = /^19:[^/|\s]{1,300}$/;
const teamShape = /^[\w-]{1,100}$/;
const idShape = /^[\w-]{1,100}$/;

export const conversationKey = (place: Place): ConversationKey =>
  asConversationKey(place.is === 'chat' ? place.chat : `${place.team}/${place.channel}`);
/** Undefined for a key that is none of this channel's. */
export function placeOf(key: string): Place | undefined {
  const at = key.indexOf('/');
  if (at < 0) return chatShape.test(key) ? { is: 'chat', chat: key } : undefined;
  const [team, channel] = [key.slice(0, at), key.slice(at + 1)];
  return teamShape.test(team) && chatShape.test(channel) ? { is: 'channel', team, channel } : undefined;
}
export const isChatId = (id: string): boolean => chatShape.test(id);
export const isMessageId = (id: string): boolean => idShape.test(id);

export const messageKey = (place: Place, id: string, root?: string): MessageKey =>
  asMessageKey(`${conversationKey(place)}|${root === undefined ? '' : `${root}/`}${id}`);
export function spotIn(key: string): Spot | undefined {
  const at = key.lastIndexOf('|');
  const place = at < 0 ? undefined : placeOf(key.slice(0, at));
  const [first = '', second, ...more] = key.slice(at + 1).split('/');
  if (!place || more.length > 0 || !isMessageId(first) || (second !== undefined && !isMessageId(second)))
    return undefined;
  return second === undefined ? { place, id: first, root: undefined } : { place, id: second, root: first };
}
/** Throws `ChannelError` for a key that is none of Teams'. */
export function spotOf(key: MessageKey): Spot {
  const spot = spotIn(key);
  if (spot) return spot;
  throw new ChannelError('not-found', 'refused', 'Teams has no such message.');
}

/** Ids of people are GUIDs in any case of letters, of apps their own kind. */
export const userKey = (id: string): UserKey => asUserKey(id.toLowerCase());
export const appKey = (id: string): UserKey => asUserKey(`app:${id}`);

/** Many called at once: everybody of a chat, a channel, or a whole team. */
export const manyKinds = ['chat', 'channel', 'team'] as const;
export type Many = (typeof manyKinds)[number];
export const manyKey = (many: Many): UserKey => asUserKey(`!${many}`);
export const manyOf = (key: string): Many | undefined => manyKinds.find((many) => key === manyKey(many));
/** What they are called by in that place; undefined where there is no such thing. */
export function manyIn(place: Place, many: Many): string | undefined {
  if (place.is === 'chat') return many === 'chat' ? place.chat : undefined;
  return many === 'channel' ? place.channel : many === 'team' ? place.team : undefined;
}

/** Ids count milliseconds, so order by them is order in time; padded, for keys are compared as text. */
export const orderOf = (id: string): string | undefined => (/^\d{1,16}$/.test(id) ? id.padStart(16, '0') : undefined);

/** Ids so that the later is the greater as text. */
export const paddedId = (id: string): string => id.padStart(24, '0');

/** The picture of a person or a team: Graph names none, so it is asked for by whose it is. */
export const photoRef: BlobRef = asBlobRef('photo');
const hostedPrefix = 'hosted:';
const filePrefix = 'file:';
/** A picture Teams keeps with the message, or with another one. */
export const hostedRef = (id: string, of?: MessageKey): BlobRef =>
  asBlobRef(of === undefined ? `${hostedPrefix}${id}` : `${hostedPrefix}${id} ${of}`);
/** A file in somebody's OneDrive or a team's SharePoint, by the id of the attachment that points to it. */
export const fileRef = (attachment: string): BlobRef => asBlobRef(`${filePrefix}${attachment}`);
export type BlobPlace =
  /** `of`: the message it is kept with, where that is another one. */
  | { readonly is: 'hosted'; readonly id: string; readonly of: Spot | undefined }
  | { readonly is: 'file'; readonly id: string };
export function blobPlace(ref: BlobRef): BlobPlace | undefined {
  if (ref.startsWith(filePrefix)) return { is: 'file', id: ref.slice(filePrefix.length) };
  if (!ref.startsWith(hostedPrefix)) return undefined;
  const [id = '', key] = ref.slice(hostedPrefix.length).split(' ');
  const of = key === undefined ? undefined : spotIn(key);
  return key !== undefined && !of ? undefined : { is: 'hosted', id, of };
}
const hostedShape =
  /^\/(?:v1\.0|beta)\/(?:chats\/([^/]+)|teams\/([^/]+)\/channels\/([^/]+))\/messages\/([^/]+)(?:\/replies\/([^/]+))?\/hostedContents\/([\w=+%-]{1,1000})\/\$value$/;
/** Which picture of which message Teams' own link means; undefined for any other link. */
export function hostedAt(url: string): { readonly id: string; readonly of: MessageKey } | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const [, chat, team, channel, first = '', reply, hosted = ''] = hostedShape.exec(path) ?? [];
  try {
    const place = placeOf(decodeURIComponent(chat ?? `${team}/${channel}`));
    const of = place && messageKey(place, reply ?? first, reply === undefined ? undefined : first);
    return of !== undefined && spotIn(of) ? { id: decodeURIComponent(hosted), of } : undefined;
  } catch {
    return undefined; // not an address that was encoded
  }
}

/** Where the setting, and each conversation, were left. */
export const settingScope = 'setting';
export const ownEmojiScope = 'own-emoji';
export const placeScope = (place: Place): string => `place:${conversationKey(place)}`;

/** Below Graph's root. */
export const placePath = (place: Place, inner = ''): string =>
  place.is === 'chat'
    ? `/chats/${encodeURIComponent(place.chat)}${inner}`
    : `/teams/${encodeURIComponent(place.team)}/channels/${encodeURIComponent(place.channel)}${inner}`;
export function spotPath({ place, id, root }: Spot, inner = ''): string {
  const message = encodeURIComponent(id);
  return root === undefined
    ? placePath(place, `/messages/${message}${inner}`)
    : placePath(place, `/messages/${encodeURIComponent(root)}/replies/${message}${inner}`);
}
