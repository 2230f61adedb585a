import type { SendOptions, SendResult } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { txnEvent, txnField } from '../map/message.ts';
import type { Work } from '../sync/work.ts';
import { Posted } from '../wire/answers.ts';
import { compose, saying } from './compose.ts';
import { sendFiles } from './files.ts';
import { sent } from './sent.ts';

/**
 * Slack has no idempotency key, so the transaction travels in the message's metadata, where `reconcile` finds it again
 * (https://docs.slack.dev/messaging/message-metadata).
 */
export async function send(work: Work, message: OutgoingMessage, options: SendOptions): Promise<SendResult> {
  const { signal, txn } = options;
  const composed = await compose(work, message, signal);
  if (composed.media.length > 0) return sendFiles(work, composed, options);
  const { channel, thread, words } = composed;
  const posted = await saying(words, (blocks) =>
    work.web.call(
      'chat.postMessage',
      {
        channel,
        text: words.text,
        metadata: { event_type: txnEvent, event_payload: { [txnField]: txn } },
        ...(blocks && { blocks }),
        ...(thread !== undefined && { thread_ts: thread }),
      },
      { answer: Posted, signal, once: true },
    ),
  );
  return sent(work, posted.channel, posted.ts, posted.message, options);
}
