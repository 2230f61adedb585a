import { ChannelError } from '../../../src-shared/channel.ts';
import { type Media, mediaOf, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { plainOf } from '../../../src-shared/text/formats.ts';
import { conversationKey, placeOf, type Ts } from '../ids.ts';
import { limits } from '../limits.ts';
import { oneMessage } from '../sync/one.ts';
import type { Work } from '../sync/work.ts';
import { type RichText, richTextOf, type Written } from '../text/exact.ts';
import { isMisread } from '../text/misread.ts';
import type { Names } from '../text/names.ts';
import { type Mention, markdownToMrkdwn, plainToMrkdwn } from '../text/write.ts';
import { ConversationOpened } from '../wire/answers.ts';

/** Words in Slack's own mark-up, and where that would be misread, as rich text. */
export interface Words {
  readonly text: string;
  readonly exact?: RichText | undefined;
}
/** What goes out, in Slack's own words. */
export interface Composed {
  readonly channel: string;
  readonly thread: Ts | undefined;
  readonly words: Words;
  readonly media: readonly Media[];
}

export function wordsOf({ parts, mentions = [] }: Pick<OutgoingMessage, 'parts' | 'mentions'>, names: Names): Words {
  const named: readonly Mention[] = mentions.flatMap(({ key, name }) =>
    name ? [{ id: key, name: name.replace(/^@/, '') }] : [],
  );
  const written = parts.flatMap((part): readonly Written[] => {
    if (part.kind !== 'text') return [];
    if (part.format === 'markdown') return [{ text: part.text, format: 'markdown' }];
    const text = part.format === 'html' ? (part.plain ?? plainOf(part.text, 'html')) : part.text;
    return [{ text, format: 'plain' }];
  });
  const text = written
    .map((one) => (one.format === 'markdown' ? markdownToMrkdwn(one.text, named) : plainToMrkdwn(one.text, named)))
    .filter((words) => words !== '')
    .join('\n\n');
  const exact = richTextOf(written, named, names);
  return { text, ...(exact && isMisread(exact, text) && { exact }) };
}

/** Slack knows no such block, or not one so long. */
const unfit = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);
/** Says it exactly; where Slack refuses that, and so has done nothing, in mark-up alone. */
export async function saying<T>(
  { exact }: Words,
  call: (blocks: readonly RichText[] | undefined) => Promise<T>,
): Promise<T> {
  if (!exact) return call(undefined);
  try {
    return await call([exact]);
  } catch (error) {
    if (error instanceof ChannelError && error.outcome === 'refused' && unfit.has(error.code)) return call(undefined);
    throw error;
  }
}

/** Slack cuts what is longer without a word; signs that are escaped count as what they become. */
export function fitting(text: string): void {
  if (text.length > limits.maxText)
    throw new ChannelError('msg_too_long', 'refused', 'With its links and signs this is longer than Slack takes.');
}

export async function compose(work: Work, message: OutgoingMessage, signal: AbortSignal): Promise<Composed> {
  const channel = await channelOf(work, message, signal);
  const media = message.parts.flatMap(mediaOf);
  const words = wordsOf(message, work.reading.names);
  const { text } = words;
  fitting(text);
  if (text === '' && media.length === 0) throw new ChannelError('no_text', 'refused', 'There is nothing to send.');
  return { channel, thread: await threadOf(work, message, signal), words, media };
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
