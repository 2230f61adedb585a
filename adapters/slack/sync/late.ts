import { ChannelError } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import { compareTs, isTs, messageKey, microsOf, type Ts, timeOf, tsOf } from '../ids.ts';
import { Found, FoundMessage } from '../wire/answers.ts';
import { Message } from '../wire/message.ts';
import { type Asked, threadPage } from './history.ts';
import { tell } from './tell.ts';
import type { Work } from './work.ts';

const atOnce = 100;
/** Two thousand answers; who was away for longer than those has met an end. */
const mostPages = 20;
const day = 86_400_000;
/** What was said just now may not be found yet, ms. */
const indexMs = 600_000;

/** How far answers were looked for: kept until it was done, whatever ends the looking half way. */
const scope = 'answers';

/** From when on answers may have been missed. To be asked before anything is looked at, for looking moves what is known. */
export async function answersSince(work: Work): Promise<Ts> {
  const before = await work.context.checkpoint(scope);
  if (before !== undefined && isTs(before)) return before;
  const since = newestKnown(work);
  await keep(work, since);
  return since;
}
/** The newest that is here of all conversations: until then something was heard. */
export const newestKnown = ({ windows, web }: Work): Ts =>
  windows.channels
    .map((channel) => windows.get(channel).through)
    .filter((through) => compareTs(through, '0.000001') > 0)
    .toSorted(compareTs)
    .at(-1) ?? tsOf(web.now());
const keep = (work: Work, since: Ts): Promise<void> =>
  work.context.emit({ events: [], origin: 'history', checkpoint: { scope, cursor: asCursor(since) } });

/**
 * Answers to messages long past do not show in a conversation's newest page. Slack's search finds them over all
 * conversations at once; a workspace that does not let the app search goes without.
 */
export async function lateReplies(work: Work, since: Ts, asked: Asked): Promise<void> {
  const searched = tsOf(work.web.now() - indexMs);
  try {
    await search(work, since, asked);
  } catch (error) {
    if (!(error instanceof ChannelError) || error.outcome !== 'refused' || error.code === 'auth') throw error;
    return;
  }
  await keep(work, compareTs(searched, since) > 0 ? searched : since);
}

async function search(work: Work, since: Ts, asked: Asked): Promise<void> {
  // Days are the person's own, wherever that is: one more is looked at.
  const after = new Date(timeOf(since) - 2 * day).toISOString().slice(0, 10);
  const told = new Set<string>();
  for (let page = 1; page <= mostPages; page++) {
    const { messages } = await work.web.call(
      'search.messages',
      { query: `is:thread after:${after}`, count: atOnce, page, sort: 'timestamp', sort_dir: 'desc' },
      { answer: Found, ...asked },
    );
    const found = messages.matches.flatMap((raw) => FoundMessage.safeParse(raw).data ?? []);
    const answers: { readonly channel: string; readonly ts: Ts; readonly root: Ts }[] = [];
    for (const { channel, ts, permalink } of found) {
      const root = threadIn(permalink);
      if (root === undefined || root === ts || !work.windows.isWithin(channel.id)) continue;
      answers.push({ channel: channel.id, ts, root });
    }
    const known = await work.context.lookup.known(answers.map(({ channel, ts }) => messageKey(channel, ts)));
    // The oldest first: what a thread has after it comes along.
    for (const { channel, ts, root } of answers.toReversed()) {
      const key = messageKey(channel, ts);
      if (!known.has(key) && !told.has(key))
        for (const one of await fetchReplies(work, channel, root, ts, asked)) told.add(messageKey(channel, one));
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

/** The answer and those after it, whole, for a match lacks much. */
async function fetchReplies(work: Work, channel: string, root: Ts, ts: Ts, asked: Asked): Promise<readonly Ts[]> {
  const before = tsOf((microsOf(ts) - 1) / 1000);
  const { messages } = await threadPage(work.web, channel, root, before, atOnce, asked);
  const replies = messages.filter((raw) => {
    const at = Message.safeParse(raw).data?.ts;
    return at !== root && at !== undefined && compareTs(at, ts) >= 0;
  });
  const events = await tell(work, channel, replies, { ...asked, near: ts });
  const times = replies.flatMap((raw) => Message.safeParse(raw).data?.ts ?? []);
  await work.windows.loadFor(channel, root);
  for (const at of times) work.windows.noteReply(channel, root, at, true);
  if (events.length > 0)
    await work.context.emit({ events, origin: 'live', checkpoint: work.windows.checkpoint(channel) });
  await work.windows.tidy(channel);
  return times;
}
