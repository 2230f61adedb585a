import { z } from 'zod';
import { type BackfillPage, type BackfillQuery, ChannelError } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type Cursor } from '../../../src-shared/model/index.ts';
import { compareTs, isTs, type Ts, tsOf } from '../ids.ts';
import { Message } from '../wire/message.ts';
import { Ts as TsSchema } from '../wire/soft.ts';
import { historyPage, threadPage } from './history.ts';
import { readState } from './read-state.ts';
import { describe } from './settings.ts';
import { tell } from './tell.ts';
import { isTopLevel, traceOf } from './windows.ts';
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
  const { scope: channel, cursor, signal } = query;
  const limit = Math.min(query.limit, mostAtOnce);
  const place: Place = cursor === undefined ? { done: 0, ended: false, threads: [] } : Place.parse(JSON.parse(cursor));
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
    for (const ts of replies.map(tsIn)) if (ts) work.windows.noteReply(channel, thread.root, ts, true);
    // A page that brings nothing new would be asked for without end.
    const more = page.more && last !== undefined && last !== thread.after;
    const threads = more ? [{ root: thread.root, after: last }, ...others] : others;
    const events = await tell(work, channel, replies, { ...asked, near: thread.root });
    return answer(events, { ...place, threads, done: place.done + replies.length });
  }
  const first = place.before === undefined;
  const setting = first ? await introduce(work, channel, signal) : [];
  const page = await historyPage(work.web, channel, place.before, limit, asked);
  const found = page.messages.flatMap((raw) => Message.safeParse(raw).data ?? []);
  const before = found.map(({ ts }) => ts).toSorted(compareTs)[0];
  const events = await tell(work, channel, page.messages, {
    ...asked,
    near: before ?? place.before ?? tsOf(work.clock.now()),
  });
  const read = first
    ? await readState(
        work,
        channel,
        found.map(({ ts }) => ts),
        signal,
      )
    : [];
  if (first) await adopt(work, channel, found);
  return answer([...setting, ...events, ...read], {
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
async function introduce(work: Work, channel: string, signal: AbortSignal): Promise<readonly ChannelEvent[]> {
  try {
    return await describe(work, channel, { signal, background: true, members: true });
  } catch (error) {
    if (error instanceof ChannelError && error.outcome === 'refused' && error.code !== 'auth' && error.code !== 'scope')
      return [];
    throw error;
  }
}

/** From here on changes to these are noticed. */
async function adopt(work: Work, channel: string, found: readonly Message[]): Promise<void> {
  const window = (await work.windows.load(channel)) ?? work.windows.get(channel);
  const traces = new Map(window.traces);
  for (const message of found.filter(isTopLevel)) {
    if (!traces.has(message.ts)) traces.set(message.ts, traceOf(message));
  }
  const seen = [window.seen, ...found.map(({ ts }) => ts)].filter(isTs).toSorted(compareTs).at(-1) ?? window.seen;
  work.windows.put(channel, { seen, traces });
  await work.context.emit({ events: [], origin: 'history', checkpoint: work.windows.checkpoint(channel) });
}
