import type { Clock, Log } from '../../../src-shared/channel.ts';
import type { Handlers, Settings, Topic } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { Arrival, Store } from '../../store/api.ts';
import type { Changes } from '../changes/index.ts';
import { pause } from '../time/sleep.ts';
import type { Focus } from './focus.ts';
import { isQuiet, verdictFor } from './rules.ts';

/** So many notices at once; more would be noise, and the inbox shows them all. */
const most = 3;
/** So many within `gatherMs` are given each at once; from then on what arrives is gathered for so long, ms. */
const inARow = 6;
const gatherMs = 2_000;
/** While one thing after another changes, given notices are looked through this often, ms. */
const lookEvery = 250;
/** Given notices remembered, to be withdrawn when read elsewhere. */
const remembered = 500;

export interface NotifierOptions {
  readonly store: Store;
  readonly settings: () => Promise<Settings>;
  readonly changes: Changes;
  readonly focus: Focus;
  readonly clock: Clock;
  readonly log: Log;
  /** When the hub stops: what is gathered by then stays in the notification centre. */
  readonly stopped: AbortSignal;
}

/**
 * Tells the person of new messages: never of muted conversations nor of what is being looked at, as the rules say, and
 * takes a notice back when its message was read elsewhere meanwhile.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #given = new Map<MessageId, ConversationId>();
  #telling: Promise<void> | undefined;
  /** When the last few notices were given, the oldest first. */
  readonly #givenAt: number[] = [];
  #untold: { readonly arrival: Arrival; readonly seen: boolean }[] = [];
  #checking = false;
  #checkAgain = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
    options.changes.on((event, payload) => {
      if (event !== 'changed' || this.#given.size === 0) return;
      const { topics } = payload as { readonly topics: readonly Topic[] };
      if (topics.some((topic) => this.#concerns(topic))) void this.#withdraw();
    });
  }

  /** Never rejects. What arrives while others are told of, or faster than anyone can read, is told of together. */
  async tell(arrivals: readonly Arrival[]): Promise<void> {
    const { focus } = this.#options;
    // Now: what is looked at may be another conversation by the time the settings are read.
    for (const arrival of arrivals)
      if (!arrival.muted) this.#untold.push({ arrival, seen: focus.has(arrival.conversation) });
    if (this.#untold.length === 0) return;
    this.#telling ??= this.#tellAll();
    await this.#telling;
  }

  handlers(): Handlers<'notifications.list' | 'notifications.clear'> {
    const { store } = this.#options;
    return {
      'notifications.list': (query) => store.query('notifications', query),
      'notifications.clear': async ({ conversations, messages }) => {
        await store.command('notifications.clear', {
          ...(conversations ? { conversations } : {}),
          ...(messages ? { messages } : {}),
        });
        return null;
      },
    };
  }

  async #tellAll(): Promise<void> {
    const { clock, stopped, log } = this.#options;
    while (this.#untold.length > 0 && !stopped.aborted)
      try {
        if (this.#isStorm()) await pause(clock, gatherMs, stopped);
        if (!stopped.aborted) await this.#tell(this.#untold.splice(0));
      } catch (error) {
        log.error('A notice could not be given', { error });
      }
    this.#telling = undefined;
  }
  async #tell(heard: readonly { readonly arrival: Arrival; readonly seen: boolean }[]): Promise<void> {
    const { store, changes, clock } = this.#options;
    const settings = await this.#options.settings();
    const judged = heard.map((one) => ({ ...one, ...verdictFor(settings, one.arrival) }));
    const unwanted = judged.filter(
      ({ mode, arrival }) => mode === 'off' || (mode === 'mentions' && !arrival.mentionsMe),
    );
    if (unwanted.length > 0)
      await store.command('notifications.clear', { messages: unwanted.map(({ arrival }) => arrival.message) });
    if (!settings.notifications) return;
    const now = clock.now();
    const ringing = judged.filter((one) => !unwanted.includes(one) && !isQuiet(one.quiet, now) && !one.seen);
    if (ringing.length === 0) return;
    // Read meanwhile, or told of before: then it is no longer held.
    const held = await store.query('notifications.held', { messages: ringing.map(({ arrival }) => arrival.message) });
    const worth = ringing.filter(({ arrival }) => held.includes(arrival.message) && !this.#given.has(arrival.message));
    for (const { arrival } of worth.slice(-most)) {
      const title =
        arrival.title && arrival.title !== arrival.author ? `${arrival.author} · ${arrival.title}` : arrival.author;
      const { preview: body, conversation, message } = arrival;
      this.#remember(message, conversation);
      changes.emit('notify', { title, body, conversation, message });
    }
  }

  #isStorm(): boolean {
    const [oldest] = this.#givenAt;
    if (oldest === undefined || this.#givenAt.length < inARow) return false;
    const ago = this.#options.clock.now() - oldest;
    // A clock that was put back delays nothing.
    return ago >= 0 && ago < gatherMs;
  }

  #remember(message: MessageId, conversation: ConversationId): void {
    this.#given.set(message, conversation);
    this.#givenAt.push(this.#options.clock.now());
    if (this.#givenAt.length > inARow) this.#givenAt.shift();
    const [oldest] = this.#given.keys();
    if (this.#given.size > remembered && oldest !== undefined) this.#given.delete(oldest);
  }

  #concerns(topic: Topic): boolean {
    if (topic.on === 'notifications') return true;
    if (topic.on !== 'conversations') return false;
    const { ids } = topic;
    return ids === undefined || [...this.#given.values()].some((conversation) => ids.includes(conversation));
  }

  /** At once when it was quiet. One look at a time; what changes during it, and shortly after, is looked at once more. */
  async #withdraw(): Promise<void> {
    this.#checkAgain = true;
    if (this.#checking) return;
    this.#checking = true;
    try {
      while (this.#checkAgain) {
        this.#checkAgain = false;
        const given = [...this.#given.keys()];
        const held = new Set(await this.#options.store.query('notifications.held', { messages: given }));
        const messages = given.filter((message) => !held.has(message));
        for (const message of messages) this.#given.delete(message);
        if (messages.length > 0) this.#options.changes.emit('unnotify', { messages });
        await this.#options.clock.sleep(lookEvery);
      }
    } catch (error) {
      this.#options.log.warn('Notices could not be looked through', { error });
    } finally {
      this.#checking = false;
    }
  }
}
