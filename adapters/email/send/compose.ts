import { ChannelError } from '../../../src-shared/channel.ts';
import {
  type BlobRef,
  type MessageKey,
  mediaOf,
  type OutgoingMessage,
  type TxnId,
} from '../../../src-shared/model/index.ts';
import { type ComposeOptions, type Mailbox, messageKeyOf, type OutgoingFile } from '../../_kit/mail/index.ts';
import { messageIdOf } from '../ids.ts';
import { messageIdOfKey } from '../operations/locate.ts';
import type { Working } from '../working.ts';

/** Who writes: the identity chosen, else the account's first. */
function senderOf({ context }: Pick<Working, 'context'>, message: OutgoingMessage): Mailbox {
  const { identities, key } = context.account;
  const address = message.from ?? identities[0]?.key ?? key;
  const name = message.fromName ?? identities.find((identity) => identity.key === address)?.name ?? '';
  return { name, address };
}

/** Everything about an outgoing message that follows from it and its transaction alone. */
export function compositionOf(
  working: Pick<Working, 'context'>,
  message: OutgoingMessage,
  txn: TxnId,
): { key: MessageKey; links: readonly string[]; compose: Omit<ComposeOptions, 'files' | 'bcc'> } {
  const from = senderOf(working, message);
  const messageId = messageIdOf(txn, from.address);
  const inReplyTo = message.replyTo === undefined ? undefined : messageIdOfKey(message.replyTo);
  return {
    key: messageKeyOf(messageId, message.at),
    links: [...new Set([messageId, ...(message.references ?? []), ...(inReplyTo ? [inReplyTo] : [])])],
    compose: { messageId, from, ...(inReplyTo ? { inReplyTo } : {}) },
  };
}

/** The bytes of every file the message carries, in order. Throws a `ChannelError` when one cannot be read. */
export async function filesOf(
  message: OutgoingMessage,
  open: (ref: BlobRef) => Promise<Uint8Array>,
): Promise<readonly OutgoingFile[]> {
  const files: OutgoingFile[] = [];
  for (const media of message.parts.flatMap((part) => mediaOf(part))) {
    let bytes: Uint8Array;
    try {
      bytes = await open(media.ref);
    } catch (cause) {
      if (cause instanceof ChannelError) throw cause;
      throw new ChannelError(
        'attachment',
        'refused',
        `The file “${media.name ?? 'attachment'}” can no longer be read.`,
        {
          cause,
        },
      );
    }
    files.push({
      name: media.name ?? 'attachment',
      mime: media.mime,
      bytes,
      ...(media.contentId === undefined ? {} : { contentId: media.contentId }),
      ...(media.inline === undefined ? {} : { inline: media.inline }),
    });
  }
  return files;
}
