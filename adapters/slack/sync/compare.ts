import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { compareTs, messageKey, type Ts, tsOf } from '../ids.ts';
import { markEvent } from '../map/reactions.ts';
import { Messages } from '../wire/answers.ts';
import { Message } from '../wire/message.ts';
import type { Asked } from './history.ts';
import { tell } from './tell.ts';
import { changedThread } from './threads.ts';
import { isTopLevel, type Trace, traceOf } from './trace.ts';
import { lacksReactions, withAllReactions } from './whole.ts';
import type { Work } from './work.ts';

export interface Found {
  readonly raw: unknown;
  readonly message: Message;
}
/** What of a page stands in the conversation itself. */
export const topLevelOf = (raws: readonly unknown[]): readonly Found[] =>
  raws.flatMap((raw) => {
    const message = Message.safeParse(raw).data;
    return message && isTopLevel(message) ? [{ raw, message }] : [];
  });

export interface Comparing {
  readonly asked: Asked;
  /** Unix ms, from before the page was asked for: what is told live meanwhile is later than the page, and wins. */
  readonly at: number;
  /** Everything from there on was looked at. */
  readonly low: Ts;
  /** What was seen last; undefined for what was never met. */
  former(ts: Ts): Trace | undefined;
  /** Of what was never met: it was said since. */
  isNew(ts: Ts): boolean;
  /** Threads to be looked at whole, for answers that were edited. */
  readonly lively: ReadonlySet<Ts>;
  /** Those that were there and are not any more. */
  readonly gone: readonly Ts[];
}
export interface Compared {
  readonly traces: ReadonlyMap<Ts, Trace>;
  /** What changed of what was here. */
  readonly quiet: readonly ChannelEvent[];
  /** What a person wants to be told of. */
  readonly loud: readonly ChannelEvent[];
}

/** Tells what is new, edited, marked, answered or gone. Nothing is told of what stayed as it was. */
export async function compare(
  work: Work,
  channel: string,
  found: readonly Found[],
  comparing: Comparing,
): Promise<Compared> {
  const { asked, at, low: near, gone } = comparing;
  const traces = new Map<Ts, Trace>();
  const changed: unknown[] = [];
  const news: unknown[] = [];
  const marks: ChannelEvent[] = [];
  for (const one of found) {
    const former = comparing.former(one.message.ts);
    const raw = lacksReactions(one.message, former) ? await withAllReactions(work, channel, one.raw, asked) : one.raw;
    const message = Message.safeParse(raw).data ?? one.message;
    let trace = traceOf(message, former);
    const isNew = !former && comparing.isNew(message.ts);
    if (isNew) news.push(raw);
    else if (!former || former.version !== trace.version || former.stone !== trace.stone) changed.push(raw);
    if (former) marks.push(...markChanges(work, channel, former, trace, at));
    const thread = await changedThread(work, channel, former, trace, asked, comparing.lively.has(message.ts));
    if (thread) {
      trace = thread.trace;
      (former || isNew ? news : changed).push(...thread.raws);
      marks.push(...thread.gone.map((ts): ChannelEvent => ({ type: 'removed', target: messageKey(channel, ts), at })));
    }
    traces.set(message.ts, trace);
  }
  return {
    traces,
    quiet: [
      ...(await tell(work, channel, changed, { ...asked, near })),
      ...marks,
      ...gone.map((ts): ChannelEvent => ({ type: 'removed', target: messageKey(channel, ts), at })),
    ],
    loud: await tell(work, channel, news, { ...asked, near }),
  };
}

/** Free workspaces hide what is older than 90 days (https://slack.com/help/articles/27204752526611); a few less are sure, ms. */
const surelyShownMs = 80 * 86_400_000;

/** Those of `known` that are not among what Slack shows. What is hidden from all of it by age is not missing. */
export function missingOf(work: Work, known: readonly Ts[], shown: ReadonlySet<Ts>): readonly Ts[] {
  const oldest = [...shown].toSorted(compareTs)[0];
  const sure = tsOf(work.web.now() - surelyShownMs);
  return known.filter(
    (ts) => !shown.has(ts) && (compareTs(ts, sure) >= 0 || (oldest !== undefined && compareTs(ts, oldest) > 0)),
  );
}

/** Removed is for ever, so a message that is missing from a page is asked for by itself before anybody is told. */
export async function goneOf(
  work: Work,
  channel: string,
  missing: readonly Ts[],
  asked: Asked,
): Promise<readonly Ts[]> {
  const gone: Ts[] = [];
  for (const ts of missing) {
    const { messages } = await work.web.call(
      'conversations.history',
      { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 },
      { answer: Messages, ...asked },
    );
    if (!messages.some((raw) => Message.safeParse(raw).data?.ts === ts)) gone.push(ts);
  }
  return gone;
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
