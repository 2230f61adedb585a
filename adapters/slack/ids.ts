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

/**
 * A message's name within its conversation: seconds and microseconds of its time with a dot between
 * (https://docs.slack.dev/messaging/retrieving-messages). It never changes, and the later message has the greater one.
 */
export type Ts = string;
const written = /^(\d{1,12})\.(\d{6})$/;
export const isTs = (text: string): text is Ts => written.test(text);

/** One account a person and workspace. */
export const accountKey = (team: string, user: string): UserKey => asUserKey(`${team}/${user}`);
export const conversationKey = (channel: string): ConversationKey => asConversationKey(channel);
export const userKey = (user: string): UserKey => asUserKey(user);
export const messageKey = (channel: string, ts: Ts): MessageKey => asMessageKey(`${channel}/${ts}`);

/** Where a message of ours stands; undefined for a key that is not ours. */
export function placeOf(key: string): { readonly channel: string; readonly ts: Ts } | undefined {
  const [channel, ts, more] = key.split('/');
  return channel && ts && more === undefined && isTs(ts) ? { channel, ts } : undefined;
}

/** Compared as text, so every one has the same width. */
export function orderOf(ts: Ts): string {
  const [, seconds = '', micros = ''] = written.exec(ts) ?? [];
  return `${seconds.padStart(12, '0')}.${micros}`;
}
/** Unix ms. */
export const timeOf = (ts: Ts): number => Math.floor(microsOf(ts) / 1000);
/** Unix microseconds: whole numbers that a double still holds exactly, and that grow with every edit. */
export function microsOf(ts: Ts): number {
  const [, seconds = '0', micros = '0'] = written.exec(ts) ?? [];
  return Number(seconds) * 1_000_000 + Number(micros);
}
export function tsOf(ms: number): Ts {
  const micros = Math.max(0, Math.round(ms * 1000));
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}
/** Negative when `a` is the earlier. Of the same width, as all are from 2001 to 2286, their texts say it. */
export const compareTs = (a: Ts, b: Ts): number =>
  a.length !== b.length ? microsOf(a) - microsOf(b) : a < b ? -1 : a > b ? 1 : 0;

/** Bytes this channel can fetch: a file, the picture of a custom emoji, or a public picture of a preview. */
export type BlobPlace =
  | { readonly of: 'file'; readonly id: string }
  | { readonly of: 'emoji'; readonly name: string }
  | { readonly of: 'picture'; readonly url: string };
export const fileRef = (id: string): BlobRef => asBlobRef(`file:${id}`);
export const emojiRef = (name: string): BlobRef => asBlobRef(`emoji:${name}`);
export const pictureRef = (url: string): BlobRef => asBlobRef(`picture:${url}`);
export function blobPlace(ref: string): BlobPlace | undefined {
  const [, of, rest = ''] = /^(file|emoji|picture):(.+)$/s.exec(ref) ?? [];
  switch (of) {
    case 'file':
      return { of, id: rest };
    case 'emoji':
      return { of, name: rest };
    case 'picture':
      return { of, url: rest };
    default:
      return undefined;
  }
}
