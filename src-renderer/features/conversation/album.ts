import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { mediaOf, type PartOf } from '../../../src-shared/model/index.ts';
import type { TimelineItem } from './timeline.ts';

/** By what name pictures and films were sent as one; null where a message stands for itself. */
function albumOf(item: TimelineItem | undefined): string | null {
  if (item?.is !== 'message' || item.message.removed) return null;
  const { parts, fromMe, author } = item.message;
  const album = parts.flatMap(mediaOf).find((media) => media.album !== undefined)?.album;
  return album === undefined ? null : `${fromMe} ${author?.identity ?? ''} ${album}`;
}

/** The words that were sent with an album: whose they are, and all of it that is said. */
export interface AlbumWords {
  readonly message: MessageView;
  readonly parts: readonly PartOf<'text'>[];
}
/** Words of one of its pictures are words of the album; where several have their own, each keeps them. */
export function wordsOf(group: readonly TimelineItem[]): AlbumWords | null {
  const said = group.flatMap((item) => {
    if (group.length < 2 || item.is !== 'message') return [];
    const parts = item.message.parts.filter((part) => part.kind === 'text');
    return parts.length > 0 ? [{ message: item.message, parts }] : [];
  });
  return said.length === 1 ? (said[0] ?? null) : null;
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
