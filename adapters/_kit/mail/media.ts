import { asBlobRef, type Media, type Part } from '../../../src-shared/model/index.ts';
import { headerOf } from './headers.ts';
import type { Entity } from './tree.ts';
import { cleanLine, decodeWords } from './words.ts';

/** Ref of the attachment at an IMAP section number: the same whether its bytes come from a server or from a source. */
export const refOf = (section: string, inside?: string) =>
  asBlobRef(`part:${section}${inside === undefined ? '' : `/${inside}`}`);

/** A file name fit to be shown and saved: its last path component, no controls; undefined when nothing is left. */
export function fileName(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const base = cleanLine(decodeWords(written)).split(/[/\\]/).at(-1)?.trim() ?? '';
  const bare = base.replace(/^\.+$/, '');
  if (bare === '') return undefined;
  const cut = bare.lastIndexOf('.');
  return bare.length <= 255 || cut < 1 || bare.length - cut > 20
    ? bare.slice(0, 255)
    : bare.slice(0, 255 - (bare.length - cut)) + bare.slice(cut);
}

export const fileNameOf = (entity: Entity): string | undefined =>
  fileName(entity.disposition?.parameters.get('filename')) ?? fileName(entity.type.parameters.get('name'));

/** Content-ID without its angle brackets (RFC 2392). */
export function contentIdOf(written: string | undefined): string | undefined {
  const id = written?.trim().replace(/^<|>$/g, '').trim();
  return id === undefined || id === '' || id.length > 1024 ? undefined : id;
}

/** Size once decoded; exact but for line ends and quoted-printable, where it is the encoded size. */
function bytesOf(entity: Entity): number {
  if (entity.encoding !== 'base64') return entity.body.length;
  // Full lines are 76 characters and a CRLF.
  return Math.max(0, Math.floor((entity.body.length * 76) / 78 / 4) * 3);
}

export function mediaOfEntity(entity: Entity, change: { mime?: string; name?: string | undefined } = {}): Media {
  const name = 'name' in change ? change.name : fileNameOf(entity);
  const contentId = contentIdOf(headerOf(entity.fields, 'content-id'));
  return {
    ref: refOf(entity.section),
    mime: (change.mime ?? entity.mime).slice(0, 255),
    ...(name === undefined ? {} : { name }),
    bytes: bytesOf(entity),
    ...(contentId === undefined ? {} : { contentId }),
    ...(entity.disposition?.value === 'inline' ? { inline: true } : {}),
  };
}

const shown = /^image\/(?:png|jpe?g|pjpeg|gif|webp|bmp|avif|x-png|x-ms-bmp)$/;
const byExtension: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ics: 'text/calendar',
  eml: 'message/rfc822',
};

/** What kind of attachment it is: pictures a window can draw, sound, film; everything else is a document. */
export function attachmentPart(media: Media): Part {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(media.name ?? '')?.[1]?.toLowerCase();
  const guessed =
    media.mime === 'application/octet-stream' && extension !== undefined ? byExtension[extension] : undefined;
  const told = guessed === undefined ? media : { ...media, mime: guessed };
  if (shown.test(told.mime)) return { kind: 'image', media: told };
  if (told.mime.startsWith('audio/')) return { kind: 'audio', media: told, voiceNote: false };
  if (told.mime.startsWith('video/')) return { kind: 'video', media: told };
  return { kind: 'document', media: told };
}
