import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { compareTs, messageKey, type Ts } from '../ids.ts';

/**
 * How far the person has read on other devices. Slack tells it to nobody but who asks (`conversations.info`), and may name a
 * moment rather than a message: of those at hand, the last before it is meant.
 */
export function readEvents(
  channel: string,
  lastRead: Ts | undefined,
  known: readonly Ts[],
  at: number,
): readonly ChannelEvent[] {
  if (lastRead === undefined || compareTs(lastRead, '1.000000') < 0) return [];
  const upTo =
    known
      .filter((ts) => compareTs(ts, lastRead) <= 0)
      .toSorted(compareTs)
      .at(-1) ?? lastRead;
  return [{ type: 'receipt', receipt: 'read', by: 'me', upTo: messageKey(channel, upTo), at }];
}
