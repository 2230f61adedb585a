import { ChannelError, type PictureOf } from '../../src-shared/channel.ts';
import type { BlobRef } from '../../src-shared/model/index.ts';
import { isHosted } from './config.ts';
import { blobPlace, emojiRef } from './ids.ts';
import type { Work } from './sync/work.ts';
import { FileInfo } from './wire/answers.ts';

const gone = (): ChannelError => new ChannelError('not-found', 'refused', 'Slack does not have this file (any more).');

/** Bytes of a file, of an own emoji, or of a picture Slack keeps for a preview. */
export async function openBlob(work: Work, ref: BlobRef, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const place = blobPlace(ref);
  if (!place) throw gone();
  const { url, html } = await addressOf(work, place, signal);
  const response = await work.web.download(url, signal);
  // To a token without the permission Slack shows its login page, with status 200.
  if (!html && response.headers.get('content-type')?.startsWith('text/html')) {
    await response.body?.cancel();
    throw new ChannelError(
      'forbidden',
      'refused',
      'Slack does not let this app have the file. The permission files:read may be missing.',
    );
  }
  if (!response.body) throw gone();
  return response.body;
}

/** Somebody's picture by its address, which changes with the picture; an own emoji by its name. */
export async function openPicture(work: Work, of: PictureOf, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  if (of.is !== 'emoji') return openBlob(work, of.ref, signal);
  const name = /^:([^:\s]+):$/.exec(of.emoji)?.[1];
  if (name === undefined) throw gone();
  return openBlob(work, emojiRef(name), signal);
}

async function addressOf(
  work: Work,
  place: NonNullable<ReturnType<typeof blobPlace>>,
  signal: AbortSignal,
): Promise<{ readonly url: string; readonly html: boolean }> {
  switch (place.of) {
    case 'file': {
      const { file } = await work.web.call('files.info', { file: place.id }, { answer: FileInfo, signal });
      const url = file.url_private_download ?? file.url_private;
      if (url === undefined || !isHosted(url, work.apiUrl)) throw gone();
      return { url, html: file.mimetype === 'text/html' };
    }
    case 'emoji': {
      const url = await work.directory.emojiUrl(place.name, signal);
      if (url === undefined || !isHosted(url, work.apiUrl)) throw gone();
      return { url, html: false };
    }
    case 'picture':
      if (!isHosted(place.url, work.apiUrl)) throw gone();
      return { url: place.url, html: false };
  }
}
