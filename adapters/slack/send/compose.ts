import { ChannelError } from '../../../src-shared/channel.ts';
import { type Media, mediaOf, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { plainOf } from '../../../src-shared/text/formats.ts';
import { conversationKey, placeOf, type Ts } from '../ids.ts';
import { limits } from '../limits.ts';
import { oneMessage } from '../sync/one.ts';
import type { Work } from '../sync/work.ts';
import { type Mention, markdownToMrkdwn, plainToMrkdwn } from '../text/write.ts';
import { ConversationOpened } from '../wire/answers.ts';

/** What goes out, in Slack's own words. */
export interface Composed {
  readonly channel: string;
  readonly thread: Ts | undefined;
  readonly text: string;
  readonly media: readonly Media[];
}

/** The words of a message as mrkdwn. */
export function wordsOf({ parts, mentions = [] }: Pick<OutgoingMessage, 'parts' | 'mentions'>): string {
  const named: readonly Mention[] = mentions.flatMap(({ key, name }) =>
    name ? [{ id: key, name: name.replace(/^@/, '') }] : [],
  );
  return parts
    .flatMap((part) => {
      if (part.kind !== 'text') return [];
      if (part.format === 'markdown') return [markdownToMrkdwn(part.text, named)];
      return [plainToMrkdwn(part.format === 'html' ? (part.plain ?? plainOf(part.text, 'html')) : part.text, named)];
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Slack cuts what is longer without a word; signs that are escaped count as what they become. */
export function fitting(text: string): void {
  if (text.length > limits.maxText)
    throw new ChannelError('msg_too_long', 'refused', 'With its links and signs this is longer than Slack takes.');
}

export async function compose(work: Work, message: OutgoingMessage, signal: AbortSignal): Promise<Composed> {
  const channel = await channelOf(work, message, signal);
  const media = message.parts.flatMap(mediaOf);
  const text = wordsOf(message);
  fitting(text);
  if (text === '' && media.length === 0) throw new ChannelError('no_text', 'refused', 'There is nothing to send.');
  return { channel, thread: await threadOf(work, message, signal), text, media };
}

/** Where it goes; a conversation with exactly these people is the same one every time it is opened. */
async function channelOf(work: Work, message: OutgoingMessage, signal: AbortSignal): Promise<string> {
  if (message.conversation !== undefined) return message.conversation;
  const users = (message.recipients ?? []).map(({ key }) => key);
  return openWith(work, users, signal);
}
export async function openWith(work: Work, users: readonly string[], signal: AbortSignal): Promise<string> {
  if (users.length === 0) throw new ChannelError('no-recipient', 'refused', 'Say whom it is for.');
  const { channel } = await work.web.call(
    'conversations.open',
    { users: users.join(',') },
    { answer: ConversationOpened, signal },
  );
  return conversationKey(channel.id);
}

/**
 * To answer a message is to write into its thread, for Slack has no other answers. An answer within a thread names the
 * thread's first message, never another answer.
 */
async function threadOf(work: Work, message: OutgoingMessage, signal: AbortSignal): Promise<Ts | undefined> {
  const root = message.threadRoot && placeOf(message.threadRoot);
  if (root) return root.ts;
  const answered = message.replyTo && placeOf(message.replyTo);
  if (!answered) return undefined;
  const found = await oneMessage(work.web, answered.channel, answered.ts, signal);
  if (!found) throw new ChannelError('thread_not_found', 'refused', 'Slack no longer has the message this answers.');
  return found.message.thread_ts ?? answered.ts;
}
