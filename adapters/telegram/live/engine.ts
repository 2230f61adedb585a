import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import type { Peer } from '../ids.ts';
import { updateEvents } from '../map/updates.ts';
import { intOf, longOf, type Plain } from '../remote/plain.ts';
import { Box, type Numbered } from './box.ts';
import { channelDifference, commonDifference } from './difference.ts';
import { introduce } from './introduce.ts';
import { PollWatch } from './polls.ts';
import { sorted, stranger, updatesIn } from './sort.ts';
import { type CommonState, channelScope, liveScope, writePts, writeState } from './state.ts';
import type { Streams } from './streams.ts';

/** How long a missing update may still be on its way (core.telegram.org/api/updates: "wait up to 0.5 seconds"). */
const patienceMs = 500;
/** What there is much of, and of which none undoes another: their times need not all be different. */
const manyOf = new Set([
  'UpdateNewMessage',
  'UpdateNewChannelMessage',
  'UpdateEditMessage',
  'UpdateEditChannelMessage',
  'UpdateMessageReactions',
  'UpdateUserTyping',
  'UpdateChatUserTyping',
  'UpdateChannelUserTyping',
  'UpdateUserStatus',
]);

/**
 * Follows what Telegram tells over one connection: each stream in its order, gaps closed by asking for the difference, and
 * every step committed together with how far it got. What comes is worked off one by one: the next once the last is handed
 * in, for what is emitted is stored in order.
 */
export class Engine implements Streams {
  readonly account: Account;
  readonly common: Box;
  readonly channels = new Map<string, Box>();
  state: CommonState;
  readonly #signal: AbortSignal;
  readonly #polls: PollWatch;
  readonly #failed: (cause: unknown) => void;
  #work: Promise<void> = Promise.resolve();
  /** What is handed in is stored, or told as a failure. */
  #stored: Promise<void> = Promise.resolve();
  #checking = false;
  #broken: { readonly cause: unknown } | undefined;

  /** `failed` is told once when following is not possible any more; the connection is then of no use. */
  constructor(account: Account, state: CommonState, signal: AbortSignal, failed: (cause: unknown) => void) {
    this.account = account;
    this.state = state;
    this.common = new Box(state.pts);
    this.#signal = signal;
    this.#polls = new PollWatch(account, signal);
    this.#failed = failed;
    for (const [randomId, id] of state.sent) account.became(randomId, id);
  }
  get signal(): AbortSignal {
    return this.#signal;
  }
  /** Takes in what Telegram says by itself. */
  push(said: Plain): void {
    this.#do(async () => {
      for (const storing of await this.#take(said)) this.#watch(storing);
    }).catch(() => undefined);
  }
  /** Takes in what a call of ours changed. Resolves when it is committed, or waits for what is missing before it. */
  async settle(said: Plain): Promise<void> {
    await this.#do(async () => {
      await Promise.all(await this.#take(said));
    });
  }
  /** Asks for everything missed in the common stream. Rejects when that fails. */
  catchUp(): Promise<void> {
    return this.#do(() => commonDifference(this));
  }
  catchUpChannel(peer: Peer): Promise<void> {
    return this.#do(() => channelDifference(this, peer));
  }
  /** Resolves when everything taken in so far is done with. */
  async idle(): Promise<void> {
    await this.#work;
    await this.#stored;
  }

  async commit(events: readonly ChannelEvent[]): Promise<void> {
    this.#goOn();
    this.state = { ...this.state, pts: this.common.pts, sent: [...this.account.sent].map(([a, b]) => [a, b]) };
    const checkpoint = { scope: liveScope, cursor: writeState(this.state) };
    await this.account.context.emit({ events, origin: 'live', checkpoint });
  }
  async commitChannel(peer: Peer, events: readonly ChannelEvent[]): Promise<void> {
    this.#goOn();
    const box = this.channels.get(peer.id);
    const checkpoint = { scope: channelScope(peer.id), cursor: writePts(box?.pts ?? 0) };
    await this.account.context.emit({ events, origin: 'live', checkpoint });
  }
  told(updates: readonly Plain[], said: Plain): readonly ChannelEvent[] {
    for (const update of updates) this.#note(update);
    this.#polls.told(updates);
    return updates.flatMap((update) => {
      const at = manyOf.has(update._) ? this.account.context.clock.now() : this.account.moment();
      return [...introduce(this.account, update, said, at), ...updateEvents(update, this.account, at)];
    });
  }

  #do(job: () => Promise<void>): Promise<void> {
    const done = this.#work.then(async () => {
      this.#goOn();
      await job();
    });
    this.#work = done.catch((cause: unknown) => this.#trouble(cause));
    return done;
  }
  #watch(storing: Promise<void>): void {
    const before = this.#stored;
    this.#stored = storing.catch((cause: unknown) => this.#trouble(cause)).then(() => before);
  }
  #trouble(cause: unknown): void {
    this.#broken ??= { cause };
    if (!this.#signal.aborted) this.#failed(cause);
  }
  /** What comes after something that could not be stored must not say that everything before is here. */
  #goOn(): void {
    this.#signal.throwIfAborted();
    if (this.#broken) throw this.#broken.cause;
  }
  /** Answers what of it is being stored. */
  async #take(said: Plain): Promise<readonly Promise<void>[]> {
    this.account.context.proven();
    const updates = updatesIn(said, this.account.me);
    const strange = stranger(said, (peer) => this.account.peers.input(peer) !== undefined);
    if (!updates || strange) {
      await commonDifference(this);
      return [];
    }
    const place = this.#placeOf(said);
    if (place === 'past') return [];
    await this.account.meet(said);
    const passing: Plain[] = [];
    const common: Numbered[] = [];
    const behind: Peer[] = [];
    const byChannel = new Map<string, { peer: Peer; ready: Numbered[] }>();
    for (const update of updates) {
      const sort = sorted(update);
      // Numbered ones have an order of their own; the others the difference tells again, which was asked for.
      if (sort.stream === 'none') passing.push(...(place === 'next' ? [update] : []));
      else if (sort.stream === 'behind') behind.push(sort.channel);
      else if (sort.stream === 'common') common.push(...this.common.take({ ...sort, update, said }));
      else if (sort.channel) {
        const box = this.#boxOf(sort.channel, sort.pts - sort.count);
        const held = byChannel.get(sort.channel.id) ?? { peer: sort.channel, ready: [] };
        held.ready.push(...box.take({ ...sort, update, said }));
        byChannel.set(sort.channel.id, held);
      }
    }
    const now = this.told(passing, said);
    const events = [...now, ...this.#tellAll(common)];
    const storing: Promise<void>[] = [];
    const store = (stored: Promise<void>): void => {
      // Whoever waits for it is told; nobody does where the rest cannot be taken.
      stored.catch(() => undefined);
      storing.push(stored);
    };
    if (common.length > 0 || kept(events)) store(this.commit(events));
    else if (events.length > 0) store(this.account.context.emit({ events, origin: 'live' }));
    for (const { peer, ready } of byChannel.values())
      if (ready.length > 0) store(this.commitChannel(peer, this.#tellAll(ready)));
    if (behind.length > 0) {
      await Promise.all(storing.splice(0));
      for (const peer of behind) await channelDifference(this, peer);
    }
    this.#watchGaps();
    return storing;
  }
  #tellAll(ready: readonly Numbered[]): readonly ChannelEvent[] {
    return ready.flatMap(({ update, said }) => this.told([update], said));
  }
  #boxOf(peer: Peer, pts: number): Box {
    const box = this.channels.get(peer.id) ?? new Box(pts);
    this.channels.set(peer.id, box);
    return box;
  }
  /**
   * core.telegram.org/api/updates, "Handling of update sequences": containers with a number come one after the other. What was
   * missed before one is made up for by the difference; one told again is past.
   */
  #placeOf(said: Plain): 'next' | 'ahead' | 'past' {
    const seq = intOf(said, 'seq') ?? 0;
    const date = intOf(said, 'date');
    if (seq > 0) {
      const start = intOf(said, 'seqStart') ?? seq;
      if (start <= this.state.seq) return 'past';
      if (start > this.state.seq + 1 && this.state.seq > 0) {
        this.#do(() => commonDifference(this)).catch(() => undefined);
        return 'ahead';
      }
      this.state = { ...this.state, seq };
    }
    if (date !== undefined && date > this.state.date) this.state = { ...this.state, date };
    return 'next';
  }
  #note(update: Plain): void {
    const id = intOf(update, 'id');
    const randomId = longOf(update, 'randomId');
    if (update._ === 'UpdateMessageID' && id !== undefined && randomId !== undefined) this.account.became(randomId, id);
  }
  /** Looks again after a while, and asks for the difference of what is still missing then. */
  #watchGaps(): void {
    if (this.#checking || !this.#gaps()) return;
    this.#checking = true;
    const { clock } = this.account.context;
    void clock.sleep(patienceMs, this.#signal).then(
      () => {
        this.#checking = false;
        this.#do(async () => {
          if (this.common.gap) await commonDifference(this);
          for (const [id, box] of [...this.channels])
            if (box.gap) await channelDifference(this, { kind: 'channel', id });
        }).catch(() => undefined);
      },
      () => undefined,
    );
  }
  #gaps(): boolean {
    return this.common.gap || [...this.channels.values()].some((box) => box.gap);
  }
}
/** Worth a commit of its own: typing and presence are never stored. */
const kept = (events: readonly ChannelEvent[]): boolean =>
  events.some(({ type }) => type !== 'typing' && type !== 'presence');
