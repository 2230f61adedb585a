import type { Media, Part } from '../../../src-shared/model/index.ts';

/** A part of a mail with its file described anew; one without a file as it is. */
export function withMedia(part: Part, change: (media: Media) => Media): Part {
  switch (part.kind) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { ...part, media: change(part.media) };
    case 'calendar-event':
    case 'secured':
    case 'unsupported':
      return part.media ? { ...part, media: change(part.media) } : part;
    default:
      return part;
  }
}
