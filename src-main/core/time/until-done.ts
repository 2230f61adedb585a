import type { Clock, Log } from '../../../src-shared/channel.ts';
import { pause } from './sleep.ts';

/** After a failure, ms: most often the store's, whose disk may be well again. */
const againAfter = 5000;

/**
 * Does what has to be done until it is, or the signal aborts; then answers false. Never rejects.
 * @param trouble what the log says of each failure
 */
export async function untilDone(
  work: () => Promise<unknown>,
  trouble: string,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted)
    try {
      await work();
      return true;
    } catch (error) {
      log.error(trouble, { error });
      await pause(clock, againAfter, signal);
    }
  return false;
}
