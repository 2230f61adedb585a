import type { Ts } from '../ids.ts';
import type { Web } from '../web.ts';
import { Messages } from '../wire/answers.ts';

export interface Asked {
  readonly signal: AbortSignal;
  readonly background: boolean;
  readonly maxWaitMs?: number;
}
export interface PageOf {
  readonly messages: readonly unknown[];
  readonly more: boolean;
}

/**
 * Messages of a conversation before `latest`, newest first. Pages go on from the time of the last message rather than by
 * Slack's cursor, which may have run out when history is resumed days later.
 */
export async function historyPage(
  web: Web,
  channel: string,
  latest: Ts | undefined,
  limit: number,
  asked: Asked,
): Promise<PageOf> {
  const page = await web.call(
    'conversations.history',
    { channel, limit, include_all_metadata: true, ...(latest !== undefined && { latest }) },
    { answer: Messages, ...asked },
  );
  return { messages: page.messages, more: page.has_more ?? false };
}

/** Answers of a thread after `oldest`, oldest first; the first message of the thread comes along. */
export async function threadPage(
  web: Web,
  channel: string,
  root: Ts,
  oldest: Ts | undefined,
  limit: number,
  asked: Asked,
): Promise<PageOf> {
  const page = await web.call(
    'conversations.replies',
    { channel, ts: root, limit, include_all_metadata: true, ...(oldest !== undefined && { oldest }) },
    { answer: Messages, ...asked },
  );
  return { messages: page.messages, more: page.has_more ?? false };
}
