import type { ImportView } from '../../../src-shared/ipc/index.ts';
import type { ImportRow } from '../../store/api.ts';

/** Seconds over which speed is measured: long enough to be steady, short enough to follow the disk. */
const span = 5_000;

/** Speed and time left of one import. */
export class Pace {
  readonly #marks: { at: number; messages: number; done: number }[] = [];

  mark(at: number, messages: number, done: number): void {
    this.#marks.push({ at, messages, done });
    while (this.#marks.length > 2 && at - (this.#marks[0]?.at ?? at) > span) this.#marks.shift();
  }

  /** Messages a second; 0 while too little is known. */
  get rate(): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || !last || last.at <= first.at) return 0;
    return Math.round(((last.messages - first.messages) * 1000) / (last.at - first.at));
  }

  secondsLeft(done: number, total: number): number | null {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || !last || last.at <= first.at || last.done <= first.done) return null;
    return Math.ceil(((total - done) * (last.at - first.at)) / (last.done - first.done) / 1000);
  }
}

export const importView = (row: ImportRow, pace: Pace | undefined): ImportView => ({
  id: row.id,
  path: row.path,
  account: row.account,
  state: row.state,
  messages: row.messages,
  added: row.added,
  done: row.done,
  total: row.total,
  rate: row.state === 'running' ? (pace?.rate ?? 0) : 0,
  secondsLeft: row.state === 'running' ? (pace?.secondsLeft(row.done, row.total) ?? null) : null,
  damaged: row.damaged,
  damagedCount: row.damagedCount,
  error: row.error,
});
