import { z } from 'zod';
import type { Batch, SessionContext } from '../../../src-shared/channel.ts';
import { asCursor, type Cursor } from '../../../src-shared/model/index.ts';
import { compareTs, type Ts } from '../ids.ts';
import { Ts as TsSchema } from '../wire/soft.ts';
import { Past } from './past.ts';
import { byAge, restored, StoredTrace, stored, type Trace, withReply } from './trace.ts';

/** The newest messages of one conversation as they were last seen, by time. */
export interface Window {
  readonly traces: ReadonlyMap<Ts, Trace>;
  /** The newest message met. */
  readonly seen: Ts;
  /** Everything up to it is here or being fetched as history; beyond it something may be missing. */
  readonly through: Ts;
}

/** As many as a look brings at once. A window is written with every live message, so what is older is kept apart. */
export const windowSize = 100;
/** It grows by so many before those are put away together. */
const spare = 50;
const empty: Window = { traces: new Map(), seen: '0.000000', through: '0.000000' };

const Stored = z.object({ seen: TsSchema, through: TsSchema, traces: z.array(StoredTrace) });
const windowScope = (channel: string): string => `window:${channel}`;

/** The windows of all conversations; changed in memory, written with the batch whose events they cover. */
export class Windows {
  readonly #context: SessionContext;
  readonly #held = new Map<string, Window>();
  readonly #past: Past;
  /** Conversations of which nothing was missed since the present connection was opened. */
  readonly #current = new Set<string>();
  readonly #within = new Set<string>();
  #connection = 0;
  #shared = false;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#past = new Past(context);
  }

  /** Undefined for a conversation never met. */
  async load(channel: string): Promise<Window | undefined> {
    const held = this.#held.get(channel);
    if (held) return held;
    const left = await this.#context.checkpoint(windowScope(channel));
    if (left === undefined) return undefined;
    const { seen, through, traces } = Stored.parse(JSON.parse(left));
    const window = { seen, through, traces: new Map(traces.map((one) => [one.t, restored(one)])) };
    this.#held.set(channel, window);
    return window;
  }
  /** Has to be done before something of the message is compared or changed: it may be older than the window. */
  async loadFor(channel: string, ts: Ts): Promise<void> {
    if (!this.get(channel).traces.has(ts)) await this.#past.load(channel);
  }
  get(channel: string): Window {
    return this.#held.get(channel) ?? empty;
  }
  /** What was seen of one message last. */
  trace(channel: string, ts: Ts): Trace | undefined {
    return this.get(channel).traces.get(ts) ?? this.#past.get(channel).get(ts);
  }
  /** Messages from `from` on and before `to`, as they were last seen. */
  between(channel: string, from: Ts, to: Ts): readonly Ts[] {
    const all = new Set([...this.get(channel).traces.keys(), ...this.#past.get(channel).keys()]);
    return [...all].filter((ts) => compareTs(ts, from) >= 0 && compareTs(ts, to) < 0);
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
  /** How far back each conversation was looked at since the present connection was opened. */
  readonly lookedTo = new Map<string, Ts>();
  /** A connection begins: until a conversation was looked at, nobody knows what happened in it meanwhile. */
  connecting(): void {
    this.#connection++;
    this.#current.clear();
    this.lookedTo.clear();
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
  put(channel: string, window: Window): void {
    this.#held.set(channel, window);
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
    if (!trace) {
      this.#past.change(channel, ts, change);
      return;
    }
    const traces = new Map(window.traces);
    const changed = change(trace);
    if (changed) traces.set(ts, changed);
    else traces.delete(ts);
    this.put(channel, { ...window, traces });
  }
  /** An answer in the thread that begins at `root`. */
  noteReply(channel: string, root: Ts, reply: Ts, on: boolean): void {
    this.change(channel, root, (trace) => withReply(trace, reply, on));
  }
  /** Messages as a look further back has found them; those that are not in the window lie beyond it. */
  async found(channel: string, traces: readonly Trace[]): Promise<void> {
    await this.#past.load(channel);
    const beyond: Trace[] = [];
    for (const trace of traces) {
      if (this.get(channel).traces.has(trace.ts)) this.change(channel, trace.ts, () => trace);
      else beyond.push(trace);
    }
    this.#past.add(channel, beyond);
  }

  checkpoint(channel: string): { readonly scope: string; readonly cursor: Cursor } {
    const { seen, through, traces } = this.get(channel);
    const cursor = asCursor(JSON.stringify({ seen, through, traces: [...traces.values()].map(stored) }));
    return { scope: windowScope(channel), cursor };
  }
  /** What changed beyond the window and was not written yet; undefined where nothing did. */
  pastBatch(channel: string): Batch | undefined {
    return this.#past.batch(channel);
  }
  /**
   * Puts away what a window has grown by, and writes what changed beyond windows. It is written there before the window is
   * written without it, so that a crash between leaves it in both, of which the window counts.
   */
  async tidy(channel: string): Promise<void> {
    if (this.get(channel).traces.size > windowSize + spare) {
      await this.#past.load(channel);
      const window = this.get(channel);
      const traces = byAge(window.traces.values());
      this.#past.add(channel, traces.slice(windowSize));
      this.put(channel, {
        ...window,
        traces: new Map(traces.slice(0, windowSize).map((trace) => [trace.ts, trace])),
      });
    }
    const batch = this.#past.batch(channel);
    if (batch) await this.#context.emit(batch);
  }
}

const laterOf = (a: Ts, b: Ts): Ts => (compareTs(a, b) > 0 ? a : b);
