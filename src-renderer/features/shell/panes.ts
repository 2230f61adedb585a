import type { PaneSettings } from '../../../src-shared/ipc/index.ts';

export type Resizable = 'rail' | 'list' | 'details';
interface Range {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}
/** Widths of the panes, px. */
export const ranges: Readonly<Record<Resizable, Range>> = {
  rail: { least: 180, most: 400, usual: 232 },
  list: { least: 260, most: 640, usual: 380 },
  details: { least: 240, most: 480, usual: 300 },
};
export const usualPanes: PaneSettings = {
  rail: ranges.rail.usual,
  list: ranges.list.usual,
  details: ranges.details.usual,
  railShown: true,
};
export const withinRange = (pane: Resizable, width: number): number =>
  Math.round(Math.min(ranges[pane].most, Math.max(ranges[pane].least, width)));

const step = 16;
/** Where a key moves the edge between panes; null when it does not (WAI-ARIA Authoring Practices, Window Splitter). */
export function widthByKey(pane: Resizable, width: number, key: string): number | null {
  // The details stand to the right of their edge.
  const wider = pane === 'details' ? 'ArrowLeft' : 'ArrowRight';
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      return withinRange(pane, width + (key === wider ? step : -step));
    case 'Home':
      return ranges[pane].least;
    case 'End':
      return ranges[pane].most;
    case 'Enter':
      return ranges[pane].usual;
    default:
      return null;
  }
}
