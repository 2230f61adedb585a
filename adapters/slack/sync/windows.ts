import { z } from 'zod';
import type { SessionContext } from '../../../src-shared/channel.ts';
import { asCursor, type Cursor } from '../../../src-shared/model/index.ts';
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
/** The newest messages of one conversation as they were last seen, by time. */
export interface Window {
  readonly traces: ReadonlyMap<Ts, Trace>;
  /** The newest message met. */
  readonly seen: Ts;
  /** Everything up to it is here or being fetched as history; beyond it something may be missing. */
  readonly through: Ts;
}

/** As many as one page of history brings. */
export const windowSize = 100;
const keptReplies = 50;
const empty: Window = { traces: new Map(), seen: '0.000000', through: '0.000000' };

const Stored = z.object({
  seen: TsSchema,
  through: TsSchema,
  /** Kept short, for it is written with every live message. */
  traces: z.array(
    z.object({
      t: TsSchema,
      v: z.number().optional(),
      m: z.array(z.custom<Mark>((value) => typeof value === 'string' && value.includes(' '))).optional(),
      p: z.boolean().optional(),
      s: z.boolean().optional(),
      r: z.object({ c: z.number(), l: TsSchema, k: z.array(TsSchema) }).optional(),
    }),
  ),
});
export const windowScope = (channel: string): string => `window:${channel}`;

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

/** The windows of all conversations; changed in memory, written with the batch whose events they cover. */
export class Windows {
  readonly #context: SessionContext;
  readonly #held = new Map<string, Window>();
  /** Conversations of which nothing was missed since the present connection was opened. */
  readonly #current = new Set<string>();
  readonly #within = new Set<string>();
  #connection = 0;
  #shared = false;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /** Undefined for a conversation never met. */
  async load(channel: string): Promise<Window | undefined> {
    const held = this.#held.get(channel);
    if (held) return held;
    const left = await this.#context.checkpoint(windowScope(channel));
    if (left === undefined) return undefined;
    const window = restored(left);
    this.#held.set(channel, window);
    return window;
  }
  get(channel: string): Window {
    return this.#held.get(channel) ?? empty;
  }
  /** Those the person is in. */
  get channels(): readonly string[] {
    return [...this.#held.keys()].filter((channel) => this.#within.has(channel));
  }
  enter(channel: string): void {
    this.#within.add(channel);
  }
  /** The person is in it no more, and what is said there is not for them. */
  leave(channel: string): void {
    this.#within.delete(channel);
    this.#current.delete(channel);
  }
  isWithin(channel: string): boolean {
    return this.#within.has(channel);
  }
  /** How far the person has read, as far as was heard of it in this session. */
  readonly read = new Map<string, Ts>();
  /** A connection begins: until a conversation was looked at, nobody knows what happened in it meanwhile. */
  connecting(): void {
    this.#connection++;
    this.#current.clear();
  }
  /** Which connection this is; `caughtUp` has no effect when there is another one by now. */
  get connection(): number {
    return this.#connection;
  }
  caughtUp(channel: string, connection: number): void {
    if (connection === this.#connection && !this.#shared) this.#current.add(channel);
  }
  /** Others hear a part of what happens in our stead: nothing that is told proves that nothing was missed. */
  set shared(shared: boolean) {
    this.#shared = shared;
    if (shared) this.#current.clear();
  }
  /** Keeps the newest only. */
  put(channel: string, window: Window): void {
    const newest = [...window.traces.values()].toSorted((a, b) => compareTs(b.ts, a.ts)).slice(0, windowSize);
    this.#held.set(channel, { ...window, traces: new Map(newest.map((trace) => [trace.ts, trace])) });
  }
  /** One message, new or changed. */
  note(channel: string, trace: Trace): void {
    const window = this.get(channel);
    const seen = laterOf(trace.ts, window.seen);
    this.put(channel, {
      seen,
      through: this.#current.has(channel) ? laterOf(seen, window.through) : window.through,
      traces: new Map(window.traces).set(trace.ts, trace),
    });
  }
  change(channel: string, ts: Ts, change: (trace: Trace) => Trace | undefined): void {
    const window = this.get(channel);
    const trace = window.traces.get(ts);
    if (!trace) return;
    const traces = new Map(window.traces);
    const changed = change(trace);
    if (changed) traces.set(ts, changed);
    else traces.delete(ts);
    this.put(channel, { ...window, traces });
  }
  /** An answer in the thread that begins at `root`. */
  noteReply(channel: string, root: Ts, reply: Ts, on: boolean): void {
    this.change(channel, root, (trace) => {
      const before = trace.thread ?? { count: 0, latest: reply, replies: [] };
      const rest = before.replies.filter((one) => one !== reply);
      const known = rest.length < before.replies.length;
      const replies = (on ? [...rest, reply].toSorted(compareTs) : rest).slice(-keptReplies);
      // Older ones were counted when the first message was seen.
      const isNew = on && !known && (!trace.thread || compareTs(reply, before.latest) > 0);
      const count = before.count + (isNew ? 1 : !on && known ? -1 : 0);
      const latest = replies.at(-1) ?? before.latest;
      return { ...trace, thread: count > 0 ? { count, latest, replies } : undefined };
    });
  }
  checkpoint(channel: string): { readonly scope: string; readonly cursor: Cursor } {
    return { scope: windowScope(channel), cursor: stored(this.get(channel)) };
  }
}

const laterOf = (a: Ts, b: Ts): Ts => (compareTs(a, b) > 0 ? a : b);

function stored({ traces, seen, through }: Window): Cursor {
  return asCursor(
    JSON.stringify({
      seen,
      through,
      traces: [...traces.values()].map(({ ts, version, marks, pinned, stone, thread }) => ({
        t: ts,
        ...(version > 0 && { v: version }),
        ...(marks.length > 0 && { m: marks }),
        ...(pinned && { p: true }),
        ...(stone && { s: true }),
        ...(thread && { r: { c: thread.count, l: thread.latest, k: thread.replies } }),
      })),
    }),
  );
}
function restored(cursor: Cursor): Window {
  const { seen, through, traces } = Stored.parse(JSON.parse(cursor));
  return {
    seen,
    through,
    traces: new Map(
      traces.map(({ t, v, m, p, s, r }) => [
        t,
        {
          ts: t,
          version: v ?? 0,
          marks: m ?? [],
          ...(p && { pinned: true }),
          ...(s && { stone: true }),
          ...(r && { thread: { count: r.c, latest: r.l, replies: r.k } }),
        },
      ]),
    ),
  };
}
