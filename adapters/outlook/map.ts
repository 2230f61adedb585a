import {
  asTxnId,
  type BlobRef,
  type ChannelEvent,
  type IncomingMessage,
  type Media,
  TxnId,
} from '../../src-shared/model/index.ts';
import { type MailJob, type MailResult, withMedia } from '../_kit/mail/index.ts';
import { fileRef, messageKey, ownHeader, threadLink, txnOfMessageId } from './ids.ts';
import { categoryEvents, flagsOf, placementsOf } from './labels.ts';
import { refAt } from './source.ts';
import type { File, Message } from './wire.ts';

/** Outlook's words in the model's words; pure. `observedAt`: when the message was seen, Unix ms. */

export const jobOf = (message: Message, source: MailJob['source'], observedAt: number): MailJob => ({
  source,
  placements: placementsOf(message),
  flags: flagsOf(message),
  observedAt,
  ...(message.receivedDateTime === undefined ? {} : { receivedAt: message.receivedDateTime }),
});

/** The transaction a message was sent or saved by, where that was done from here. */
export function txnIn({
  internetMessageHeaders = [],
  internetMessageId = '',
}: Pick<Message, 'internetMessageHeaders' | 'internetMessageId'>): TxnId | undefined {
  const found = internetMessageHeaders.find(({ name }) => name.toLowerCase() === ownHeader.toLowerCase());
  const read = TxnId.safeParse(found?.value.trim() ?? txnOfMessageId(internetMessageId));
  return read.success ? asTxnId(read.data) : undefined;
}
/** A copy that came back by mail (to oneself, from a list) is another message than the one that was sent. */
const isDelivered = ({ internetMessageHeaders = [] }: Message): boolean =>
  internetMessageHeaders.some(({ name }) => name.toLowerCase() === 'received');

/** What the kit made of the source, under Outlook's own names. `files`: in the order they stand in the source. */
export function toEvents(
  message: Message,
  files: readonly File[],
  { message: mail, users }: MailResult,
): readonly ChannelEvent[] {
  const byRef = new Map<BlobRef, File>(files.map((file, index) => [refAt(index), file]));
  const named = (media: Media): Media => {
    const file = byRef.get(media.ref);
    if (!file) return media;
    const { id, size, contentType } = file;
    const mime = contentType?.toLowerCase().split(';')[0]?.trim();
    return {
      ...media,
      ref: fileRef(id),
      ...(size === undefined ? {} : { bytes: size }),
      ...(mime ? { mime: mime.slice(0, 255) } : {}),
    };
  };
  const txn = mail.from.is === 'me' && message.isDraft !== true && !isDelivered(message) ? txnIn(message) : undefined;
  const incoming: IncomingMessage = {
    ...mail,
    key: messageKey(message.id),
    links: [...(mail.links ?? []), ...(message.conversationId ? [threadLink(message.conversationId)] : [])],
    parts: mail.parts.map((part) => withMedia(part, named)),
    // A draft is written again and again, and the last writing counts.
    ...(message.isDraft && message.lastModifiedDateTime ? { version: message.lastModifiedDateTime } : {}),
    ...(txn === undefined ? {} : { txn }),
  };
  return [...users, ...categoryEvents(message, mail.observedAt ?? mail.at), { type: 'message', message: incoming }];
}

/** A message nobody could read: shown as what it is, with all Graph said kept. */
export function unreadable(id: string, said: unknown, at: number): ChannelEvent {
  return {
    type: 'message',
    message: {
      key: messageKey(id),
      links: [threadLink(id)],
      from: { is: 'system' },
      at,
      parts: [{ kind: 'unsupported', what: 'a message Outlook told in a form that cannot be read' }],
      observedAt: at,
      raw: { outlook: said },
    },
  };
}
