import { ChannelError, type PictureOf } from '../../src-shared/channel.ts';
import { asBlobRef, type BlobRef } from '../../src-shared/model/index.ts';
import { chunks } from '../_kit/mail/index.ts';
import type { Working } from './working.ts';

const prefix = 'contact:';
/** The picture of a contact, if there is one: Graph says only when it is asked for. */
export const contactRef = (id: string): BlobRef => asBlobRef(`${prefix}${id}`);

/** https://learn.microsoft.com/en-us/graph/api/profilephoto-get: 404 for a contact without one. */
export async function openPicture(
  { graph }: Working,
  of: PictureOf,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  if (of.is !== 'user' || !of.ref.startsWith(prefix))
    throw new ChannelError('not-found', 'refused', 'Outlook has no such picture.');
  const path = `/me/contacts/${encodeURIComponent(of.ref.slice(prefix.length))}/photo/$value`;
  return chunks(await graph.bytes({ path }, { signal, background: true }));
}
