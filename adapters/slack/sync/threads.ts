import { ChannelError } from '../../../src-shared/channel.ts';
import { compareTs, type Ts } from '../ids.ts';
import { Message } from '../wire/message.ts';
import { type Asked, threadPage } from './history.ts';
import { oneMessage } from './one.ts';
import type { Trace } from './trace.ts';
import type { Work } from './work.ts';

const pageSize = 200;
const mostPages = 5;

export interface ThreadChange {
  readonly trace: Trace;
  /** Answers not known before. */
  readonly raws: readonly unknown[];
  readonly gone: readonly Ts[];
}
/**
 * Answers that came or went since `former`, found by the count and time of the last one that the first message carries.
 * `thorough`: those that were edited as well, of which it says nothing. Undefined where nothing changed.
 */
export async function changedThread(
  work: Work,
  channel: string,
  former: Trace | undefined,
  now: Trace,
  asked: Asked,
  thorough: boolean,
): Promise<ThreadChange | undefined> {
  const known = former?.thread?.replies ?? [];
  const surelyGone = async (missing: readonly Ts[]): Promise<readonly Ts[]> => {
    const gone: Ts[] = [];
    for (const ts of missing) if (await isGone(work, channel, ts, asked.signal)) gone.push(ts);
    return gone;
  };
  if (!now.thread) {
    if (known.length === 0) return undefined;
    const gone = await surelyGone(known);
    const replies = known.filter((ts) => !gone.includes(ts));
    const latest = replies.at(-1);
    const thread = latest === undefined ? undefined : { count: replies.length, latest, replies };
    return { trace: { ...now, thread }, raws: [], gone };
  }
  const same = former?.thread?.count === now.thread.count && former.thread.latest === now.thread.latest;
  if (same && !thorough) return undefined;
  const { raws, whole } = await repliesOf(work, channel, now.ts, asked);
  const found = raws.flatMap((raw) => Message.safeParse(raw).data?.ts ?? []);
  const gone = whole ? await surelyGone(known.filter((ts) => !found.includes(ts))) : [];
  const replies = [...new Set([...known, ...found])].filter((ts) => !gone.includes(ts)).toSorted(compareTs);
  return {
    trace: { ...now, thread: { ...now.thread, replies } },
    raws: raws.filter((raw) => {
      const message = Message.safeParse(raw).data;
      return message === undefined || message.edited !== undefined || !known.includes(message.ts);
    }),
    gone,
  };
}

/** Removed is for ever, and a page may be older than what was told live: a missing answer is asked for by itself. */
async function isGone(work: Work, channel: string, ts: Ts, signal: AbortSignal): Promise<boolean> {
  try {
    return (await oneMessage(work.web, channel, ts, signal)) === undefined;
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'thread_not_found') return true;
    throw error;
  }
}

/** A thread's answers without its first message; `whole` unless it is longer than is reasonable to look at. */
async function repliesOf(work: Work, channel: string, root: Ts, asked: Asked) {
  const raws: unknown[] = [];
  let after: Ts | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    let page: Awaited<ReturnType<typeof threadPage>>;
    try {
      page = await threadPage(work.web, channel, root, after, pageSize, asked);
    } catch (error) {
      if (error instanceof ChannelError && error.code === 'thread_not_found') return { raws, whole: true };
      throw error;
    }
    const replies = page.messages.filter((raw) => Message.safeParse(raw).data?.ts !== root);
    raws.push(...replies);
    const last = replies
      .flatMap((raw) => Message.safeParse(raw).data?.ts ?? [])
      .toSorted(compareTs)
      .at(-1);
    if (!page.more || last === undefined || last === after) return { raws, whole: true };
    after = last;
  }
  return { raws, whole: false };
}
