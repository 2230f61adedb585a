import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Ts } from '../ids.ts';
import { messageEvents, peopleIn } from '../map/message.ts';
import { Message } from '../wire/message.ts';
import type { Asked } from './history.ts';
import { lacksReactions, withAllReactions } from './whole.ts';
import type { Work } from './work.ts';

export interface Telling extends Asked {
  /** Where a message stands that is too damaged to say so. */
  readonly near: Ts;
  /** Version of what does not say that it changed, Unix microseconds. */
  readonly version?: number;
  /** Nobody is asked who somebody is, or who else reacted. */
  readonly strangers?: boolean;
}
/** Messages as events, those they name introduced before. */
export async function tell(
  work: Work,
  channel: string,
  raws: readonly unknown[],
  options: Telling,
): Promise<readonly ChannelEvent[]> {
  const { version } = options;
  const met = options.strangers ? [] : await work.directory.meet(raws.flatMap(peopleIn), options);
  const all: unknown[] = [];
  for (const raw of raws) {
    const message = Message.safeParse(raw).data;
    const lacks = !options.strangers && message !== undefined && lacksReactions(message);
    all.push(lacks ? await withAllReactions(work, channel, raw, options) : raw);
  }
  let near = options.near;
  const messages = all.flatMap((raw) => {
    const message = Message.safeParse(raw).data;
    near = message?.ts ?? near;
    const txn = message && work.uploads.txnOf(message);
    const seen = { channel, raw, near, ...(version !== undefined && { version }), ...(txn && { txn }) };
    return messageEvents(seen, work.reading);
  });
  return [...met, ...messages];
}
