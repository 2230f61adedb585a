import type { SendOptions, SendResult } from '../../../src-shared/channel.ts';
import { messageKey, orderOf, type Ts, timeOf } from '../ids.ts';
import { tell } from '../sync/tell.ts';
import type { Work } from '../sync/work.ts';
import { isRecord } from '../wire/soft.ts';

/** What Slack made of it, as its own echo would tell it. */
export async function sent(
  work: Work,
  channel: string,
  ts: Ts,
  raw: unknown,
  { txn, signal }: Pick<SendOptions, 'txn' | 'signal'>,
): Promise<SendResult> {
  const whole = isRecord(raw) ? { user: work.me, ...raw, ts } : undefined;
  const events = whole
    ? await tell(work, channel, [whole], { signal, background: false, near: ts, strangers: true })
    : [];
  return {
    is: 'sent',
    key: messageKey(channel, ts),
    at: timeOf(ts),
    order: orderOf(ts),
    events: events.map((event) =>
      event.type === 'message' ? { ...event, message: { ...event.message, txn } } : event,
    ),
  };
}
