import type { Plain } from '../remote/plain.ts';

/** An update with its place in a stream: after it, the stream stands at `pts`; it is `count` events. */
export interface Numbered {
  readonly pts: number;
  readonly count: number;
  readonly update: Plain;
  /** The answer it came in, which says who its people are. */
  readonly said: Plain;
}
/**
 * One stream's order (core.telegram.org/api/updates, "Handling updates"): an update is applied when the stream stands just
 * before it, passed over when it was applied already, and kept waiting when something before it is missing.
 */
export class Box {
  pts: number;
  #waiting: Numbered[] = [];

  constructor(pts: number) {
    this.pts = pts;
  }
  /** Takes one in. Answers those that can be applied now, in order. */
  take(numbered: Numbered): readonly Numbered[] {
    this.#waiting.push(numbered);
    return this.release();
  }
  /** Those waiting that can be applied now that `pts` may have moved; what is past is dropped. */
  release(): readonly Numbered[] {
    this.#waiting.sort((a, b) => a.pts - b.pts || a.count - b.count);
    const ready: Numbered[] = [];
    while (this.#waiting[0]) {
      const [next] = this.#waiting;
      if (next.pts - next.count > this.pts) break;
      this.#waiting.shift();
      // Nothing new in it: told before, or counting for nothing.
      if (next.pts <= this.pts && next.count > 0) continue;
      this.pts = Math.max(this.pts, next.pts);
      ready.push(next);
    }
    return ready;
  }
  /** Something is missing. */
  get gap(): boolean {
    return this.#waiting.length > 0;
  }
}
