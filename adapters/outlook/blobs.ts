import { ChannelError } from '../../src-shared/channel.ts';
import { type BlobRef, type MessageKey, sourceRef } from '../../src-shared/model/index.ts';
import { chunks, openPart } from '../_kit/mail/index.ts';
import { fetchFile } from './fetch.ts';
import { fileIdOf, idOf } from './ids.ts';
import { messagePath, type Working } from './working.ts';

/** A large attachment may take this long, ms. */
const downloadMs = 600_000;

/** The bytes of a file, or of the whole message as Exchange writes it. */
export async function openBlob(
  working: Working,
  { message, ref }: { message: MessageKey; ref: BlobRef },
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const id = idOf(message);
  const call = { signal, timeoutMs: downloadMs };
  const file = fileIdOf(ref);
  if (file !== undefined) return chunks(await fetchFile(working, id, file, call));
  const source = new Uint8Array(await working.graph.bytes({ path: messagePath(id, '/$value') }, call));
  if (ref === sourceRef) return chunks(source);
  const part = openPart(source, ref);
  if (!part) throw new ChannelError('gone', 'refused', 'The attachment is no longer in the message.');
  return chunks(part.bytes);
}
