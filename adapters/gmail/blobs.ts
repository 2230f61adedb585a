import { ChannelError } from '../../src-shared/channel.ts';
import { type BlobRef, type MessageKey, sourceRef } from '../../src-shared/model/index.ts';
import { chunks, openPart, refOf } from '../_kit/mail/index.ts';
import { fetchAttachment } from './fetch.ts';
import { idOf } from './ids.ts';
import { sectionsOf } from './source.ts';
import { Message, RawMessage } from './wire.ts';
import type { Working } from './working.ts';

/** A large attachment may take this long, ms. */
const downloadMs = 600_000;

/**
 * The bytes of a file, or of the whole message. Gmail's tokens for attachments change from one look to the next, so the
 * message is looked at first; what lies inside a part (uuencoded text) is taken from the whole.
 */
export async function openBlob(
  working: Working,
  { message: key, ref }: { message: MessageKey; ref: BlobRef },
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { google } = working;
  const id = idOf(key);
  const call = { signal, timeoutMs: downloadMs };
  if (ref !== sourceRef) {
    const { payload } = await google.call(Message, call, () =>
      google.users.messages.get({ userId: 'me', id, format: 'full' }),
    );
    const body = sectionsOf(payload ?? {}).find(({ section }) => refOf(section) === ref)?.part.body;
    if (body?.attachmentId !== undefined) {
      const { data } = await fetchAttachment(working, id, body.attachmentId, call);
      return chunks(Buffer.from(data, 'base64url'));
    }
    if (body?.data !== undefined) return chunks(Buffer.from(body.data, 'base64url'));
  }
  const { raw } = await google.call(RawMessage, call, () =>
    google.users.messages.get({ userId: 'me', id, format: 'raw' }),
  );
  const source = Buffer.from(raw, 'base64url');
  if (ref === sourceRef) return chunks(source);
  const part = openPart(source, ref);
  if (!part) throw new ChannelError('gone', 'refused', 'The attachment is no longer in the message.');
  return chunks(part.bytes);
}
