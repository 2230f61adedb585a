import './album.css';
import { type ReactNode, useMemo } from 'react';
import { useT } from '../../i18n/react.ts';
import { withAlbums } from './album.ts';
import type { TimelineItem } from './timeline.ts';

/** What stands down a conversation, one below the other; pictures that were sent as one stand as tiles. */
export function Grouped({
  items,
  entry,
}: {
  items: readonly TimelineItem[];
  /** Draws one of them, under its key. */
  entry: (item: TimelineItem) => ReactNode;
}) {
  const t = useT();
  const groups = useMemo(() => withAlbums(items), [items]);
  return groups.map((group) => {
    const [first] = group;
    if (!first || group.length === 1) return first && entry(first);
    return (
      <fieldset
        key={`album ${first.key}`}
        className="album"
        aria-label={t('message.album', { count: group.length })}
        data-mine={first.is === 'message' && first.message.fromMe}
      >
        {group.map(entry)}
      </fieldset>
    );
  });
}
