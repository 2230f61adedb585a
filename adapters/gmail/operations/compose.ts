import { ChannelError, type SendOptions } from '../../../src-shared/channel.ts';
import type { OutgoingMessage, TxnId } from '../../../src-shared/model/index.ts';
import { type ComposedMail, composeMail, forMailbox, outgoingFiles, senderOf } from '../../_kit/mail/index.ts';
import { idOf, isThreadLink, ownHeader } from '../ids.ts';
import { messageIdIn } from '../map.ts';
import { Message } from '../wire.ts';
import type { Working } from '../working.ts';

/** What a message answers, as Gmail wants it told: the thread, and the identifier in the headers. */
interface Answered {
  readonly threadId: string;
  readonly messageId: string | undefined;
}

/** Undefined when it answers nothing, or what it answers is no longer there. */
async function answeredBy(
  { google }: Working,
  { replyTo }: OutgoingMessage,
  signal: AbortSignal,
): Promise<Answered | undefined> {
  if (replyTo === undefined) return undefined;
  try {
    const message = await google.call(Message, { signal }, () =>
      google.users.messages.get({
        userId: 'me',
        id: idOf(replyTo),
        format: 'metadata',
        metadataHeaders: ['Message-ID'],
      }),
    );
    return { threadId: message.threadId, messageId: messageIdIn(message.payload) };
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not-found') return undefined;
    throw error;
  }
}

export interface Composed extends Pick<ComposedMail, 'raw'> {
  readonly threadId: string | undefined;
}

/**
 * The bytes of a message and the thread it goes into. Bcc stays in: Gmail reads the recipients from the header and takes
 * it out itself. Its own header names the transaction, for Gmail keeps no Message-ID but its own.
 */
export async function composeFor(
  working: Working,
  message: OutgoingMessage,
  options: { readonly txn: TxnId; readonly signal: AbortSignal; readonly draft: boolean } & Pick<SendOptions, 'open'>,
): Promise<Composed> {
  const from = senderOf(working.context.account, message);
  const answered = await answeredBy(working, message, options.signal);
  const { raw } = await composeMail(forMailbox(message, { draft: options.draft, isThreadLink }), {
    messageId: `${options.txn.replace(/[^\w.-]/g, '-')}@${from.address.split('@')[1] ?? 'localhost'}`,
    from,
    files: await outgoingFiles(message, options.open),
    headers: { [ownHeader]: options.txn },
    bcc: 'keep',
    ...(answered?.messageId === undefined ? {} : { inReplyTo: answered.messageId }),
  });
  return { raw, threadId: answered?.threadId };
}

export const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
