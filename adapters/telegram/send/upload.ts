import { createHash } from 'node:crypto';
import type { SendOptions } from '../../../src-shared/channel.ts';
import type { Part, PartOf } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import type { Plain } from '../remote/plain.ts';
import { fileId } from './random.ts';

/** core.telegram.org/api/files, "Uploading files": parts of 512 KB; from ten megabytes on without a sum. */
const partBytes = 524_288;
const bigBytes = 10 * 1024 * 1024;
const partWithinMs = 120_000;

export type FilePart = PartOf<'image' | 'video' | 'audio' | 'document'>;
export const isFile = (part: Part): part is FilePart =>
  part.kind === 'image' || part.kind === 'video' || part.kind === 'audio' || part.kind === 'document';

/** Sends a file up, part by part, and answers it as media to send. `sent` is told the bytes of each part that arrived. */
export async function upload(
  account: Account,
  part: FilePart,
  randomId: string,
  options: Pick<SendOptions, 'signal' | 'open'>,
  sent: (bytes: number) => void,
): Promise<Plain> {
  const bytes = await options.open(part.media.ref);
  const id = fileId(randomId);
  const parts = Math.max(1, Math.ceil(bytes.length / partBytes));
  const big = bytes.length > bigBytes;
  for (let index = 0; index < parts; index++) {
    const chunk = bytes.subarray(index * partBytes, (index + 1) * partBytes);
    const fields = { fileId: id, filePart: index, bytes: chunk };
    const how = { signal: options.signal, withinMs: partWithinMs };
    if (big) await account.call('upload.SaveBigFilePart', { ...fields, fileTotalParts: parts }, how);
    else await account.call('upload.SaveFilePart', fields, how);
    sent(chunk.length);
  }
  const name = part.media.name ?? nameFor(part);
  const file: Plain = big
    ? { _: 'InputFileBig', id, parts, name }
    : { _: 'InputFile', id, parts, name, md5Checksum: createHash('md5').update(bytes).digest('hex') };
  if (part.kind === 'image' && /^image\/(jpeg|png|webp)$/.test(part.media.mime))
    return { _: 'InputMediaUploadedPhoto', file };
  return {
    _: 'InputMediaUploadedDocument',
    file,
    mimeType: part.media.mime || 'application/octet-stream',
    attributes: [{ _: 'DocumentAttributeFilename', fileName: name }, ...attributes(part)],
    ...(part.kind === 'document' ? { forceFile: true } : {}),
  };
}
function attributes(part: FilePart): readonly Plain[] {
  const duration = Math.round((part.media.durationMs ?? 0) / 1000);
  if (part.kind === 'audio')
    return [{ _: 'DocumentAttributeAudio', duration, ...(part.voiceNote ? { voice: true } : {}) }];
  if (part.kind !== 'video') return [];
  const { width = 0, height = 0 } = part.media;
  return [{ _: 'DocumentAttributeVideo', duration, w: width, h: height, supportsStreaming: true }];
}
const nameFor = ({ kind, media }: FilePart): string => `${kind}.${media.mime.split('/')[1]?.split('+')[0] ?? 'bin'}`;
