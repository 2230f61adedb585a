import type { Commands, Store } from '../../store/api.ts';
import { diskTrouble } from '../errors.ts';

type Enqueue = Commands['outbox.enqueue'];

/**
 * Puts work into the outbox. Where the answer is lost with the store's thread, or with a flush that failed, it may be in there:
 * whoever is told that it is not would send it again. So it is put in a second time, which does nothing where it is (SPEC, O-1).
 * Rejects with the store's error.
 */
export async function put(store: Store, work: Enqueue['input']): Promise<Enqueue['output']> {
  try {
    return await store.command('outbox.enqueue', work);
  } catch (error) {
    if (diskTrouble(error)?.code !== 'io') throw error;
    return store.command('outbox.enqueue', work);
  }
}
