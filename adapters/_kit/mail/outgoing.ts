import { type AccountDescription, ChannelError, type SendOptions } from '../../../src-shared/channel.ts';
import { mediaOf, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import type { Mailbox, OutgoingFile } from './api.ts';

/** Who writes: the identity chosen, else the account's first. */
export function senderOf({ identities, key }: AccountDescription, message: OutgoingMessage): Mailbox {
  const address = message.from ?? identities[0]?.key ?? key;
  return { address, name: message.fromName ?? identities.find((one) => one.key === address)?.name ?? '' };
}

/** The files of a message with their bytes, one after the other. Rejects for one that cannot be read (any more). */
export async function outgoingFiles(
  message: OutgoingMessage,
  open: SendOptions['open'],
): Promise<readonly OutgoingFile[]> {
  const files: OutgoingFile[] = [];
  for (const { ref, mime, name = 'attachment', contentId, inline } of message.parts.flatMap(mediaOf)) {
    try {
      const bytes = await open(ref);
      const more = { ...(contentId === undefined ? {} : { contentId }), ...(inline === undefined ? {} : { inline }) };
      files.push({ name, mime, bytes, ...more });
    } catch (cause) {
      if (cause instanceof ChannelError) throw cause;
      throw new ChannelError('attachment', 'refused', `The file “${name}” can no longer be read.`, { cause });
    }
  }
  return files;
}
