import type { Ts } from '../ids.ts';
import type { Message } from '../wire/message.ts';

/** Most edits remembered. */
const most = 100;

/**
 * What was edited from here with blocks. Slack "will not display the edited flag" of it
 * (https://docs.slack.dev/reference/methods/chat.update), so its echo is known by its words and has the version it got here.
 */
export class Edits {
  readonly #known = new Map<string, { readonly text: string; readonly version: number }>();

  /** Answers the version, Unix microseconds: `now`, but later than any before. */
  note(channel: string, ts: Ts, text: string, times: { readonly now: number; readonly before: number }): number {
    const key = `${channel}/${ts}`;
    const version = Math.max(times.now, times.before + 1, (this.#known.get(key)?.version ?? 0) + 1);
    this.#known.delete(key);
    this.#known.set(key, { text, version });
    const [oldest] = this.#known.keys();
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
    return version;
  }
  /** Unix microseconds. */
  versionOf(channel: string, { ts, text }: Message): number | undefined {
    const known = this.#known.get(`${channel}/${ts}`);
    return known?.text === text ? known?.version : undefined;
  }
}
