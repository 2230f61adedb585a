import type { SendOptions } from '../../../src-shared/channel.ts';
import type { OutgoingMessage, TxnId } from '../../../src-shared/model/index.ts';
import { composeMail, forMailbox, type OutgoingFile, outgoingFiles, senderOf } from '../../_kit/mail/index.ts';
import { isGone } from '../fetch.ts';
import { idOf, isThreadLink, ownHeader, ownMessageId } from '../ids.ts';
import { State } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';

/** Files above this are uploaded by themselves (https://learn.microsoft.com/en-us/graph/outlook-large-attachments). Bytes. */
const uploadFrom = 3 * 1024 * 1024;
/** Files that may go within one request, if there is room. Bytes. */
const withinAll = 2 * 1024 * 1024;
/** What a request of 4 MB carries, which takes the message in base64. Bytes. */
const rawBytes = 3 * 1024 * 1024;

/** The bytes of a draft, and what has to be uploaded to it afterwards. */
export interface Composed {
  readonly raw: Uint8Array;
  readonly large: readonly OutgoingFile[];
}

/** Undefined when it answers nothing, or what it answers is no longer there. */
async function answeredId(
  { graph }: Working,
  { replyTo }: OutgoingMessage,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (replyTo === undefined) return undefined;
  try {
    const query = { $select: 'id,parentFolderId,internetMessageId' };
    const Answered = State.pick({ id: true }).loose();
    const { internetMessageId } = await graph.ask(Answered, { path: messagePath(idOf(replyTo)), query }, { signal });
    return typeof internetMessageId === 'string' ? internetMessageId.replace(/^<|>$/g, '') : undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * The message as MIME, which Graph takes for a draft whole: alternatives, references and pictures in the text stay as
 * they were composed. Bcc stays in: Exchange takes it out. Its own header names the transaction.
 */
export async function composeFor(
  working: Working,
  message: OutgoingMessage,
  options: { readonly txn: TxnId; readonly signal: AbortSignal; readonly draft: boolean } & Pick<SendOptions, 'open'>,
): Promise<Composed> {
  const from = senderOf(working.context.account, message);
  const inReplyTo = await answeredId(working, message, options.signal);
  const outgoing = forMailbox(message, { draft: options.draft, isThreadLink });
  const within: OutgoingFile[] = [];
  const large: OutgoingFile[] = [];
  let size = 0;
  for (const file of await outgoingFiles(message, options.open)) {
    const fits = file.bytes.byteLength < uploadFrom && size + file.bytes.byteLength <= withinAll;
    (fits ? within : large).push(file);
    if (fits) size += file.bytes.byteLength;
  }
  const composed = async (files: readonly OutgoingFile[]): Promise<Uint8Array> => {
    const { raw } = await composeMail(outgoing, {
      messageId: ownMessageId(options.txn, from.address.split('@')[1] ?? 'localhost'),
      from,
      files,
      headers: { [ownHeader]: options.txn },
      bcc: 'keep',
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
    });
    return raw;
  };
  const raw = await composed(within);
  if (raw.byteLength <= rawBytes || within.length === 0) return { raw, large };
  // Beside many words there is no room for files.
  return { raw: await composed([]), large: [...within, ...large] };
}
