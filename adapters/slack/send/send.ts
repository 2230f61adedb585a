import { ChannelError, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { messageKey, orderOf, type Ts, timeOf } from '../ids.ts';
import { txnEvent, txnField } from '../map/message.ts';
import { tell } from '../sync/tell.ts';
import type { Work } from '../sync/work.ts';
import { Posted } from '../wire/answers.ts';
import { isRecord } from '../wire/soft.ts';
import { compose } from './compose.ts';
import { sendFiles } from './files.ts';

/**
 * Slack has no idempotency key, so the transaction travels in the message's metadata, where `reconcile` finds it again
 * (https://docs.slack.dev/messaging/message-metadata).
 */
export async function send(work: Work, message: OutgoingMessage, options: SendOptions): Promise<SendResult> {
  const { signal, txn } = options;
  const composed = await compose(work, message, signal);
  if (composed.media.length > 0) return sendFiles(work, composed, options);
  const { channel, thread, text } = composed;
  const posted = await work.web.call(
    'chat.postMessage',
    {
      channel,
      text,
      metadata: { event_type: txnEvent, event_payload: { [txnField]: txn } },
      ...(thread !== undefined && { thread_ts: thread }),
    },
    { answer: Posted, signal, once: true },
  );
  return sent(work, posted.channel, posted.ts, posted.message, options);
}

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
export const notYet = (what: string): ChannelError => new ChannelError('pending', 'unknown', what);
