import type { Clock, Log } from '../../../src-shared/channel.ts';
import { pause } from '../time/sleep.ts';
import type { Attachments } from './attachments.ts';

/** What was attached and never sent is kept this long, ms: thirty days. */
const uploadsLastMs = 30 * 24 * 3_600_000;
/** A program that is left open for weeks tidies up too, ms: once a day. */
const everyMs = 24 * 3_600_000;

/** Lets go of forgotten uploads and of files that nothing names, now and once a day, until the signal aborts. Never rejects. */
export async function keepTidy(
  { attachments, clock, log }: { attachments: Attachments; clock: Clock; log: Log },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await attachments.letGo(clock.now() - uploadsLastMs);
      await attachments.sweep(clock.now() - everyMs);
    } catch (error) {
      log.error('Files that are no longer needed could not be let go of', { error });
    }
    await pause(clock, everyMs, signal);
  }
}
