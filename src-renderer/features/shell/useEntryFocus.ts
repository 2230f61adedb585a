import { useLayoutEffect } from 'react';
import { focusPane } from './focus.ts';

/** Once there is something to show: the focus that waited on the list itself goes to its first entry. */
export function useEntryFocus(ready: boolean): void {
  useLayoutEffect(() => {
    if (ready && document.activeElement?.getAttribute('data-pane') === 'list') focusPane('list');
  }, [ready]);
}
