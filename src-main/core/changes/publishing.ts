import type { Commands, Store } from '../../store/api.ts';
import type { Focus } from '../notify/focus.ts';
import type { Changes } from './changes.ts';

type Touched = Commands['ingest']['output']['topics'];

/**
 * The store, with what every command touched told to the windows after its commit. Not after its flush: a window asks the
 * store, which shows what is committed, and whatever a power cut undoes was not answered and is told or done again.
 * @param first is told before the windows
 */
export const publishing = (
  store: Store,
  changes: Changes,
  focus: Pick<Focus, 'touches'>,
  first: (topics: Touched) => void,
): Store => ({
  command: (name, input, committed) =>
    store.command(name, input, (output) => {
      const { topics }: { readonly topics: Touched } = output;
      first(topics);
      // What networks tell is waited for only by who looks at it; everything else somebody has just done.
      changes.publish(topics, { unwatched: name === 'ingest' && !focus.touches(topics) });
      committed?.(output);
    }),
  query: (name, input) => store.query(name, input),
  prepare: (events) => store.prepare(events),
  close: () => store.close(),
});
