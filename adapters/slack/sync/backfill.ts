import { z } from 'zod';
import { type BackfillPage, type BackfillQuery, ChannelError } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type Cursor } from '../../../src-shared/model/index.ts';
import { compareTs, type Ts, tsOf } from '../ids.ts';
import { Message } from '../wire/message.ts';
import { Ts as TsSchema } from '../wire/soft.ts';
import { historyPage, threadPage } from './history.ts';
import { readEvents } from './read-state.ts';
import { type Described, describe } from './settings.ts';
import { tell } from './tell.ts';
import { isTopLevel, traceOf } from './trace.ts';
import type { Work } from './work.ts';

/** Slack recommends no more than 200 at once (https://docs.slack.dev/apis/web-api/pagination). */
const mostAtOnce = 200;

const Place = z.object({
  /** Told so far. */
  done: z.number(),
  /** The oldest message told; the next page ends before it. Absent: nothing told yet. */
  before: TsSchema.optional(),
  /** No older messages are left, only threads. */
  ended: z.boolean(),
  /** Threads of the last page whose answers are still to be told, with the last answer told. */
  threads: z.array(z.object({ root: TsSchema, after: TsSchema.optional() })),
});
type Place = z.infer<typeof Place>;

/** One conversation's history, newest first: a page of messages, then the threads that begin in it, answer by answer. */
export async function backfillPage(work: Work, query: BackfillQuery): Promise<BackfillPage> {
  const { cursor } = query;
  const place: Place = cursor === undefined ? { done: 0, ended: false, threads: [] } : Place.parse(JSON.parse(cursor));
  try {
    return await nextPage(work, query, place);
  } catch (error) {
    // Left, or deleted: what was told stays, and there is no more of it.
    if (isGone(error)) return { events: [], done: place.done, total: place.done };
    throw error;
  }
}

async function nextPage(work: Work, query: BackfillQuery, place: Place): Promise<BackfillPage> {
  const { scope: channel, signal } = query;
  const limit = Math.min(query.limit, mostAtOnce);
  await work.windows.load(channel);
  const asked = { signal, background: true };
  const [thread, ...others] = place.threads;
  if (thread) {
    const page = await skippingGone(() => threadPage(work.web, channel, thread.root, thread.after, limit, asked));
    const replies = page.messages.filter((raw) => tsIn(raw) !== thread.root);
    const last = replies
      .map(tsIn)
      .filter((ts) => ts !== undefined)
      .toSorted(compareTs)
      .at(-1);
    await work.windows.loadFor(channel, thread.root);
    for (const ts of replies.map(tsIn)) if (ts) work.windows.noteReply(channel, thread.root, ts, true);
    await work.windows.tidy(channel);
    // A page that brings nothing new would be asked for without end.
    const more = page.more && last !== undefined && last !== thread.after;
    const threads = more ? [{ root: thread.root, after: last }, ...others] : others;
    const events = await tell(work, channel, replies, { ...asked, near: thread.root });
    return answer(events, { ...place, threads, done: place.done + replies.length });
  }
  const first = place.before === undefined;
  const setting = first ? await introduce(work, channel, signal) : undefined;
  const { connection } = work.windows;
  const page = await historyPage(work.web, channel, place.before, limit, asked);
  const found = page.messages.flatMap((raw) => Message.safeParse(raw).data ?? []);
  const before = found.map(({ ts }) => ts).toSorted(compareTs)[0];
  const events = await tell(work, channel, page.messages, {
    ...asked,
    near: before ?? place.before ?? tsOf(work.web.now()),
  });
  const read = readEvents(
    channel,
    setting?.lastRead,
    found.map(({ ts }) => ts),
    work.web.now(),
  );
  if (first) await adopt(work, channel, found, connection);
  else await remember(work, channel, found);
  return answer([...(setting?.events ?? []), ...events, ...read], {
    done: place.done + page.messages.length,
    ended: !page.more || before === undefined,
    ...((before ?? place.before) && { before: before ?? place.before }),
    threads: found
      .filter(
        (message) => (message.reply_count ?? 0) > 0 && isTopLevel(message) && message.subtype !== 'thread_broadcast',
      )
      .map(({ ts }) => ({ root: ts })),
  });
}

function answer(events: readonly ChannelEvent[], place: Place): BackfillPage {
  const over = place.ended && place.threads.length === 0;
  const next: Cursor = asCursor(JSON.stringify(place));
  return { events, done: place.done, ...(over ? { total: place.done } : { next }) };
}
const tsIn = (raw: unknown): Ts | undefined => Message.safeParse(raw).data?.ts;

/** A thread whose first message was deleted meanwhile has no answers left to fetch. */
async function skippingGone<T extends { readonly messages: readonly unknown[]; readonly more: boolean }>(
  work: () => Promise<T>,
): Promise<T | { readonly messages: readonly unknown[]; readonly more: false }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'thread_not_found') return { messages: [], more: false };
    throw error;
  }
}

/** Who is in it, asked with the first page so that opening an account costs no call for each conversation. */
async function introduce(work: Work, channel: string, signal: AbortSignal): Promise<Described | undefined> {
  try {
    return await describe(work, channel, { signal, background: true, members: true });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
/** The conversation is not (or no longer) one the person is in; that is no trouble of the account. */
const isGone = (error: unknown): boolean =>
  error instanceof ChannelError && error.outcome === 'refused' && error.code !== 'auth' && error.code !== 'scope';

/** Stands for "looked at, and there was nothing". */
const nothingYet: Ts = '0.000001';
/** From here on changes to these are noticed, and what comes after them if it should be missed. */
async function adopt(work: Work, channel: string, found: readonly Message[], connection: number): Promise<void> {
  const window = (await work.windows.load(channel)) ?? work.windows.get(channel);
  const traces = new Map(window.traces);
  for (const message of found.filter(isTopLevel)) {
    if (!traces.has(message.ts)) traces.set(message.ts, traceOf(message));
  }
  const times = found.map(({ ts }) => ts);
  const through = [window.through, nothingYet, ...times].toSorted(compareTs).at(-1) ?? window.through;
  const seen = compareTs(through, window.seen) > 0 ? through : window.seen;
  work.windows.put(channel, { seen, through, traces });
  work.windows.caughtUp(channel, connection);
  await work.context.emit({ events: [], origin: 'history', checkpoint: work.windows.checkpoint(channel) });
  await work.windows.tidy(channel);
}
/** What comes after the first page is looked at again only after a time without a connection. */
async function remember(work: Work, channel: string, found: readonly Message[]): Promise<void> {
  for (const { ts } of found) await work.windows.loadFor(channel, ts);
  const met = found.filter((message) => isTopLevel(message) && !work.windows.trace(channel, message.ts));
  await work.windows.found(
    channel,
    met.map((message) => traceOf(message)),
  );
  await work.windows.tidy(channel);
}
