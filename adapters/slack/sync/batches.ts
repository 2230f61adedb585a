import type { Batch } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Ts } from '../ids.ts';
import type { Asked } from './history.ts';
import type { Work } from './work.ts';

/** What one event may ask for on the way: a message is not held up for a name that would take long to get. */
export const soon = (work: Work): Asked => ({ signal: work.over, background: false, maxWaitMs: 2000 });

/** Batches are made the moment they are emitted, for a checkpoint covers what was noted until then. */
export type Batches = readonly (() => Batch | undefined)[];
export const quiet = (events: readonly ChannelEvent[]): Batches =>
  events.length === 0 ? [] : [() => ({ events, origin: 'history' })];

/**
 * Something about a message, noted with what was seen of it (`ts`: of it, or of its thread) and committed with that. A window
 * is looked at before it is written: what is told before anything else must not wipe out what was known. Of a conversation not
 * met there is none.
 */
export async function noted(
  work: Work,
  channel: string,
  origin: Batch['origin'],
  events: readonly ChannelEvent[],
  ts: Ts,
  note: () => void,
): Promise<Batches> {
  if ((await work.windows.load(channel)) === undefined) return [() => ({ events, origin })];
  await work.windows.loadFor(channel, ts);
  return [
    () => {
      note();
      return { events, origin, checkpoint: work.windows.checkpoint(channel) };
    },
    () => work.windows.pastBatch(channel),
  ];
}
