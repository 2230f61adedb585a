import './album.css';
import { type ReactNode, useMemo } from 'react';
import { useT } from '../../i18n/react.ts';
import { withAlbums, wordsOf } from './album.ts';
import { BubbleMeta } from './BubbleMeta.tsx';
import { PartView } from './parts/PartView.tsx';
import type { TimelineItem } from './timeline.ts';
import { WordsBelow } from './words-below.ts';

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
    const words = wordsOf(group);
    const last = group.at(-1);
    return (
      <fieldset
        key={`album ${first.key}`}
        className="album"
        aria-label={t('message.album', { count: group.length })}
        data-mine={first.is === 'message' && first.message.fromMe}
      >
        <div className="album-tiles">
          <WordsBelow value={words?.message.id ?? null}>{group.map(entry)}</WordsBelow>
        </div>
        {words === null ? null : (
          <div className="album-words">
            {words.parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name and never change places
              <PartView key={index} part={part} message={words.message} />
            ))}
            {last?.is === 'message' ? <BubbleMeta message={last.message} /> : null}
          </div>
        )}
      </fieldset>
    );
  });
}
