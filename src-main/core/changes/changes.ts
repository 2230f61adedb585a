import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../../../src-shared/channel.ts';
import type { Events, Topic } from '../../../src-shared/ipc/index.ts';
import { TopicSet } from './topics.ts';

export type Listener = <E extends keyof Events>(event: E, payload: Events[E]) => void;

/** One frame of a 60 Hz display: no window can show changes faster. Ms. */
const frame = 16;
/** How many past changes `since` can answer for; older than that a window fetches all anew. */
const remembered = 1000;

/** Tells the windows what changed: at once when it was quiet, else once a frame. */
export class Changes {
  /** New with every start of the hub: a seq of another epoch means nothing. */
  readonly epoch = randomUUID();
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #listeners = new Set<Listener>();
  readonly #past: { readonly seq: number; readonly topics: readonly Topic[] }[] = [];
  #pending = new TopicSet();
  #seq = 0;
  #resting = false;

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

  publish(topics: readonly Topic[]): void {
    if (topics.length === 0) return;
    this.#pending.add(topics);
    if (!this.#resting) this.#flush();
  }

  since(epoch: string, seq: number): { reset: boolean; seq: number; topics: readonly Topic[] } {
    const oldest = this.#past[0]?.seq ?? this.#seq + 1;
    if (epoch !== this.epoch || seq > this.#seq || seq < oldest - 1) return { reset: true, seq: this.#seq, topics: [] };
    const all = new TopicSet();
    for (const change of this.#past) if (change.seq > seq) all.add(change.topics);
    return { reset: false, seq: this.#seq, topics: all.take() };
  }

  #flush(): void {
    const topics = this.#pending.take();
    if (topics.length === 0) return;
    this.#seq += 1;
    const change = { seq: this.#seq, topics };
    this.#past.push(change);
    if (this.#past.length > remembered) this.#past.shift();
    this.#resting = true;
    void this.#clock.sleep(frame).then(() => {
      this.#resting = false;
      this.#flush();
    });
    this.emit('changed', change);
  }
}
