import { mediaOf } from '../../../src-shared/model/index.ts';
import type { TimelineItem } from './timeline.ts';

/** By what name pictures and films were sent as one; null where a message stands for itself. */
function albumOf(item: TimelineItem | undefined): string | null {
  if (item?.is !== 'message' || item.message.removed) return null;
  const { parts, fromMe, author } = item.message;
  const album = parts.flatMap(mediaOf).find((media) => media.album !== undefined)?.album;
  return album === undefined ? null : `${fromMe} ${author?.identity ?? ''} ${album}`;
}

/** The same items, those of one album that follow each other put together; all others are by themselves. */
export function withAlbums(items: readonly TimelineItem[]): readonly (readonly TimelineItem[])[] {
  const groups: TimelineItem[][] = [];
  let open: string | null = null;
  for (const item of items) {
    const album = albumOf(item);
    const last = groups.at(-1);
    if (album !== null && album === open && last) last.push(item);
    else groups.push([item]);
    open = album;
  }
  return groups;
}
