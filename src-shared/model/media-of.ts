import type { Media, Part } from './part.ts';

/** Every piece of media a part refers to, in order. */
export function mediaOf(part: Part): readonly Media[] {
  switch (part.kind) {
    case 'text':
      return part.emoji?.map(({ media }) => media) ?? [];
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return [part.media];
    case 'story':
    case 'secured':
    case 'unsupported':
    case 'calendar-event':
      return part.media ? [part.media] : [];
    case 'link-preview':
      return part.image ? [part.image] : [];
    case 'carousel':
      return part.cards.flatMap((card) => (card.image ? [card.image] : []));
    case 'product':
      return part.items.flatMap((item) => (item.image ? [item.image] : []));
    default:
      return [];
  }
}
