import { Buffer } from 'node:buffer';
import { ChannelError, type PictureOf } from '../../src-shared/channel.ts';
import type { BlobRef, MessageKey } from '../../src-shared/model/index.ts';
import { blobPlace, placeOf, type Spot, spotOf, spotPath } from './ids.ts';
import { Message } from './wire.ts';
import type { Working } from './working.ts';

const chunkBytes = 256 * 1024;
/** A large file may take this long, ms. */
const downloadMs = 600_000;
const gone = (): ChannelError => new ChannelError('not-found', 'refused', 'Teams does not have this file (any more).');

/** Bytes of a picture Teams keeps with a message, or of a file in OneDrive or SharePoint the message points to. */
export async function openBlob(
  working: Working,
  { message, ref }: { message: MessageKey; ref: BlobRef },
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const spot = spotOf(message);
  const place = blobPlace(ref);
  if (!place) throw gone();
  const call = { signal, timeoutMs: downloadMs };
  const path =
    place.is === 'hosted'
      ? hostedPath(place.of ?? spot, place.id)
      : `/shares/${shareOf(await addressOf(working, spot, place.id, signal))}/driveItem/content`;
  return await working.graph.stream({ path }, call);
}

const hostedPath = (spot: Spot, id: string): string =>
  spotPath(spot, `/hostedContents/${encodeURIComponent(id)}/$value`);

/**
 * The picture of an emoji of the organisation's own, of a person, or of the team a channel is in: 404 for those who have none
 * (https://learn.microsoft.com/en-us/graph/api/profilephoto-get). Chats have none.
 */
export async function openPicture(
  working: Working,
  of: PictureOf,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const path = of.is === 'emoji' ? await emojiPath(working, of.emoji) : photoPath(of);
  if (path === undefined) throw gone();
  return chunks(await working.graph.bytes({ path }, { signal, background: true }));
}
async function emojiPath({ ownEmoji }: Working, emoji: string): Promise<string | undefined> {
  const ref = await ownEmoji.refOf(emoji);
  const place = ref === undefined ? undefined : blobPlace(ref);
  return place?.is === 'hosted' && place.of ? hostedPath(place.of, place.id) : undefined;
}
function photoPath(of: Exclude<PictureOf, { is: 'emoji' }>): string | undefined {
  if (of.is === 'user')
    return of.key.startsWith('app:') ? undefined : `/users/${encodeURIComponent(of.key)}/photos/96x96/$value`;
  const place = placeOf(of.key);
  return place?.is === 'channel' ? `/teams/${encodeURIComponent(place.team)}/photo/$value` : undefined;
}

/** Where the file lies is asked when it is wanted: it may have been moved since. */
async function addressOf({ graph }: Working, spot: Spot, id: string, signal: AbortSignal): Promise<string> {
  const { attachments = [] } = await graph.ask(Message, { path: spotPath(spot) }, { signal });
  const url = attachments.find((one) => one.id === id)?.contentUrl;
  if (url === undefined) throw gone();
  return url;
}
/** https://learn.microsoft.com/en-us/graph/api/shares-get, "Encoding sharing URLs". */
const shareOf = (url: string): string => `u!${Buffer.from(url, 'utf8').toString('base64url')}`;

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}
