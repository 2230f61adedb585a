import type { Channel, ChannelEntry } from '../../../src-shared/channel.ts';
import { CallError } from '../errors.ts';

/** The channels the host handed in; each one's code is loaded when first needed and then kept. */
export class Registry {
  readonly #entries: readonly ChannelEntry[];
  readonly #loaded = new Map<string, Promise<Channel>>();

  constructor(entries: readonly ChannelEntry[]) {
    this.#entries = entries;
  }

  /** Rejects with a `CallError` when this version has no such channel. */
  load(id: string): Promise<Channel> {
    const known = this.#loaded.get(id);
    if (known) return known;
    const entry = this.#entries.find((each) => each.id === id);
    if (!entry) return Promise.reject(new CallError('no-such-channel', `This version has no channel called "${id}".`));
    const loading = entry.load();
    this.#loaded.set(id, loading);
    // A channel whose code failed to load (a disk error, an update in between) may be tried again.
    loading.catch(() => this.#loaded.delete(id));
    return loading;
  }

  all(): Promise<readonly Channel[]> {
    return Promise.all(this.#entries.map((entry) => this.load(entry.id)));
  }
}
