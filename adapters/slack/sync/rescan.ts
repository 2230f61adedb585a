import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { compareTs, conversationKey, messageKey, type Ts, timeOf } from '../ids.ts';
import { markEvent } from '../map/reactions.ts';
import { Messages } from '../wire/answers.ts';
import { Message } from '../wire/message.ts';
import { type Asked, historyPage } from './history.ts';
import { readEvents } from './read-state.ts';
import { tell } from './tell.ts';
import { changedThread } from './threads.ts';
import { lacksReactions, withAllReactions } from './whole.ts';
import { isTopLevel, type Trace, traceOf, type Window, windowSize } from './windows.ts';
import type { Work } from './work.ts';

/** More than so many pages between what was seen last and now is history: its task starts anew. */
const mostPages = 5;
/** A thread counts as lively for so long after its last answer, ms; and so many of a conversation are looked at whole. */
const livelyMs = 2 * 86_400_000;
const mostLively = 10;

export interface RescanOptions {
  /** How far the person has read, as Slack says. */
  readonly lastRead?: Ts | undefined;
  /** Lively threads are looked at whole: after a time without a connection. */
  readonly thorough?: boolean;
}
/** No first page of history was told yet; it will bring everything there is. */
export const isUntouched = (window: Window): boolean => compareTs(window.through, '0.000001') < 0;

/**
 * Compares the newest messages of a conversation with what was seen of them last, and tells what is new, edited, marked,
 * answered or gone. Nothing is told of what stayed as it was.
 */
export async function rescan(work: Work, channel: string, asked: Asked, options: RescanOptions = {}): Promise<void> {
  const before = await work.windows.load(channel);
  if (!before || isUntouched(before)) return;
  const { connection } = work.windows;
  // What is told live while the page is on its way is later than the page, and wins.
  const at = work.web.now();
  const { raws, low, gap } = await newest(work, channel, before, asked);
  const found = raws.flatMap((raw) => {
    const message = Message.safeParse(raw).data;
    return message && isTopLevel(message) ? [{ raw, message }] : [];
  });
  const there = new Set(found.map(({ message }) => message.ts));
  const gone: Ts[] = [];
  for (const { ts } of before.traces.values())
    if (compareTs(ts, low) >= 0 && !there.has(ts) && (await isGone(work, channel, ts, asked))) gone.push(ts);

  const lively = new Set(options.thorough ? livelyThreads(found, work.web.now()) : []);
  const traces = new Map<Ts, Trace>();
  const changed: unknown[] = [];
  const news: unknown[] = [];
  const marks: ChannelEvent[] = [];
  const answers: { raw: unknown; isNew: boolean }[] = [];
  for (const one of found) {
    const former = before.traces.get(one.message.ts);
    const raw = lacksReactions(one.message, former) ? await withAllReactions(work, channel, one.raw, asked) : one.raw;
    const message = Message.safeParse(raw).data ?? one.message;
    let trace = traceOf(message, former);
    const isNew = !former && compareTs(message.ts, before.through) > 0;
    if (isNew) news.push(raw);
    else if (!former || former.version !== trace.version || former.stone !== trace.stone) changed.push(raw);
    if (former) marks.push(...markChanges(work, channel, former, trace, at));
    const thread = await changedThread(work, channel, former, trace, asked, lively.has(message.ts));
    if (thread) {
      trace = thread.trace;
      answers.push(...thread.raws.map((one) => ({ raw: one, isNew: former !== undefined || isNew })));
      marks.push(...thread.gone.map((ts): ChannelEvent => ({ type: 'removed', target: messageKey(channel, ts), at })));
    }
    traces.set(message.ts, trace);
  }
  const near = low;
  const quiet = [
    ...(await tell(work, channel, [...changed, ...answers.filter(({ isNew }) => !isNew).map(({ raw }) => raw)], {
      ...asked,
      near,
    })),
    ...marks,
    ...gone.map((ts): ChannelEvent => ({ type: 'removed', target: messageKey(channel, ts), at })),
    ...(gap ? [{ type: 'gap' as const, scope: channel }] : []),
  ];
  const loud = await tell(work, channel, [...news, ...answers.filter(({ isNew }) => isNew).map(({ raw }) => raw)], {
    ...asked,
    near,
  });
  const read = readEvents(channel, options.lastRead, [...there], at);
  remember(work, channel, traces, gone);
  work.windows.caughtUp(channel, connection);
  // What was read elsewhere is known before what is new, so that nobody is told of what was read.
  if (quiet.length + read.length > 0) await work.context.emit({ events: [...read, ...quiet], origin: 'history' });
  const moved = work.windows.get(channel).through !== before.through;
  if (quiet.length + loud.length > 0 || moved)
    await work.context.emit({ events: loud, origin: 'live', checkpoint: work.windows.checkpoint(channel) });
}

/** Threads in which something was said lately, where an answer may have been edited. */
function livelyThreads(found: readonly { readonly message: Message }[], now: number): readonly Ts[] {
  return found
    .flatMap(({ message: { ts, latest_reply: latest } }) =>
      latest && now - timeOf(latest) < livelyMs ? [{ ts, latest }] : [],
    )
    .toSorted((a, b) => compareTs(b.latest, a.latest))
    .slice(0, mostLively)
    .map(({ ts }) => ts);
}

/** Back to what was seen last, or as far as is reasonable. `low`: everything from there on was looked at. */
async function newest(work: Work, channel: string, before: Window, asked: Asked) {
  const raws: unknown[] = [];
  let latest: Ts | undefined;
  for (let pages = 1; ; pages++) {
    const page = await historyPage(work.web, channel, latest, windowSize, asked);
    raws.push(...page.messages);
    const oldest = raws.flatMap((raw) => Message.safeParse(raw).data?.ts ?? []).toSorted(compareTs)[0];
    const overlaps = oldest !== undefined && compareTs(oldest, before.through) <= 0;
    if (!page.more || oldest === undefined || oldest === latest)
      return { raws, low: page.more ? (oldest ?? before.through) : '0.000000', gap: false };
    if (overlaps || pages >= mostPages) return { raws, low: oldest, gap: !overlaps };
    latest = oldest;
  }
}

/** Removed is for ever, so a message that is missing from a page is asked for by itself before anybody is told. */
async function isGone(work: Work, channel: string, ts: Ts, asked: Asked): Promise<boolean> {
  const { messages } = await work.web.call(
    'conversations.history',
    { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 },
    { answer: Messages, ...asked },
  );
  return !messages.some((raw) => Message.safeParse(raw).data?.ts === ts);
}

function markChanges(work: Work, channel: string, former: Trace, now: Trace, at: number): readonly ChannelEvent[] {
  const target = messageKey(channel, now.ts);
  const pinned = now.pinned === true;
  const off = former.marks.filter((mark) => !now.marks.includes(mark));
  const on = now.marks.filter((mark) => !former.marks.includes(mark));
  return [
    ...off.map((mark) => markEvent(target, mark, false, at, work.me)),
    ...on.map((mark) => markEvent(target, mark, true, at, work.me)),
    ...(pinned === (former.pinned === true) ? [] : [{ type: 'flags' as const, target, flags: { pinned }, at }]),
  ];
}

/** What was noted live meanwhile stays. */
function remember(work: Work, channel: string, traces: ReadonlyMap<Ts, Trace>, gone: readonly Ts[]): void {
  const now = work.windows.get(channel);
  const merged = new Map(now.traces);
  for (const [ts, trace] of traces) merged.set(ts, trace);
  for (const ts of gone) merged.delete(ts);
  const newest = [...traces.keys(), now.through].toSorted(compareTs).at(-1) ?? now.through;
  const seen = compareTs(newest, now.seen) > 0 ? newest : now.seen;
  work.windows.put(channel, { seen, through: newest, traces: merged });
}

/** For the scope of a conversation's history. */
export const historyEvent = (channel: string, title?: string): ChannelEvent => ({
  type: 'history',
  scope: conversationKey(channel),
  ...(title && { title: title.slice(0, 1024) }),
});
