import { ChannelError, type PictureOf } from '../../src-shared/channel.ts';
import { asBlobRef, type BlobRef } from '../../src-shared/model/index.ts';
import type { Working } from './working.ts';

const prefix = 'photo:';
/** A picture of somebody in the address book, by its address, which is another one when the picture is. */
export const photoRef = (url: string): BlobRef | undefined =>
  URL.canParse(url) && url.length < 2000 ? asBlobRef(`${prefix}${url}`) : undefined;

const gone = (): ChannelError => new ChannelError('not-found', 'refused', 'Google has no such picture (any more).');

/** https://developers.google.com/people/api/rest/v1/people#Person.Photo: open to whoever has the address, so no token goes along. */
export async function openPicture(
  { context, google }: Working,
  of: PictureOf,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const url = of.is === 'user' && of.ref.startsWith(prefix) ? of.ref.slice(prefix.length) : '';
  if (!isGoogles(url, google.rootUrl)) throw gone();
  const response = await context.fetch(url, { signal, redirect: 'error' });
  if (response.ok && response.body) return response.body;
  await response.body?.cancel();
  if (response.status >= 500 || response.status === 429)
    throw new ChannelError('server', 'not-done', `Google did not hand out the picture (${response.status}).`);
  throw gone();
}
/** An address of somebody else's would tell them who looks. */
function isGoogles(url: string, root: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return origin === new URL(root).origin || (protocol === 'https:' && hostname.endsWith('.googleusercontent.com'));
}
