import type { Store } from '../../store/api.ts';
import type { Changes } from './changes.ts';

/** The store, with what every command touched told to the windows after its commit. */
export const publishing = (store: Store, changes: Changes): Store => ({
  async command(name, input) {
    const output = await store.command(name, input);
    changes.publish(output.topics);
    return output;
  },
  query: (name, input) => store.query(name, input),
  close: () => store.close(),
});
