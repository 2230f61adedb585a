import { ChannelError, type Log, type PictureOf } from '../../../src-shared/channel.ts';
import type { Picture, PictureQuery } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import { CallError, wordsOf } from '../errors.ts';
import type { Supervisor } from '../supervisor/index.ts';

/** A face or an emoji is some kilobytes; what is larger is neither. Bytes. */
const largest = 1024 ** 2;
/** Kept in memory, bytes: some thousand faces. */
const mostKept = 24 * 1024 ** 2;
/** Pictures fetched at the same time over one account: a list that is scrolled must not hold up messages. */
const atOnce = 3;

/** Small pictures of people, conversations and emoji: fetched when they are first to be seen, then kept while this runs. */
export class Pictures {
  readonly #store: Store;
  readonly #supervisor: Supervisor;
  readonly #log: Log;
  /** By account and what it is of, the last used last; null where the network has none. */
  readonly #kept = new Map<string, Picture | null>();
  readonly #fetching = new Map<string, Promise<Picture | null>>();
  readonly #turns = new Map<AccountId, Turns>();
  #bytes = 0;

  constructor(options: { store: Store; supervisor: Supervisor; log: Log }) {
    this.#store = options.store;
    this.#supervisor = options.supervisor;
    this.#log = options.log;
  }

  /** Rejects with a `CallError` where trying again later may help. */
  async get(query: PictureQuery): Promise<Picture | null> {
    const found =
      'emoji' in query
        ? { account: query.account, of: { is: 'emoji', emoji: query.emoji } as const }
        : await this.#store.query('people.pictured', query);
    if (!found) return null;
    const { account, of } = found;
    const name = `${account} ${JSON.stringify(of)}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, kept);
      return kept;
    }
    const running = this.#fetching.get(name);
    if (running) return running;
    const fetching = this.#turn(account)
      .take(() => this.#fetch(account, of))
      .then((picture) => this.#keep(name, picture))
      .finally(() => this.#fetching.delete(name));
    this.#fetching.set(name, fetching);
    return fetching;
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

  #turn(account: AccountId): Turns {
    const known = this.#turns.get(account) ?? new Turns(atOnce);
    this.#turns.set(account, known);
    return known;
  }

  async #fetch(account: AccountId, of: PictureOf): Promise<Picture | null> {
    const { live, state } = this.#supervisor.runner(account);
    if (!live || state.is !== 'online')
      throw new CallError('offline', 'The account is not connected.', { retryable: true });
    try {
      const stream = await live.session.openPicture?.(of, live.over);
      const bytes = stream && (await bounded(stream));
      const mime = bytes && mimeOf(bytes);
      return mime ? { mime, base64: bytes.toString('base64') } : null;
    } catch (error) {
      if (error instanceof ChannelError && error.outcome === 'refused') return null;
      if (!(error instanceof ChannelError)) this.#log.warn('A picture could not be fetched', { account, error });
      throw new CallError('fetch-failed', wordsOf(error), { retryable: true, cause: error });
    }
  }

  #keep(name: string, picture: Picture | null): Picture | null {
    this.#kept.set(name, picture);
    this.#bytes += sizeOf(picture);
    for (const [oldest, of] of this.#kept) {
      if (this.#bytes <= mostKept) break;
      this.#kept.delete(oldest);
      this.#bytes -= sizeOf(of);
    }
    return picture;
  }
}
const sizeOf = (picture: Picture | null): number => (picture?.base64.length ?? 0) + 200;

/** Undefined when it is too large to be one. */
async function bounded(stream: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.byteLength;
    if (bytes > largest) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** By its first bytes, whatever the network calls it: https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm */
function mimeOf(bytes: Buffer): Picture['mime'] | undefined {
  const begins = (text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;
  if (begins('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins('\xff\xd8\xff')) return 'image/jpeg';
  if (begins('GIF87a') || begins('GIF89a')) return 'image/gif';
  return begins('RIFF') && begins('WEBPVP', 8) ? 'image/webp' : undefined;
}

/** So many at a time, the rest in the order they came. */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;
  constructor(most: number) {
    this.#free = most;
  }
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
