import type { Ts } from '../ids.ts';
import type { Web } from '../web.ts';
import { Messages } from '../wire/answers.ts';
import { Message } from '../wire/message.ts';

/**
 * One message, whether it stands in the conversation or in a thread: `conversations.replies` takes "either a thread's parent
 * message or a message in the thread". Undefined where it is not there.
 */
export async function oneMessage(
  web: Web,
  channel: string,
  ts: Ts,
  signal: AbortSignal,
): Promise<{ readonly raw: unknown; readonly message: Message } | undefined> {
  const { messages } = await web.call(
    'conversations.replies',
    { channel, ts, oldest: ts, latest: ts, inclusive: true, limit: 10, include_all_metadata: true },
    { answer: Messages, signal },
  );
  for (const raw of messages) {
    const message = Message.safeParse(raw).data;
    if (message?.ts === ts) return { raw, message };
  }
  return undefined;
}
