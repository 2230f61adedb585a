import { z } from 'zod';
import type { Batch, SessionContext } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import { compareTs, type Ts } from '../ids.ts';
import { byAge, restored, StoredTrace, stored, type Trace } from './trace.ts';

/** So many of a conversation are remembered beyond its window. */
const reach = 900;
/** Conversations of which they are held in memory at once. */
const mostHeld = 32;

const Stored = z.array(StoredTrace);
const pastScope = (channel: string): string => `past:${channel}`;

interface Held {
  /** The newest first. */
  traces: Map<Ts, Trace>;
  /** Changed since it was written. */
  changed: boolean;
}
/**
 * Traces of messages that are too old for the window of their conversation: written seldom, read only when something is to
 * be compared with them.
 */
export class Past {
  readonly #context: SessionContext;
  readonly #held = new Map<string, Held>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /** Has to be done before any of the others. */
  async load(channel: string): Promise<void> {
    const left = this.#held.has(channel) ? undefined : await this.#context.checkpoint(pastScope(channel));
    const traces = left === undefined ? [] : Stored.parse(JSON.parse(left)).map(restored);
    const held = this.#held.get(channel) ?? { traces: new Map(traces.map((one) => [one.ts, one])), changed: false };
    // The one longest unused goes first.
    this.#held.delete(channel);
    this.#held.set(channel, held);
    const idle = [...this.#held].find(([name, one]) => name !== channel && !one.changed);
    if (this.#held.size > mostHeld && idle) this.#held.delete(idle[0]);
  }
  get(channel: string): ReadonlyMap<Ts, Trace> {
    return this.#held.get(channel)?.traces ?? new Map();
  }
  /** Keeps the newest only. */
  add(channel: string, traces: readonly Trace[]): void {
    const held = this.#held.get(channel);
    const oldest = [...(held?.traces.keys() ?? [])][reach - 1];
    const within = traces.filter(({ ts }) => oldest === undefined || compareTs(ts, oldest) >= 0);
    if (!held || within.length === 0) return;
    const all = new Map(held.traces);
    for (const trace of within) all.set(trace.ts, trace);
    held.traces = new Map(
      byAge(all.values())
        .slice(0, reach)
        .map((trace) => [trace.ts, trace]),
    );
    held.changed = true;
  }
  change(channel: string, ts: Ts, change: (trace: Trace) => Trace | undefined): void {
    const held = this.#held.get(channel);
    const trace = held?.traces.get(ts);
    if (!held || !trace) return;
    const changed = change(trace);
    if (changed) held.traces.set(ts, changed);
    else held.traces.delete(ts);
    held.changed = true;
  }
  /** What is to be written; undefined where nothing is. */
  batch(channel: string): Batch | undefined {
    const held = this.#held.get(channel);
    if (!held?.changed) return undefined;
    held.changed = false;
    const cursor = asCursor(JSON.stringify([...held.traces.values()].map(stored)));
    return { events: [], origin: 'history', checkpoint: { scope: pastScope(channel), cursor } };
  }
}
