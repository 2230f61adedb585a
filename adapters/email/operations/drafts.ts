import type { ImapFlow } from 'imapflow';
import type { Done, OperationOptions } from '../../../src-shared/channel.ts';
import type { MessageKey, OutgoingMessage } from '../../../src-shared/model/index.ts';
import { composeMail } from '../../_kit/mail/index.ts';
import { folderLabel, refOf } from '../ids.ts';
import { priorities } from '../imap/connection.ts';
import { compositionOf } from '../send/compose.ts';
import type { Working } from '../working.ts';
import { searchMessageId } from './locate.ts';
import { removeMessages } from './remove.ts';

/** Puts a draft on the server, then takes away the one it replaces; in this order, so that one is always there. */
export async function saveDraft(
  working: Working,
  draft: OutgoingMessage,
  replaces: MessageKey | undefined,
  options: OperationOptions,
): Promise<Done & { key: MessageKey }> {
  const { key, compose } = compositionOf(working, draft, options.txn);
  // A draft's files stay on this machine until it is sent: they may be large and change with every save.
  const { raw } = await composeMail(draft, { ...compose, files: [], bcc: 'keep' });
  const at = working.context.clock.now();
  const path = await working.folder('drafts');
  const placed = await working
    .work()
    .use(
      priorities.person,
      async (client) =>
        await appendOnce(client, path, compose.messageId, raw, ['\\Draft', '\\Seen'], new Date(draft.at)),
      { signal: options.signal },
    );
  const former =
    replaces === undefined || replaces === key
      ? { events: [] }
      : await removeMessages(working, [{ message: replaces, conversation: undefined }], 'me', options);
  working.lookAround();
  return {
    key,
    events: [
      ...former.events,
      ...(placed
        ? [
            {
              type: 'placed' as const,
              target: key,
              label: folderLabel(path),
              ref: refOf(placed.uidValidity, placed.uid),
              on: true,
              at,
            },
          ]
        : []),
    ],
  };
}

export const discardDraft = async (working: Working, key: MessageKey, options: OperationOptions): Promise<Done> =>
  await removeMessages(working, [{ message: key, conversation: undefined }], 'me', options);

/**
 * Files a message in a folder unless one with its Message-ID is there already: a former try may have got this far.
 * Answers where it lies, as far as the server tells (UIDPLUS, RFC 4315).
 */
export async function appendOnce(
  client: ImapFlow,
  path: string,
  messageId: string,
  raw: Uint8Array,
  flags: readonly string[],
  date: Date,
): Promise<{ uidValidity: bigint; uid: number } | undefined> {
  const mailbox = await client.mailboxOpen(path);
  const present = (await searchMessageId(client, messageId)).at(-1);
  if (present !== undefined) return { uidValidity: mailbox.uidValidity, uid: present };
  const response = await client.append(path, Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), [...flags], date);
  return response && response.uid !== undefined
    ? { uidValidity: response.uidValidity ?? mailbox.uidValidity, uid: response.uid }
    : undefined;
}
