import { ChannelError, type SendOptions } from '../../../src-shared/channel.ts';
import { type BlobRef, mediaOf, type OutgoingMessage, type TxnId } from '../../../src-shared/model/index.ts';
import { type ComposedMail, composeMail, isAddress, type Mailbox, type OutgoingFile } from '../../_kit/mail/index.ts';
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

/** Who writes: the identity chosen, else the account's first. */
function senderOf({ context }: Working, message: OutgoingMessage): Mailbox {
  const { identities, key } = context.account;
  const address = message.from ?? identities[0]?.key ?? key;
  return { address, name: message.fromName ?? identities.find((one) => one.key === address)?.name ?? '' };
}

async function filesOf(
  message: OutgoingMessage,
  open: (ref: BlobRef) => Promise<Uint8Array>,
): Promise<readonly OutgoingFile[]> {
  const files: OutgoingFile[] = [];
  for (const { ref, mime, name = 'attachment', contentId, inline } of message.parts.flatMap(mediaOf)) {
    try {
      const bytes = await open(ref);
      files.push({
        name,
        mime,
        bytes,
        ...(contentId === undefined ? {} : { contentId }),
        ...(inline === undefined ? {} : { inline }),
      });
    } catch (cause) {
      if (cause instanceof ChannelError) throw cause;
      throw new ChannelError('attachment', 'refused', `The file “${name}” can no longer be read.`, { cause });
    }
  }
  return files;
}

/**
 * The bytes of a message and the thread it goes into. Bcc stays in: Gmail reads the recipients from the header and takes
 * it out itself. Its own header names the transaction, for Gmail keeps no Message-ID but its own.
 */
export async function composeFor(
  working: Working,
  message: OutgoingMessage,
  options: { readonly txn: TxnId; readonly signal: AbortSignal; readonly draft: boolean } & Pick<SendOptions, 'open'>,
): Promise<Pick<ComposedMail, 'raw'> & { readonly threadId: string | undefined }> {
  const from = senderOf(working, message);
  const answered = await answeredBy(working, message, options.signal);
  const recipients = message.recipients ?? [];
  if (!options.draft && recipients.length === 0)
    throw new ChannelError('no-recipient', 'refused', 'The message has no recipient.');
  const { raw } = await composeMail(
    {
      ...message,
      // Half an address is none yet: in a draft it stays with the words here.
      recipients: options.draft ? recipients.filter(({ key }) => isAddress(key)) : recipients,
      references: (message.references ?? []).filter((link) => !isThreadLink(link)),
    },
    {
      messageId: `${options.txn.replace(/[^\w.-]/g, '-')}@${from.address.split('@')[1] ?? 'localhost'}`,
      from,
      files: await filesOf(message, options.open),
      headers: { [ownHeader]: options.txn },
      bcc: 'keep',
      ...(answered?.messageId === undefined ? {} : { inReplyTo: answered.messageId }),
    },
  );
  return { raw, threadId: answered?.threadId };
}

export const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
