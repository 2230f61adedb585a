import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../../../src-shared/channel.ts';
import type { Events, Topic } from '../../../src-shared/ipc/index.ts';
import { TopicSet } from './topics.ts';

export type Listener = <E extends keyof Events>(event: E, payload: Events[E]) => void;

/** One frame of a 60 Hz display: no window can show changes faster. Ms. */
const frame = 16;
/** While more happens than anyone can follow, what nobody looks at is told four times a second, ms. */
const beat = 250;
/** Changes a second, over a while, that are more than anyone can follow in a list. */
const many = 10;
/** How many past changes `since` can answer for; older than that a window fetches all anew. */
const remembered = 1000;

/**
 * Tells the windows what changed: at once when it was quiet, else once a frame. In a storm only what somebody waits for or
 * looks at goes so fast, and does not wait for what was told of others: every change told has each window fetch and draw its
 * list anew.
 */
export class Changes {
  /** New with every start of the hub: a seq of another epoch means nothing. */
  readonly epoch = randomUUID();
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #listeners = new Set<Listener>();
  readonly #past: { readonly seq: number; readonly topics: readonly Topic[] }[] = [];
  #pending = new TopicSet();
  #seq = 0;
  /** After telling: first nothing is told, then only what cannot wait for the beat. */
  #rest: 'frame' | 'beat' | undefined;
  /** Something is pending that cannot wait for the beat. */
  #awaited = false;
  /** Something looked at is pending. */
  #looked = false;
  /** When something looked at was last told: the next may go a frame later, whatever else was told in between. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Changes not looked at, less `many` for each second since. */
  #heat = 0;
  #heatAt = 0;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  get seq(): number {
    return this.#seq;
  }

  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    for (const listener of this.#listeners) {
      try {
        listener(event, payload);
      } catch (error) {
        // A window that cannot be told must not undo what was just committed.
        this.#log.error('A listener failed', { event, error });
      }
    }
  }

  /** `unwatched`: nobody waits for it, and it is in front of nobody. */
  publish(topics: readonly Topic[], { unwatched = false } = {}): void {
    if (topics.length === 0) return;
    this.#pending.add(topics);
    if (!unwatched || !this.#storm()) this.#awaited = true;
    if (!unwatched) this.#looked = true;
    const due = this.#rest === undefined || (this.#rest === 'beat' && this.#awaited);
    if (due || (!unwatched && this.#clock.now() - this.#lookedAt >= frame)) this.#flush();
  }

  since(epoch: string, seq: number): { reset: boolean; seq: number; topics: readonly Topic[] } {
    const oldest = this.#past[0]?.seq ?? this.#seq + 1;
    if (epoch !== this.epoch || seq > this.#seq || seq < oldest - 1) return { reset: true, seq: this.#seq, topics: [] };
    const all = new TopicSet();
    for (const change of this.#past) if (change.seq > seq) all.add(change.topics);
    return { reset: false, seq: this.#seq, topics: all.take() };
  }

  /** Counts a change nobody looks at; true when there are too many of them. */
  #storm(): boolean {
    const now = this.#clock.now();
    const cooled = (Math.max(0, now - this.#heatAt) / 1000) * many;
    // A storm is over a second after it ends, however long it was.
    this.#heat = Math.min(2 * many, Math.max(0, this.#heat - cooled) + 1);
    this.#heatAt = now;
    return this.#heat > many;
  }

  #flush(): void {
    const topics = this.#pending.take();
    this.#awaited = false;
    if (this.#looked) this.#lookedAt = this.#clock.now();
    this.#looked = false;
    if (topics.length === 0) return;
    this.#seq += 1;
    const change = { seq: this.#seq, topics };
    this.#past.push(change);
    if (this.#past.length > remembered) this.#past.shift();
    void this.#pause(this.#seq);
    this.emit('changed', change);
  }

  async #pause(seq: number): Promise<void> {
    this.#rest = 'frame';
    await this.#clock.sleep(frame);
    // Something looked at was told meanwhile, with a pause of its own.
    if (seq !== this.#seq) return;
    this.#rest = 'beat';
    if (this.#awaited) return this.#flush();
    await this.#clock.sleep(beat - frame);
    if (seq !== this.#seq) return;
    this.#rest = undefined;
    this.#flush();
  }
}
