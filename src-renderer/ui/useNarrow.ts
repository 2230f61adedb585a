import { useSyncExternalStore } from 'react';

/** As in shell.css: list and conversation do not fit side by side. */
const query = '(max-width: 759px)';
const subscribe = (changed: () => void): (() => void) => {
  const media = window.matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
};

/** Whether one pane alone is shown at a time. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
