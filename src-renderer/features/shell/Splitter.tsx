import { useRef } from 'react';
import { useT } from '../../i18n/react.ts';
import { type Resizable, ranges, widthByKey, withinRange } from './panes.ts';

/** The edge between two panes: dragged, moved by the arrow keys, put back by a double click or Enter. */
export function Splitter({
  pane,
  width,
  onMove,
  onDone,
}: {
  pane: Resizable;
  width: number;
  /** While it is dragged. */
  onMove: (width: number) => void;
  /** Where it stays. */
  onDone: (width: number) => void;
}) {
  const t = useT();
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const dragged = (event: React.PointerEvent): number | null => {
    if (!from.current) return null;
    const moved = event.clientX - from.current.x;
    return withinRange(pane, from.current.width + (pane === 'details' ? -moved : moved));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      className={`splitter splitter-${pane}`}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t(pane === 'rail' ? 'panes.rail' : pane === 'list' ? 'panes.list' : 'panes.details')}
      aria-valuenow={width}
      aria-valuemin={ranges[pane].least}
      aria-valuemax={ranges[pane].most}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        const now = dragged(event);
        if (now !== null) onMove(now);
      }}
      onPointerUp={(event) => {
        const now = dragged(event);
        from.current = null;
        if (now !== null) onDone(now);
      }}
      onPointerCancel={() => {
        from.current = null;
        onDone(width);
      }}
      onDoubleClick={() => onDone(ranges[pane].usual)}
      onKeyDown={(event) => {
        const now = widthByKey(pane, width, event.key);
        if (now === null) return;
        event.preventDefault();
        onDone(now);
      }}
    />
  );
}
