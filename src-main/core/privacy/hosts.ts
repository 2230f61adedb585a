import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { Clock, Log } from '../../../src-shared/channel.ts';
import type { Handlers, HostContact } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import { pause } from '../time/sleep.ts';
import { currentErrand, type Errand } from './errand.ts';

/** Every client socket of the process, TLS ones too (https://nodejs.org/api/diagnostics_channel.html, `net.client.socket`). */
const opened = 'net.client.socket';
/** How long contacts are gathered before they are written. Ms. */
const gather = 2000;

type Contact = Pick<HostContact, 'host' | 'port' | 'why' | 'who' | 'times'> & { readonly at: number };

/**
 * Keeps the log of every host this process connected to and why. It listens to the sockets themselves, so that no adapter
 * and no library can leave itself out; `onErrand` says what they are for.
 */
export class HostLog {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  #gathered = new Map<string, Contact>();
  #due = false;
  readonly #stop = new AbortController();
  /** What each host was first contacted for: a later connection without an errand of its own serves the same. */
  readonly #known = new Map<string, Errand>();

  constructor(options: { store: Store; clock: Clock; log: Log }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  start(): void {
    subscribe(opened, this.#onSocket);
  }
  /** Writes what was gathered and listens no more. */
  async stop(): Promise<void> {
    unsubscribe(opened, this.#onSocket);
    this.#stop.abort();
    await this.flush();
  }

  note(host: string, port: number, errand: Errand): void {
    const key = [host, port, errand.why, errand.who].join('\n');
    const times = (this.#gathered.get(key)?.times ?? 0) + 1;
    this.#gathered.set(key, { host, port, ...errand, times, at: this.#clock.now() });
    if (this.#due) return;
    this.#due = true;
    void pause(this.#clock, gather, this.#stop.signal).then(() => this.flush());
  }

  async flush(): Promise<void> {
    const contacts = [...this.#gathered.values()];
    this.#gathered = new Map();
    this.#due = false;
    if (contacts.length === 0) return;
    try {
      await this.#store.command('hosts.note', { contacts });
    } catch (error) {
      this.#log.warn('The log of contacted hosts could not be written', { error });
    }
  }

  handlers(): Handlers<'privacy.hosts' | 'privacy.forget' | 'privacy.pictures' | 'privacy.contact'> {
    return {
      'privacy.hosts': async () => {
        await this.flush();
        return this.#store.query('hosts', {});
      },
      'privacy.forget': async () => {
        this.#gathered.clear();
        await this.#store.command('hosts.forget', {});
        return null;
      },
      'privacy.pictures': async ({ hosts, sender }) => {
        for (const host of new Set(hosts)) this.note(host, 443, { why: 'pictures', who: sender });
        return null;
      },
      'privacy.contact': async ({ host, port, why, who }) => {
        this.note(host, port, { why, who });
        return null;
      },
    };
  }

  readonly #onSocket = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    const errand = currentErrand();
    let name: string | undefined;
    socket.once('lookup', (_error: Error | null, _address: string, _family: number, host: string) => {
      name = host;
    });
    // Tells of the network only: sockets of this machine's own services have no port.
    socket.once('connectionAttempt', (address: string, port: number) => {
      const host = name ?? address;
      this.note(host, port, this.#errandFor(`${host}:${port}`, errand));
    });
  };

  #errandFor(place: string, errand: Errand | undefined): Errand {
    if (errand && errand.why !== 'other') {
      if (errand.why === 'account' || !this.#known.has(place)) this.#known.set(place, errand);
      return errand;
    }
    return this.#known.get(place) ?? errand ?? { why: 'other', who: '' };
  }
}
