import { type AccountDescription, ChannelError, type SendOptions } from '../../../src-shared/channel.ts';
import { mediaOf, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import type { Mailbox, OutgoingFile } from './api.ts';
import { isAddress } from './compose.ts';

/** Who writes: the identity chosen, else the account's first. */
export function senderOf({ identities, key }: AccountDescription, message: OutgoingMessage): Mailbox {
  const address = message.from ?? identities[0]?.key ?? key;
  return { address, name: message.fromName ?? identities.find((one) => one.key === address)?.name ?? '' };
}

/**
 * A message as a network takes it that keeps drafts: half an address is none yet, and stays with the words here; links of
 * the network's own are no references. Throws `ChannelError` (refused) for one that is to go to nobody.
 */
export function forMailbox(
  message: OutgoingMessage,
  { draft, isThreadLink }: { readonly draft: boolean; isThreadLink(link: string): boolean },
): OutgoingMessage {
  const { recipients = [], references = [] } = message;
  if (!draft && recipients.length === 0)
    throw new ChannelError('no-recipient', 'refused', 'The message has no recipient.');
  return {
    ...message,
    recipients: draft ? recipients.filter(({ key }) => isAddress(key)) : recipients,
    references: references.filter((link) => !isThreadLink(link)),
  };
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
