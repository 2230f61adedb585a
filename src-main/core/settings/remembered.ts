import type { Settings, Topic } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import { readSettings } from './settings.ts';

/** The settings as last read, for whoever asks with every message that comes. */
export class RememberedSettings {
  readonly #store: Store;
  #read: Promise<Settings> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  read(): Promise<Settings> {
    if (this.#read) return this.#read;
    const read = readSettings(this.#store);
    this.#read = read;
    // Asked anew next time.
    read.catch(() => this.#forget(read));
    return read;
  }
  /** To be told what was committed, before anybody else is. */
  changed(topics: readonly Topic[]): void {
    if (topics.some(({ on }) => on === 'settings')) this.#forget(this.#read);
  }

  #forget(read: Promise<Settings> | undefined): void {
    if (this.#read === read) this.#read = undefined;
  }
}
