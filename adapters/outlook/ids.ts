import { ChannelError } from '../../src-shared/channel.ts';
import {
  asBlobRef,
  asLabelKey,
  asMessageKey,
  asUserKey,
  type BlobRef,
  type LabelKey,
  type MessageKey,
  type TxnId,
  type UserKey,
} from '../../src-shared/model/index.ts';
import { Id } from './wire.ts';

/** Keys of this channel: how messages, labels, people and files are written down. Parsed nowhere else. */

/** Outlook's immutable id: the same in every folder, for as long as the message is in the mailbox. */
export const messageKey = (id: string): MessageKey => asMessageKey(id);
/** The id a key names. Throws `ChannelError` for a key that is none of Outlook's. */
export function idOf(key: MessageKey): string {
  if (Id.safeParse(key).success) return key;
  throw new ChannelError('not-found', 'refused', 'Outlook has no such message.');
}
export const userKey = (address: string): UserKey => asUserKey(address.trim().toLowerCase());

const categoryPrefix = 'category:';
export const folderLabel = (id: string): LabelKey => asLabelKey(id);
export const categoryLabel = (name: string): LabelKey => asLabelKey(`${categoryPrefix}${name}`);
/** What Outlook thinks can wait: the other half of its focused inbox. */
export const otherLabel: LabelKey = asLabelKey('inbox:other');
export type LabelMeaning =
  | { readonly is: 'folder'; readonly id: string }
  | { readonly is: 'category'; readonly name: string }
  | { readonly is: 'other' };
export function meaningOf(key: LabelKey): LabelMeaning {
  if (key === otherLabel) return { is: 'other' };
  if (key.startsWith(categoryPrefix)) return { is: 'category', name: key.slice(categoryPrefix.length) };
  return { is: 'folder', id: key };
}

const filePrefix = 'file:';
export const fileRef = (id: string): BlobRef => asBlobRef(`${filePrefix}${id}`);
/** Undefined for a reference into the message's source. */
export const fileIdOf = (ref: BlobRef): string | undefined =>
  ref.startsWith(filePrefix) ? ref.slice(filePrefix.length) : undefined;

const threadPrefix = 'outlook-thread:';
/** Messages of one Outlook conversation share this link. */
export const threadLink = (conversationId: string): string => `${threadPrefix}${conversationId}`;
export const isThreadLink = (link: string): boolean => link.startsWith(threadPrefix);

/** The one scope of history; where the setting and each folder were left. */
export const historyScope = 'all';
export const settingScope = 'setting';
export const folderScope = (id: string): string => `folder:${id}`;
/** What a draft said when it was last saved here. */
export const draftScope = (id: string): string => `draft:${id}`;

/** The header field by which what was sent from here is known again. */
export const ownHeader = 'X-Carillon-Id';
const ownIdPrefix = 'carillon.';
/** The Message-ID of what is sent from here names the transaction too: whichever of the two Exchange keeps is enough. */
export const ownMessageId = (txn: TxnId, domain: string): string =>
  `${ownIdPrefix}${txn.replace(/[^\w.-]/g, '-')}@${domain}`;
/** With or without angle brackets; undefined for a Message-ID that was given elsewhere. */
export const txnOfMessageId = (messageId: string): string | undefined =>
  /^<?carillon\.([\w.-]{1,200})@/.exec(messageId)?.[1];
