import { ChannelError, type Clock, type Log, type PictureOf } from '../../../src-shared/channel.ts';
import type { Picture, PictureQuery } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { KeptPicture, Store } from '../../store/api.ts';
import { CallError, wordsOf } from '../errors.ts';
import type { Supervisor } from '../supervisor/index.ts';
import { bounded, mimeOf } from './picture-bytes.ts';
import { Turns } from './turns.ts';

const day = 86_400_000;
/** A picture may be another one under the same word: it is asked for again after a week, ms. */
const pictureLasts = 7 * day;
/** Whoever has none may have got one, of which not every network tells, ms. */
const noneLasts = 2 * day;
/** Kept in the database, bytes: some ten thousand faces. */
const mostKept = 64 * 1024 ** 2;
/** Pictures fetched at the same time over one account: a list that is scrolled must not hold up messages. */
const atOnce = 3;
/** Codes of a network that would not answer this login; it may know a picture all the same. */
const saysNothing = new Set(['auth', 'client']);

interface Wanted {
  readonly account: AccountId;
  readonly of: PictureOf;
}
type Bytes = KeptPicture['picture'];

/**
 * Small pictures of people, conversations and emoji: fetched when they are first to be seen, then kept, as is that there is
 * none. What is kept stands at once, and a network is asked for each at most once in its time.
 */
export class Pictures {
  readonly #store: Store;
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #fetching = new Map<string, Promise<Picture | null>>();
  readonly #turns = new Map<AccountId, Turns>();
  #seen = new Map<string, Wanted>();
  #noting = false;

  constructor(options: { store: Store; supervisor: Supervisor; clock: Clock; log: Log }) {
    this.#store = options.store;
    this.#supervisor = options.supervisor;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Rejects with a `CallError` where trying again later may help. */
  async get(query: PictureQuery): Promise<Picture | null> {
    const found = await this.#store.query('people.pictured', query);
    if (!found) return null;
    const { kept } = found;
    if (!kept) return this.#fetched(found);
    const now = this.#clock.now();
    if (isOver(kept.seenAt, day, now)) void this.#note(found);
    // The old one is better than none for as long as the new one is on its way, or cannot come.
    if (isOver(kept.fetchedAt, kept.picture ? pictureLasts : noneLasts, now) && this.#isOnline(found.account))
      this.#fetched(found).catch((error: unknown) =>
        this.#log.debug('A picture could not be fetched anew', { account: found.account, error }),
      );
    return viewOf(kept.picture);
  }

  /** Names of a network's own emoji. Whoever cannot be asked now is asked when it is opened again. */
  async ownEmoji(account: AccountId): Promise<readonly string[]> {
    const { live, state } = this.#supervisor.runner(account);
    if (!live || state.is !== 'online') return [];
    try {
      return (await live.session.ownEmoji?.(live.over)) ?? [];
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      this.#log.info('A network did not tell its own emoji', { account, code: error.code });
      return [];
    }
  }

  #isOnline(account: AccountId): boolean {
    return this.#supervisor.find(account)?.state.is === 'online';
  }

  /** Asks the network, once however many want it at the same time. */
  #fetched(wanted: Wanted): Promise<Picture | null> {
    const name = nameOf(wanted);
    const running = this.#fetching.get(name);
    if (running) return running;
    const fetching = this.#turn(wanted.account)
      .take(() => this.#fetch(wanted))
      .finally(() => this.#fetching.delete(name));
    this.#fetching.set(name, fetching);
    return fetching;
  }

  #turn(account: AccountId): Turns {
    const known = this.#turns.get(account) ?? new Turns(atOnce);
    this.#turns.set(account, known);
    return known;
  }

  async #fetch(wanted: Wanted): Promise<Picture | null> {
    const { account, of } = wanted;
    const { live, state } = this.#supervisor.runner(account);
    if (!live || state.is !== 'online')
      throw new CallError('offline', 'The account is not connected.', { retryable: true });
    let picture: Bytes;
    try {
      const stream = await live.session.openPicture?.(of, live.over);
      const content = stream && (await bounded(stream));
      const mime = content && mimeOf(content);
      picture = mime ? { mime, content } : null;
    } catch (error) {
      const refused = error instanceof ChannelError && error.outcome === 'refused';
      if (!refused || saysNothing.has(error.code)) {
        if (!(error instanceof ChannelError)) this.#log.warn('A picture could not be fetched', { account, error });
        throw new CallError('fetch-failed', wordsOf(error), { retryable: true, cause: error });
      }
      picture = null;
    }
    await this.#keep(wanted, picture);
    return viewOf(picture);
  }

  /** What cannot be stored (a full disk) is shown all the same, and asked for again. */
  async #keep({ account, of }: Wanted, picture: Bytes): Promise<void> {
    try {
      await this.#store.command('picture.stored', { account, of, picture, at: this.#clock.now(), most: mostKept });
    } catch (error) {
      this.#log.warn('A picture could not be kept', { account, error });
    }
  }

  /** That it was seen today. All that are seen while the last are being noted are noted together. */
  async #note(wanted: Wanted): Promise<void> {
    this.#seen.set(nameOf(wanted), wanted);
    if (this.#noting) return;
    this.#noting = true;
    try {
      while (this.#seen.size > 0) {
        const pictures = [...this.#seen.values()].map(({ account, of }) => ({ account, of }));
        this.#seen = new Map();
        await this.#store.command('pictures.seen', { pictures, at: this.#clock.now() });
      }
    } catch (error) {
      this.#log.warn('That pictures were seen could not be noted', { error });
    } finally {
      this.#noting = false;
    }
  }
}

const nameOf = ({ account, of }: Wanted): string => `${account} ${JSON.stringify(of)}`;
const viewOf = (picture: Bytes): Picture | null =>
  picture && { mime: picture.mime, base64: Buffer.from(picture.content).toString('base64') };
/** A time that is still to come was told by a clock that has been put right since. Unix ms and ms. */
const isOver = (since: number, lasts: number, now: number): boolean => since > now || now - since >= lasts;
