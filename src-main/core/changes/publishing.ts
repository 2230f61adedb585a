import type { Commands, Store } from '../../store/api.ts';
import type { Focus } from '../notify/focus.ts';
import type { Changes } from './changes.ts';

type Touched = Commands['ingest']['output']['topics'];

/** The store, with what every command touched told to the windows after its commit. */
export const publishing = (store: Store, changes: Changes, focus: Pick<Focus, 'touches'>): Store => ({
  async command(name, input) {
    const output = await store.command(name, input);
    const { topics }: { readonly topics: Touched } = output;
    // What networks tell is waited for only by who looks at it; everything else somebody has just done.
    changes.publish(topics, { unwatched: name === 'ingest' && !focus.touches(topics) });
    return output;
  },
  query: (name, input) => store.query(name, input),
  close: () => store.close(),
});
