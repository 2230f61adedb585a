import type { Key } from '../../i18n/index.ts';

/** What a file is called; one its network gave no name, by what it is. */
export function fileName(
  { name, mime }: { readonly name: string; readonly mime: string },
  t: (key: Key) => string,
): string {
  if (name !== '') return name;
  if (mime.startsWith('image/')) return t('part.image');
  if (mime.startsWith('video/')) return t('part.video');
  return t(mime.startsWith('audio/') ? 'part.audio' : 'attachment.unnamed');
}
