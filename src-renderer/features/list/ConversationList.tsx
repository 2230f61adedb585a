import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { openUnderCursor } from '../../commands/move.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { usePlaceTitle } from '../navigation/usePlaceTitle.ts';
import { EmptyPlace } from './EmptyPlace.tsx';
import { Row } from './Row.tsx';

/** Rows are asked for this many before the end comes into sight. */
const ahead = 30;

/** The conversations of a place: only rows in sight are in the page, however many there are. */
export function ConversationList() {
  const t = useT();
  const workspace = useWorkspace();
  const title = usePlaceTitle();
  const { rows, ready, more, error, cursor, selected, place } = useFeature('list', (state) => state);
  const open = useFeature('navigation', (state) => state.conversation);
  const density = useFeature('session', (state) => state.settings?.density ?? 'comfortable');
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const height = density === 'compact' ? 52 : 76;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const at = rows.findIndex((row) => row.id === cursor);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another density means other heights
  useEffect(() => {
    virtual.measure();
  }, [density]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place starts at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [place]);
  useEffect(() => {
    if (more && lastShown >= rows.length - ahead) void workspace.list.getState().loadMore();
  }, [more, lastShown, rows.length, workspace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a moved cursor scrolls, not rows arriving around it
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [cursor]);

  if (error !== null && rows.length === 0) return <EmptyPlace problem={error} />;
  if (!ready) return <Skeletons height={height} />;
  if (rows.length === 0) return <EmptyPlace />;
  const entry = Math.max(0, at);
  return (
    <div className="rows" ref={scroller}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be virtualised by position */}
      <div
        role="grid"
        aria-label={title}
        aria-rowcount={more ? -1 : rows.length}
        aria-multiselectable="true"
        className="rows-space"
        style={{ height: virtual.getTotalSize() }}
        aria-description={t('list.help')}
      >
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <Row
              key={row.id}
              row={row}
              index={item.index}
              top={item.start}
              height={height}
              now={now}
              entry={item.index === entry}
              open={row.id === open}
              selected={selected.has(row.id)}
              onFocus={() => workspace.list.getState().moveTo(row.id)}
              onOpen={(extend) => {
                workspace.list.getState().moveTo(row.id);
                if (extend) workspace.list.getState().toggle(row.id);
                else openUnderCursor(workspace);
              }}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

function Skeletons({ height }: { height: number }) {
  return (
    <div className="rows skeletons" aria-hidden="true">
      {[70, 55, 80, 62, 48, 74, 58, 66].map((width) => (
        <div className="skeleton" key={width} style={{ height }}>
          <span className="skeleton-disc" />
          <span className="skeleton-lines">
            <span style={{ width: `${width - 20}%` }} />
            <span style={{ width: `${width + 10}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
