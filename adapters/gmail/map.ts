import { asTxnId, type ChannelEvent, type IncomingMessage, type Media, TxnId } from '../../src-shared/model/index.ts';
import { type MailJob, type MailResult, refOf, withMedia } from '../_kit/mail/index.ts';
import { messageKey, ownHeader, threadLink } from './ids.ts';
import { flagsOf, placementsOf } from './labels.ts';
import { sectionsOf, toSource } from './source.ts';
import type { Message, Payload } from './wire.ts';

/** Gmail's words in the model's words; pure. `observedAt`: when the labels were seen, Unix ms. */

export const jobOf = ({ id, labelIds = [], internalDate, payload }: Message, observedAt: number): MailJob => ({
  source: toSource(payload ?? {}),
  placements: placementsOf(id, labelIds),
  flags: flagsOf(labelIds),
  observedAt,
  ...(internalDate === undefined ? {} : { receivedAt: internalDate }),
});

const headerIn = (payload: Payload | undefined, wanted: string): string | undefined =>
  payload?.headers?.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.value;
export const messageIdIn = (payload: Payload | undefined): string | undefined =>
  /<([^<>\s]+)>/.exec(headerIn(payload, 'message-id') ?? '')?.[1];
/** The transaction a message was sent by, where it was sent from here. */
export function txnIn(payload: Payload | undefined): TxnId | undefined {
  const read = TxnId.safeParse(headerIn(payload, ownHeader)?.trim());
  return read.success ? asTxnId(read.data) : undefined;
}

/** What the kit made of the source, under Gmail's own names. */
export function toEvents(message: Message, { message: mail, users }: MailResult): readonly ChannelEvent[] {
  const { id, threadId, labelIds = [], payload } = message;
  const sizes = new Map(
    sectionsOf(payload ?? {}).map(({ section, part }) => [refOf(section), part.body?.size] as const),
  );
  const sized = (media: Media): Media => {
    const bytes = sizes.get(media.ref);
    return bytes === undefined ? media : { ...media, bytes };
  };
  const txn = mail.from.is === 'me' && labelIds.includes('SENT') ? txnIn(payload) : undefined;
  const named: IncomingMessage = {
    ...mail,
    key: messageKey(id),
    links: [...(mail.links ?? []), threadLink(threadId)],
    parts: mail.parts.map((part) => withMedia(part, sized)),
    ...(txn === undefined ? {} : { txn }),
  };
  return [...users, { type: 'message', message: named }];
}

/** A message nobody could read: shown as what it is, with all Gmail said kept. */
export function unreadable(id: string, threadId: string, said: unknown, at: number): ChannelEvent {
  return {
    type: 'message',
    message: {
      key: messageKey(id),
      links: [threadLink(threadId)],
      from: { is: 'system' },
      at,
      parts: [{ kind: 'unsupported', what: 'a message Gmail told in a form that cannot be read' }],
      placements: placementsOf(id, []),
      observedAt: at,
      raw: { gmail: said },
    },
  };
}
