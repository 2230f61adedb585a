import { ChannelError, type SendOptions } from '../../../src-shared/channel.ts';
import type { TxnId } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import type { OutgoingFile } from '../../_kit/mail/index.ts';
import { isGone } from '../fetch.ts';
import { txnIn } from '../map.ts';
import { Message, Named, Page, Upload } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';
import type { Composed } from './compose.ts';

/** An upload may take this long, ms. */
const uploadMs = 600_000;
/** Below this a file goes within one request (https://learn.microsoft.com/en-us/graph/outlook-large-attachments). Bytes. */
const sessionFrom = 3 * 1024 * 1024;
/** Pieces are multiples of 320 KiB, and under 4 MB. Bytes. */
const pieceBytes = 8 * 320 * 1024;
/** Upload sessions that are begun for one file. */
const sessions = 3;
/** What a session says that has run out (404, 410), or that expects another piece (416). */
const ended = new Set(['not-found', 'gone', 'refused']);
/** Newest messages of a folder that are looked through. */
const lookedThrough = 25;

/** Puts a composed message among the drafts, its large files after it. Answers its id. */
export async function placeDraft(
  { graph }: Working,
  { raw, large }: Composed,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress?: SendOptions['progress'] },
  made: (id: string) => Promise<void>,
): Promise<string> {
  const call = { signal, repeatable: false, timeoutMs: uploadMs };
  const total = large.reduce((sum, { bytes }) => sum + bytes.byteLength, raw.byteLength);
  progress?.(0, total);
  const mime = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64');
  const { id } = await graph.ask(Named, { method: 'POST', path: '/me/messages', mime }, call);
  await made(id);
  let sent = raw.byteLength;
  progress?.(sent, total);
  for (const file of large) {
    try {
      await attach(graph, id, file, signal, (bytes) => progress?.(sent + bytes, total));
    } catch (error) {
      if (!isGone(error)) throw error;
      // Somebody threw the draft away, or its session ran out time and again: another is made.
      throw new ChannelError('interrupted', 'not-done', 'Outlook lost the message while it was being put together.', {
        cause: error,
      });
    }
    sent += file.bytes.byteLength;
  }
  return id;
}

async function attach(
  graph: Working['graph'],
  id: string,
  { name, mime, bytes, inline, contentId }: OutgoingFile,
  signal: AbortSignal,
  /** Of the file, so far. */
  went: (bytes: number) => void,
): Promise<void> {
  const call = { signal, repeatable: false, timeoutMs: uploadMs };
  const shown = { ...(inline === true ? { isInline: true } : {}), ...(contentId === undefined ? {} : { contentId }) };
  if (bytes.byteLength < sessionFrom) {
    const json = {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name,
      contentType: mime,
      contentBytes: Buffer.from(bytes).toString('base64'),
      ...shown,
    };
    await graph.tell({ method: 'POST', path: messagePath(id, '/attachments'), json }, call);
    went(bytes.byteLength);
    return;
  }
  const item = { attachmentType: 'file', name, size: bytes.byteLength, contentType: mime, ...shown };
  const path = messagePath(id, '/attachments/createUploadSession');
  for (let session = 1; ; session++) {
    const { uploadUrl } = await graph.ask(Upload, { method: 'POST', path, json: { AttachmentItem: item } }, call);
    try {
      await upload(graph, uploadUrl, bytes, call, went);
      return;
    } catch (error) {
      // It has run out, or what it has got is not what we think: nothing of it is at the message, so it is begun anew.
      const over = error instanceof ChannelError && ended.has(error.code);
      if (!over || session === sessions) throw error;
    }
  }
}

async function upload(
  graph: Working['graph'],
  url: string,
  bytes: Uint8Array,
  call: CallOptions,
  went: (bytes: number) => void,
): Promise<void> {
  const total = bytes.byteLength;
  for (let start = 0; start < total; start += pieceBytes) {
    const piece = new Uint8Array(bytes.subarray(start, start + pieceBytes));
    const end = start + piece.byteLength;
    // Of the last piece alone it must not be doubtful whether it was taken: it puts the file to the message.
    await graph.piece(url, piece, { start, total }, { ...call, repeatable: end < total });
    went(end);
  }
}

/** The newest message of a folder that carries the transaction; headers cannot be searched for. */
export async function findByTxn(
  { graph }: Working,
  folder: 'drafts' | 'sentitems',
  txn: TxnId,
  signal: AbortSignal,
): Promise<string | undefined> {
  const query = {
    $select: 'id,parentFolderId,internetMessageHeaders,internetMessageId',
    $top: String(lookedThrough),
    $orderby: 'receivedDateTime desc',
  };
  const { value } = await graph.ask(Page, { path: `/me/mailFolders/${folder}/messages`, query }, { signal });
  return value.flatMap((one) => Message.safeParse(one).data ?? []).find((one) => txnIn(one) === txn)?.id;
}
