import type { Part } from '../../../src-shared/model/index.ts';
import { mediaOf } from '../../../src-shared/model/media-of.ts';
import type { HasWord } from '../../../src-shared/search/index.ts';

/**
 * Facts of a message kept as words of the index itself, so that a filter is one more doclist to intersect and never a
 * row to fetch. Each begins with a private-use character (category Co: `unicode61` takes it for a letter), which text
 * from outside never has in the index: nobody can type a tag, and no column filter is needed to keep words and tags apart.
 * Only what never changes is a tag; read, starred and labels are rows and are filtered as such.
 */
const mark = '\u{E010}';
export const tag = {
  /** On every message; a channel is its accounts, and everything is all of them. */
  account: (id: number) => `${mark}a${id}`,
  fromMe: `${mark}fm`,
  toMe: `${mark}tm`,
  has: (what: HasWord) => `${mark}h${what}`,
  /** On none. */
  none: `${mark}0`,
} as const;

const link = /https?:\/\//i;
/** What `has:` can find in a message. Inline pictures of a letterhead are no attachment. */
export function havingsOf(parts: readonly Part[]): HasWord[] {
  const found = new Set<HasWord>();
  for (const part of parts) {
    for (const media of mediaOf(part)) {
      if (part.kind === 'link-preview' || part.kind === 'sticker' || part.kind === 'text') continue;
      if (media.inline !== true) found.add('attachment');
      const [type] = media.mime.split('/');
      if (type === 'image' || type === 'video' || type === 'audio') found.add(type);
      if (media.mime === 'application/pdf') found.add('pdf');
    }
    switch (part.kind) {
      case 'image':
      case 'video':
      case 'audio':
      case 'document':
      case 'location':
      case 'contact':
      case 'poll':
      case 'sticker':
      case 'call':
        found.add(part.kind);
        break;
      case 'calendar-event':
        found.add('event');
        break;
      case 'link-preview':
        found.add('link');
        break;
      case 'text':
        if (link.test(part.plain ?? part.text)) found.add('link');
        break;
    }
  }
  return [...found];
}
