import { ChannelError } from '../../../src-shared/channel.ts';
import { compareTs, isTs, messageKey, microsOf, type Ts, timeOf, tsOf } from '../ids.ts';
import { Found, FoundMessage } from '../wire/answers.ts';
import { Message } from '../wire/message.ts';
import { type Asked, threadPage } from './history.ts';
import { tell } from './tell.ts';
import type { Work } from './work.ts';

const atOnce = 100;
const mostPages = 3;
const day = 86_400_000;

/**
 * Answers to messages long past do not show in a conversation's newest page. Slack's search finds them over all
 * conversations at once; a workspace that does not let the app search goes without.
 */
export async function lateReplies(work: Work, since: Ts, asked: Asked): Promise<void> {
  try {
    await search(work, since, asked);
  } catch (error) {
    if (!(error instanceof ChannelError) || error.outcome !== 'refused' || error.code === 'auth') throw error;
  }
}

async function search(work: Work, since: Ts, asked: Asked): Promise<void> {
  // Days are the person's own, wherever that is: one more is looked at.
  const after = new Date(timeOf(since) - 2 * day).toISOString().slice(0, 10);
  for (let page = 1; page <= mostPages; page++) {
    const { messages } = await work.web.call(
      'search.messages',
      { query: `is:thread after:${after}`, count: atOnce, page, sort: 'timestamp', sort_dir: 'desc' },
      { answer: Found, ...asked },
    );
    const found = messages.matches.flatMap((raw) => FoundMessage.safeParse(raw).data ?? []);
    for (const { channel, ts, permalink } of found) {
      const root = threadIn(permalink);
      if (root === undefined || root === ts || (await work.windows.load(channel.id)) === undefined) continue;
      const key = messageKey(channel.id, ts);
      if ((await work.context.lookup.known([key])).has(key)) continue;
      await fetchReply(work, channel.id, root, ts, asked);
    }
    const oldest = found.map(({ ts }) => ts).toSorted(compareTs)[0];
    if (page >= (messages.paging?.pages ?? 1) || oldest === undefined || compareTs(oldest, since) < 0) return;
  }
}
/** A match says which thread it belongs to in its address alone. */
export function threadIn(permalink: string | undefined): Ts | undefined {
  if (permalink === undefined || !URL.canParse(permalink)) return undefined;
  const thread = new URL(permalink).searchParams.get('thread_ts');
  return thread !== null && isTs(thread) ? thread : undefined;
}

/** The answer whole, for a match lacks much of it. */
async function fetchReply(work: Work, channel: string, root: Ts, ts: Ts, asked: Asked): Promise<void> {
  const before = tsOf((microsOf(ts) - 1) / 1000);
  const { messages } = await threadPage(work.web, channel, root, before, atOnce, asked);
  const replies = messages.filter((raw) => {
    const at = Message.safeParse(raw).data?.ts;
    return at !== root && at !== undefined && compareTs(at, ts) >= 0;
  });
  const events = await tell(work, channel, replies, { ...asked, near: ts });
  for (const raw of replies) {
    const at = Message.safeParse(raw).data?.ts;
    if (at !== undefined) work.windows.noteReply(channel, root, at, true);
  }
  if (events.length > 0)
    await work.context.emit({ events, origin: 'live', checkpoint: work.windows.checkpoint(channel) });
}
