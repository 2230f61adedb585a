import { ArrowUp } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { openUnderCursor } from '../../commands/move.ts';
import { useKeysSaid } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { usePlaceTitle } from '../navigation/usePlaceTitle.ts';
import { useEntryFocus } from '../shell/useEntryFocus.ts';
import { EmptyPlace } from './EmptyPlace.tsx';
import { Row } from './Row.tsx';
import { isSelected } from './selection.ts';
import { useRowsInSight } from './useRowsInSight.ts';
import { useSteadyRows } from './useSteadyRows.ts';

/** Rows are asked for this many before the end comes into sight, either way. */
const ahead = 40;
/** Further from what is here than this, one goes there at once rather than row by row. */
const nearby = 400;
/** A scroll bar that is being dragged is waited for. Ms. */
const settled = 90;
const heights = { comfortable: 76, compact: 52 } as const;

/** Scrolls just as far as it takes to see all of a row. `top` and `height` in px. */
function bringIntoSight(scroller: HTMLElement | null, top: number, height: number): void {
  if (!scroller) return;
  const { scrollTop, clientHeight } = scroller;
  if (top < scrollTop) scroller.scrollTop = top;
  else if (top + height > scrollTop + clientHeight) scroller.scrollTop = top + height - clientHeight;
}

/**
 * The conversations of a place: only rows in sight are in the page, however many there are. `news`: where it says how
 * many came in above, which covers no row.
 */
export function ConversationList({ news }: { news: HTMLElement | null }) {
  const t = useT();
  const workspace = useWorkspace();
  const said = useKeysSaid();
  const title = usePlaceTitle();
  const list = useFeature('list', (state) => state);
  const { rows, start, total, ready, more, before, error, cursor, place, filter } = list;
  const open = useFeature('navigation', (state) => state.conversation);
  const density = useFeature('session', (state) => state.settings?.density ?? 'comfortable');
  const now = useNow(60_000);
  const height = heights[density];
  const sight = useRowsInSight(total, height);
  const { element, first } = sight;
  const last = Math.max(0, sight.end - 1);
  const end = start + rows.length;
  const at = rows.findIndex((row) => row.id === cursor);
  const above = useSteadyRows(sight, { rows, start, cursor, height, place: place && filter });

  const begun = useRef({ place, filter });
  useLayoutEffect(() => {
    // Shown again after a search it stands where it was; another place, or another filter, starts at its top.
    if (begun.current.place === place && begun.current.filter === filter) return;
    begun.current = { place, filter };
    element?.scrollTo({ top: 0 });
  }, [place, filter, element]);
  useEffect(() => {
    if (!ready || total === 0) return undefined;
    const state = workspace.list.getState();
    if (last < start - nearby || first > end + nearby) {
      const timer = setTimeout(() => void state.jump(Math.round((first + last) / 2)), settled);
      return () => clearTimeout(timer);
    }
    if (more && last >= end - ahead) void state.loadMore();
    else if (before && first <= start + ahead) void state.loadBefore();
    return undefined;
  }, [ready, more, before, first, last, start, end, total, workspace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a moved cursor scrolls, not rows arriving around it
  useLayoutEffect(() => {
    if (at >= 0) bringIntoSight(element, (start + at) * height, height);
  }, [cursor]);

  const entry = start + Math.max(0, at);
  useEntryFocus(entry >= first && entry <= last && rows[entry - start] !== undefined);

  if (error !== null && rows.length === 0) return <EmptyPlace problem={error} />;
  if (!ready) return <Skeletons height={height} />;
  if (rows.length === 0 && total === 0) return <EmptyPlace />;
  return (
    <div className="rows-frame">
      {above > 0 && news
        ? createPortal(
            <button type="button" className="rows-news" onClick={() => element?.scrollTo({ top: 0 })}>
              <ArrowUp aria-hidden="true" />
              {t('list.news', { count: above })}
            </button>,
            news,
          )
        : null}
      <div className="rows" ref={sight.ref}>
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be virtualised by position */}
        <div
          role="grid"
          aria-label={title}
          aria-rowcount={total}
          aria-multiselectable="true"
          className="rows-space"
          style={{ height: total * height }}
          aria-description={t('list.help', {
            next: said('next'),
            previous: said('previous'),
            open: said('open'),
            archive: said('archive'),
          })}
        >
          {Array.from({ length: sight.end - first }, (_, at) => first + at).map((index) => {
            const row = rows[index - start];
            if (!row)
              return (
                <div
                  key={`unfetched ${index}`}
                  className="row-unfetched"
                  aria-hidden="true"
                  style={{ height, transform: `translateY(${index * height}px)` }}
                >
                  <span className="skeleton-disc" />
                </div>
              );
            return (
              <Row
                key={row.id}
                row={row}
                index={index}
                top={index * height}
                height={height}
                now={now}
                entry={index === entry}
                open={row.id === open}
                selected={isSelected(list, row.id)}
                onFocus={() => workspace.list.getState().moveTo(row.id)}
                onOpen={(how) => {
                  const state = workspace.list.getState();
                  if (how === 'range') state.selectTo(row.id);
                  else {
                    state.moveTo(row.id);
                    if (how === 'toggle') state.toggle(row.id);
                    else openUnderCursor(workspace);
                  }
                }}
              />
            );
          })}
        </div>
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
