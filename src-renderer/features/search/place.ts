import type { Workspace } from '../../state/workspace.ts';

/** Keeps the search box and the address in step: what is searched for is a place one can come back to. */
export function followSearch({ navigation, search }: Pick<Workspace, 'navigation' | 'search'>): () => void {
  const fromPlace = (): void => {
    const { place } = navigation.getState();
    const { text, type } = search.getState();
    const wanted = place.is === 'search' ? place.text : '';
    if (wanted !== text.trim()) type(wanted);
  };
  const fromBox = (): void => {
    const text = search.getState().text.trim();
    const { place } = navigation.getState();
    if (text !== '') {
      if (place.is !== 'search' || place.text !== text) navigation.getState().search(text);
      return;
    }
    // Whoever empties the box may be on the way to another place; only else one goes back.
    queueMicrotask(() => {
      if (search.getState().text.trim() === '') navigation.getState().search('');
    });
  };
  fromPlace();
  const stopPlace = navigation.subscribe((now, before) => {
    if (now.place !== before.place) fromPlace();
  });
  const stopBox = search.subscribe((now, before) => {
    if (now.text.trim() !== before.text.trim()) fromBox();
  });
  return () => {
    stopPlace();
    stopBox();
  };
}
