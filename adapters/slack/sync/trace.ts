import { z } from 'zod';
import { compareTs, microsOf, type Ts } from '../ids.ts';
import { callVersion } from '../map/call.ts';
import { cutShort, type Mark, marksOf, nameOf } from '../map/reactions.ts';
import type { Message } from '../wire/message.ts';
import { Ts as TsSchema } from '../wire/soft.ts';

/**
 * What of a message can change without the network telling: Slack's history has no list of changes, so that edits,
 * deletions, reactions and replies made while nobody listened are found by comparing.
 */
export interface Trace {
  readonly ts: Ts;
  /** When its text last changed, Unix microseconds; 0 for never. */
  readonly version: number;
  readonly marks: readonly Mark[];
  readonly pinned?: boolean;
  /** It was deleted, and answers keep its place. */
  readonly stone?: boolean;
  /** Only for the first message of a thread. */
  readonly thread?: { readonly count: number; readonly latest: Ts; readonly replies: readonly Ts[] } | undefined;
}
const keptReplies = 50;

/** Kept short, for many are written at once. */
export const StoredTrace = z.object({
  t: TsSchema,
  v: z.number().optional(),
  m: z.array(z.custom<Mark>((value) => typeof value === 'string' && value.includes(' '))).optional(),
  p: z.boolean().optional(),
  s: z.boolean().optional(),
  r: z.object({ c: z.number(), l: TsSchema, k: z.array(TsSchema) }).optional(),
});
export type StoredTrace = z.infer<typeof StoredTrace>;

export const stored = ({ ts, version, marks, pinned, stone, thread }: Trace): StoredTrace => ({
  t: ts,
  ...(version > 0 && { v: version }),
  ...(marks.length > 0 && { m: [...marks] }),
  ...(pinned && { p: true }),
  ...(stone && { s: true }),
  ...(thread && { r: { c: thread.count, l: thread.latest, k: [...thread.replies] } }),
});
export const restored = ({ t, v, m, p, s, r }: StoredTrace): Trace => ({
  ts: t,
  version: v ?? 0,
  marks: m ?? [],
  ...(p && { pinned: true }),
  ...(s && { stone: true }),
  ...(r && { thread: { count: r.c, latest: r.l, replies: r.k } }),
});

export const versionOf = (message: Message): number =>
  Math.max(message.edited ? microsOf(message.edited.ts) : 0, message.room ? callVersion(message.room) : 0);

/** What is remembered of a message. `former` brings the replies known before, which the message itself does not list. */
export function traceOf(message: Message, former?: Trace): Trace {
  const { ts, reply_count: count = 0, latest_reply: latest, reactions = [] } = message;
  const cut = cutShort(reactions);
  const kept = former?.marks.filter((mark) => cut.has(nameOf(mark))) ?? [];
  return {
    ts,
    version: versionOf(message),
    marks: [...new Set([...marksOf(reactions), ...kept])].toSorted(),
    ...(message.subtype === 'tombstone' && { stone: true }),
    ...(message.pinned_to && message.pinned_to.length > 0 && { pinned: true }),
    ...(count > 0 && latest !== undefined && { thread: { count, latest, replies: former?.thread?.replies ?? [] } }),
  };
}
/** True for what stands in the conversation itself; answers in threads are found through their first message. */
export const isTopLevel = ({ ts, thread_ts: thread, subtype }: Message): boolean =>
  thread === undefined || thread === ts || subtype === 'thread_broadcast';

/** The first message of a thread once an answer in it came, or went. */
export function withReply(trace: Trace, reply: Ts, on: boolean): Trace {
  const before = trace.thread ?? { count: 0, latest: reply, replies: [] };
  const rest = before.replies.filter((one) => one !== reply);
  const known = rest.length < before.replies.length;
  const replies = (on ? [...rest, reply].toSorted(compareTs) : rest).slice(-keptReplies);
  // Older ones were counted when the first message was seen.
  const isNew = on && !known && (!trace.thread || compareTs(reply, before.latest) > 0);
  const count = before.count + (isNew ? 1 : !on && known ? -1 : 0);
  const latest = replies.at(-1) ?? before.latest;
  return { ...trace, thread: count > 0 ? { count, latest, replies } : undefined };
}

/** The newest first. */
export const byAge = (traces: Iterable<Trace>): readonly Trace[] =>
  [...traces].toSorted((a, b) => compareTs(b.ts, a.ts));
