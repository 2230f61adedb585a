import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { compareTs, conversationKey, type Ts, timeOf } from '../ids.ts';
import { Message } from '../wire/message.ts';
import { compare, type Found, goneOf, missingOf, topLevelOf } from './compare.ts';
import { type Asked, historyPage } from './history.ts';
import { readEvents } from './read-state.ts';
import type { Trace } from './trace.ts';
import { type Window, windowSize } from './windows.ts';
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

/** Compares the newest messages of a conversation with what was seen of them last. */
export async function rescan(work: Work, channel: string, asked: Asked, options: RescanOptions = {}): Promise<void> {
  const before = await work.windows.load(channel);
  if (!before || isUntouched(before)) return;
  const { connection } = work.windows;
  const at = work.web.now();
  const { raws, low, gap } = await newest(work, channel, before, asked);
  const found = topLevelOf(raws);
  const there = new Set(found.map(({ message }) => message.ts));
  const beyond = (ts: Ts): boolean => !before.traces.has(ts) && compareTs(ts, before.through) <= 0;
  for (const ts of there) if (beyond(ts)) await work.windows.loadFor(channel, ts);
  const known = [...before.traces.keys()].filter((ts) => compareTs(ts, low) >= 0);
  const gone = await goneOf(work, channel, missingOf(work, known, there), asked);
  const { traces, quiet, loud } = await compare(work, channel, found, {
    asked,
    at,
    low,
    gone,
    former: (ts) => (beyond(ts) ? work.windows.trace(channel, ts) : before.traces.get(ts)),
    isNew: (ts) => compareTs(ts, before.through) > 0,
    lively: new Set(options.thorough ? livelyThreads(found, work.web.now()) : []),
  });
  const changes: readonly ChannelEvent[] = [...quiet, ...(gap ? [{ type: 'gap' as const, scope: channel }] : [])];
  const read = readEvents(channel, options.lastRead, [...there], at);
  remember(work, channel, traces, gone);
  work.windows.lookedTo.set(channel, low);
  work.windows.caughtUp(channel, connection);
  // What was read elsewhere is known before what is new, so that nobody is told of what was read.
  if (changes.length + read.length > 0) await work.context.emit({ events: [...read, ...changes], origin: 'history' });
  const moved = work.windows.get(channel).through !== before.through;
  if (changes.length + loud.length > 0 || moved)
    await work.context.emit({ events: loud, origin: 'live', checkpoint: work.windows.checkpoint(channel) });
  await work.windows.tidy(channel);
}

/** Threads in which something was said lately, where an answer may have been edited. */
function livelyThreads(found: readonly Found[], now: number): readonly Ts[] {
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
