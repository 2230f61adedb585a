import type { SendOptions } from '../../../src-shared/channel.ts';
import type { TxnId } from '../../../src-shared/model/index.ts';
import type { OutgoingFile } from '../../_kit/mail/index.ts';
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
  for (const file of large)
    await attach(graph, id, file, signal, (bytes) => {
      sent += bytes;
      progress?.(sent, total);
    });
  return id;
}

async function attach(
  graph: Working['graph'],
  id: string,
  { name, mime, bytes, inline, contentId }: OutgoingFile,
  signal: AbortSignal,
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
    return went(bytes.byteLength);
  }
  const item = { attachmentType: 'file', name, size: bytes.byteLength, contentType: mime, ...shown };
  const path = messagePath(id, '/attachments/createUploadSession');
  const { uploadUrl } = await graph.ask(Upload, { method: 'POST', path, json: { AttachmentItem: item } }, call);
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
    const piece = new Uint8Array(bytes.subarray(start, start + pieceBytes));
    await graph.piece(uploadUrl, piece, { start, total: bytes.byteLength }, call);
    went(piece.byteLength);
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
