import { ChannelError } from '../../../src-shared/channel.ts';
import type { Work } from './work.ts';

/** Being asked for patience is no trouble: the work is done again when it may be. `signal` ends the waiting. */
export async function patiently<T>(work: Work, signal: AbortSignal, doing: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await doing();
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'busy') throw error;
      await work.clock.sleep(error.retryAfterMs ?? 30_000, signal);
    }
  }
}
