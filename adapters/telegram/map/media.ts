import type { Media, Part } from '../../../src-shared/model/index.ts';
import { blobRef } from '../ids.ts';
import {
  bytesOf,
  childOf,
  childrenOf,
  intOf,
  intsOf,
  isSet,
  longOf,
  type Plain,
  realOf,
  textOf,
} from '../remote/plain.ts';
import { pollOf } from './poll.ts';

/**
 * What comes with a message besides its words (core.telegram.org/type/MessageMedia). `at` is the message's time, ms; `album`
 * the number all messages sent as one carry (core.telegram.org/api/files#albums-grouped-media).
 */
export const mediaParts = (media: Plain | undefined, at: number, album?: string): readonly Part[] =>
  media === undefined ? [] : partsOf(media, at).map((part) => (album === undefined ? part : inAlbum(part, album)));

function inAlbum(part: Part, album: string): Part {
  switch (part.kind) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return { ...part, media: { ...part.media, album } };
    default:
      return part;
  }
}
function partsOf(media: Plain, at: number): readonly Part[] {
  switch (media._) {
    case 'MessageMediaEmpty':
      return [];
    case 'MessageMediaPhoto': {
      const photo = childOf(media, 'photo');
      const found = photo?._ === 'Photo' ? photoMedia(photo) : undefined;
      return found ? [{ kind: 'image', media: found }] : [gone(media, 'a photo')];
    }
    case 'MessageMediaDocument': {
      const document = childOf(media, 'document');
      return document?._ === 'Document' ? [documentPart(document)] : [gone(media, 'a file')];
    }
    case 'MessageMediaGeo':
    case 'MessageMediaGeoLive':
    case 'MessageMediaVenue':
      return place(media, at);
    case 'MessageMediaContact': {
      const name = [textOf(media, 'firstName'), textOf(media, 'lastName')].filter(Boolean).join(' ');
      const phone = textOf(media, 'phoneNumber');
      const vcard = textOf(media, 'vcard');
      return [
        {
          kind: 'contact',
          name,
          phones: phone ? [phone.startsWith('+') ? phone : `+${phone}`] : [],
          emails: [],
          ...(vcard ? { vcard } : {}),
        },
      ];
    }
    case 'MessageMediaPoll':
      return [pollOf(media) ?? unsupported(media)];
    case 'MessageMediaWebPage':
      return linkPreview(childOf(media, 'webpage'));
    case 'MessageMediaDice':
      return [
        {
          kind: 'text',
          format: 'plain',
          text: `${textOf(media, 'emoticon') ?? '🎲'} ${intOf(media, 'value') ?? ''}`.trim(),
        },
      ];
    case 'MessageMediaStory':
      return [{ kind: 'story' }];
    default:
      return [unsupported(media)];
  }
}
const unsupported = (media: Plain): Part => {
  const title = textOf(media, 'title') ?? textOf(childOf(media, 'game'), 'title');
  return {
    kind: 'unsupported',
    what: media._ === 'MessageMediaUnsupported' ? 'a newer kind of message' : named(media._),
    ...(title === undefined ? {} : { text: title }),
  };
};
/** The schema's name as words: MessageMediaPaidMedia is "paid media". */
const named = (name: string): string =>
  name
    .replace(/^MessageMedia/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase() || 'media';
/** A picture that destroys itself leaves its place empty. */
const gone = (media: Plain, what: string): Part => ({
  kind: 'unsupported',
  what: intOf(media, 'ttlSeconds') === undefined ? what : `${what} that could be seen once`,
});

/** The largest size that is a file of its own (core.telegram.org/api/files, "Image thumbnail types"). */
export function largest(photo: Plain): { type: string; width: number; height: number; bytes: number } | undefined {
  const sizes = childrenOf(photo, 'sizes').flatMap((size) => {
    const type = textOf(size, 'type');
    const bytes = intOf(size, 'size') ?? intsOf(size, 'sizes').at(-1);
    if (type === undefined || bytes === undefined) return [];
    return [{ type, bytes, width: intOf(size, 'w') ?? 0, height: intOf(size, 'h') ?? 0 }];
  });
  return sizes.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
}
const positive = (field: 'width' | 'height', value: number | undefined) =>
  value !== undefined && value > 0 ? { [field]: Math.round(value) } : {};

function photoMedia(photo: Plain): Media | undefined {
  const id = longOf(photo, 'id');
  const size = largest(photo);
  if (id === undefined || !size) return undefined;
  return {
    ref: blobRef('photo', id),
    mime: 'image/jpeg',
    bytes: Math.max(0, size.bytes),
    ...positive('width', size.width),
    ...positive('height', size.height),
  };
}
/** What a file is, is said by its attributes (core.telegram.org/type/DocumentAttribute). */
function documentPart(document: Plain): Part {
  const id = longOf(document, 'id');
  if (id === undefined) return { kind: 'unsupported', what: 'a file' };
  const attributes = childrenOf(document, 'attributes');
  const attribute = (name: string) => attributes.find((one) => one._ === `DocumentAttribute${name}`);
  const [audio, video, sticker, picture] = ['Audio', 'Video', 'Sticker', 'ImageSize'].map(attribute);
  const shape = video ?? picture;
  const seconds = realOf(video, 'duration') ?? realOf(audio, 'duration');
  const name = textOf(attribute('Filename'), 'fileName')?.slice(0, 1024) ?? titleOf(audio);
  const bytes = Number(longOf(document, 'size') ?? Number.NaN);
  const media: Media = {
    ref: blobRef('document', id),
    mime: (textOf(document, 'mimeType') ?? '').toLowerCase().split(';')[0]?.slice(0, 255) || 'application/octet-stream',
    ...(name === undefined ? {} : { name }),
    ...(Number.isSafeInteger(bytes) && bytes >= 0 ? { bytes } : {}),
    ...positive('width', intOf(shape, 'w')),
    ...positive('height', intOf(shape, 'h')),
    ...(seconds === undefined || seconds < 0 ? {} : { durationMs: Math.round(seconds * 1000) }),
  };
  if (sticker) {
    const emoji = textOf(sticker, 'alt');
    return { kind: 'sticker', media: stillOf(document, media) ?? media, ...(emoji ? { emoji } : {}) };
  }
  if (audio) {
    const waveform = levels(bytesOf(audio, 'waveform'));
    return { kind: 'audio', media, voiceNote: isSet(audio, 'voice'), ...(waveform.length > 0 ? { waveform } : {}) };
  }
  if (video) return { kind: 'video', media, ...(attribute('Animated') ? { loop: true } : {}) };
  return { kind: 'document', media };
}
/** core.telegram.org/api/stickers: drawings that move (TGS) and films have a still picture beside them, which can be shown. */
function stillOf(document: Plain, { ref, mime }: Media): Media | undefined {
  const id = /^document:(.+)$/.exec(ref)?.[1];
  const size = mime.startsWith('image/') ? undefined : stillIn(document);
  if (id === undefined || !size) return undefined;
  return {
    ref: blobRef('still', id),
    mime: 'image/webp',
    bytes: Math.max(0, size.bytes),
    ...positive('width', size.width),
    ...positive('height', size.height),
  };
}
export const stillIn = (document: Plain) => largest({ _: 'Thumbs', sizes: document.thumbs });
function titleOf(audio: Plain | undefined): string | undefined {
  const words = [textOf(audio, 'performer'), textOf(audio, 'title')].filter((one) => one !== undefined && one !== '');
  return words.length > 0 ? words.join(' – ').slice(0, 1024) : undefined;
}
/** Five bits a sample, packed (core.telegram.org/constructor/documentAttributeAudio). */
export function levels(packed: Uint8Array | undefined): number[] {
  if (!packed) return [];
  const count = Math.min(512, Math.floor((packed.length * 8) / 5));
  return Array.from({ length: count }, (_, index) => {
    const bit = index * 5;
    const pair = (packed[bit >> 3] ?? 0) | ((packed[(bit >> 3) + 1] ?? 0) << 8);
    return ((pair >> (bit & 7)) & 31) / 31;
  });
}
function place(media: Plain, at: number): readonly Part[] {
  const geo = childOf(media, 'geo');
  const latitude = realOf(geo, 'lat');
  const longitude = realOf(geo, 'long');
  const real = (value: number | undefined, most: number): value is number =>
    value !== undefined && Math.abs(value) <= most;
  if (!real(latitude, 90) || !real(longitude, 180)) return [{ kind: 'unsupported', what: 'a location' }];
  const accuracy = intOf(geo, 'accuracyRadius');
  const period = media._ === 'MessageMediaGeoLive' ? intOf(media, 'period') : undefined;
  const [name, address] = [textOf(media, 'title'), textOf(media, 'address')];
  return [
    {
      kind: 'location',
      latitude,
      longitude,
      ...(accuracy !== undefined && accuracy >= 0 ? { accuracyMetres: accuracy } : {}),
      ...(name ? { name } : {}),
      ...(address ? { address } : {}),
      ...(period === undefined ? {} : { liveUntil: at + period * 1000 }),
    },
  ];
}
function linkPreview(page: Plain | undefined): readonly Part[] {
  const url = textOf(page, 'url');
  if (page?._ !== 'WebPage' || url === undefined) return [];
  const [title, description, site] = ['title', 'description', 'siteName'].map((field) => textOf(page, field));
  const photo = childOf(page, 'photo');
  const image = photo?._ === 'Photo' ? photoMedia(photo) : undefined;
  return [
    {
      kind: 'link-preview',
      url,
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      ...(site ? { site } : {}),
      ...(image ? { image } : {}),
    },
  ];
}
