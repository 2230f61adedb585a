import { ChannelError } from '../../../src-shared/channel.ts';
import { patiently } from './patience.ts';
import { look } from './poll.ts';
import { describe } from './settings.ts';
import type { Work } from './work.ts';

/**
 * Looks up anew what events only hint at: a conversation that changed, pictures of emoji. Many hints at once are one look,
 * and no message waits for it. What a crash leaves undone is read when the account connects next.
 */
export class Refresher {
  readonly #work: Work;
  readonly #start: (doing: () => Promise<void>) => void;
  readonly #signal: AbortSignal;
  /** Whether members are wanted too, by conversation. */
  readonly #channels = new Map<string, boolean>();
  readonly #missed = new Set<string>();
  #emoji = false;
  #running = false;

  constructor(work: Work, signal: AbortSignal, start: (doing: () => Promise<void>) => void) {
    this.#work = work;
    this.#signal = signal;
    this.#start = start;
  }

  conversation(channel: string, members: boolean): void {
    this.#channels.set(channel, members || this.#channels.get(channel) === true);
    this.#go();
  }
  /** Something may have been said in it that nobody told. */
  missed(channel: string): void {
    this.#missed.add(channel);
    this.#go();
  }
  emoji(): void {
    this.#emoji = true;
    this.#go();
  }

  #go(): void {
    if (this.#running) return;
    this.#running = true;
    this.#start(async () => {
      try {
        while (this.#emoji || this.#missed.size > 0 || this.#channels.size > 0)
          await patiently(this.#work, this.#signal, () => this.#next());
      } finally {
        this.#running = false;
      }
    });
  }
  async #next(): Promise<void> {
    const asked = { signal: this.#signal, background: true };
    if (this.#emoji) {
      await this.#work.directory.refreshEmoji(this.#signal);
      this.#emoji = false;
    }
    const [missed] = this.#missed;
    if (missed !== undefined) {
      this.#missed.delete(missed);
      await look(this.#work, missed, this.#signal, true);
    }
    const [first] = this.#channels;
    if (!first) return;
    const [channel, members] = first;
    try {
      const { events } = await describe(this.#work, channel, { ...asked, members });
      await this.#work.context.emit({ events, origin: 'history' });
    } catch (error) {
      // It is gone, or was never ours to see.
      const settled = error instanceof ChannelError && error.outcome === 'refused' && error.code !== 'auth';
      if (!settled) throw error;
    }
    this.#channels.delete(channel);
  }
}
