import { ChannelError } from '../../src-shared/channel.ts';
import {
  asLabelKey,
  asMessageKey,
  asUserKey,
  type LabelKey,
  type MessageKey,
  type UserKey,
} from '../../src-shared/model/index.ts';

/** Keys of this channel: how messages, labels, people and threads are written down. Parsed nowhere else. */

/** Gmail's own id of a message: unique over the mailbox, the same under every label, for as long as it exists. */
export const messageKey = (id: string): MessageKey => asMessageKey(id);
/** The id a key names. Throws `ChannelError` for a key that is none of Gmail's. */
export function idOf(key: MessageKey): string {
  if (/^[0-9a-z_-]{1,64}$/i.test(key)) return key;
  throw new ChannelError('not-found', 'refused', 'Gmail has no such message.');
}
export const labelKey = (id: string): LabelKey => asLabelKey(id);
export const userKey = (address: string): UserKey => asUserKey(address.trim().toLowerCase());

const threadPrefix = 'gmail-thread:';
/** Messages of one Gmail thread share this link, so that a thread is a conversation even where headers are cut. */
export const threadLink = (threadId: string): string => `${threadPrefix}${threadId}`;
export const isThreadLink = (link: string): boolean => link.startsWith(threadPrefix);

/** The one scope of history, and of what is new. */
export const historyScope = 'all';
export const liveScope = 'live';

/** The header field by which what was sent from here is known again: Gmail writes a Message-ID of its own. */
export const ownHeader = 'X-Carillon-Id';
