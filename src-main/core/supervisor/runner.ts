import {
  type AccountDescription,
  type Channel,
  ChannelError,
  type Clock,
  type ConnectionState,
  type Log,
} from '../../../src-shared/channel.ts';
import type { AccountRow, Store } from '../../store/api.ts';
import { diskTrouble, wordsOf } from '../errors.ts';
import type { Ingest } from '../ingest/index.ts';
import { type Errand, onErrand } from '../privacy/errand.ts';
import { type Backoff, delayAfter } from '../time/backoff.ts';
import { settlesWithin, sleepUntil } from '../time/sleep.ts';
import { sessionContext } from './context.ts';
import { LastState } from './last-state.ts';
import type { Live } from './live.ts';
import type { AccountSecrets } from './secrets.ts';

/** A session that cannot end is left behind after this long, ms (the contract gives it 2 s). */
const disconnectWithin = 2000;
const reconnect: Backoff = { first: 1000, longest: 300_000 };
/** A session whose delivery was still proven this long after its start was a good one: the pauses begin small again. Ms. */
const steadyAfter = 30_000;

export interface RunnerOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly ingest: Ingest;
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly secrets: AccountSecrets;
  readonly load: (channel: string) => Promise<Channel>;
  /** The state or the last proof changed. */
  readonly changed: () => void;
  /** Called once a session is online for the first time; what it starts must end when `live.over` aborts. */
  readonly attend: (live: Live) => void;
}

/** Why a session ended, and so what comes next. */
type End = 'offline' | 'deaf' | 'restart' | 'rest' | 'stop';

/**
 * Keeps one account's session going: opens it, watches that its delivery is proven, ends it within 2 s, and opens the
 * next with growing pauses. Whatever a session throws stays in here.
 */
export class AccountRunner {
  row: AccountRow;
  readonly #options: RunnerOptions;
  readonly #stop = new AbortController();
  readonly #last: LastState;
  #state: ConnectionState = { is: 'connecting' };
  #asOf: number | undefined;
  #lastProvenAt: number | null = null;
  #live: Live | undefined;
  #attended: Live | undefined;
  #running: Promise<void> | undefined;
  #restart: (() => void) | undefined;
  #resting = new AbortController();

  constructor(row: AccountRow, options: RunnerOptions) {
    this.row = row;
    this.#options = options;
    const changed = (last: AccountRow['last']): void => {
      this.row = { ...this.row, last };
    };
    this.#last = new LastState({ ...options, account: row.id, changed });
  }

  get state(): ConnectionState {
    return this.#state;
  }
  /** Unix ms; null when nothing was proven since the start. */
  get lastProvenAt(): number | null {
    return this.#lastProvenAt;
  }
  /** The session in charge, connected or about to be. */
  get live(): Live | undefined {
    return this.#live;
  }

  /** Set while it is not to be connected: when its state was seen, Unix ms. */
  get asOf(): number | undefined {
    return this.#running ? undefined : this.#asOf;
  }

  /** It is not to be connected for now: tells the state it was left in. */
  rest(): void {
    this.#state = this.row.last?.state ?? { is: 'offline', message: 'It has not been connected yet.' };
    this.#asOf = this.row.last?.at;
  }

  start(): void {
    this.#running ??= onErrand(this.#errand(), () => this.#run());
  }

  /** Ends the session and the account's work for good; resolves within a little more than 2 s. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#resting.abort();
    await this.#running;
    await this.#last.end();
  }

  /** The clock was put right: nothing was proven in what is still to come. */
  clockMoved(): void {
    const now = this.#options.clock.now();
    if (this.#lastProvenAt !== null) this.#lastProvenAt = Math.min(this.#lastProvenAt, now);
  }

  /** Ends the session, or the pause between two, and connects anew. */
  restart(): void {
    this.#resting.abort();
    this.#restart?.();
  }

  /**
   * Runs `work` with the session in charge, or with one opened for it alone that is never connected: what needs no network
   * works without one. `work` must be done with the session when it resolves.
   */
  async withSession<T>(work: (live: Live) => Promise<T>): Promise<T> {
    if (this.#live) return work(this.#live);
    return onErrand(this.#errand(), () => this.#alone(work));
  }

  async #alone<T>(work: (live: Live) => Promise<T>): Promise<T> {
    const { clock, load, log } = this.#options;
    const channel = await load(this.row.channel);
    const life = new AbortController();
    const session = channel.open(this.#context(life.signal, () => undefined));
    const live: Live = { account: this.row, channel, session, over: life.signal };
    try {
      return await work(live);
    } finally {
      life.abort();
      await settlesWithin(clock, disconnectOf(session, log), disconnectWithin);
    }
  }

  #errand(): Errand {
    return { why: 'account', who: this.row.description.label };
  }

  async #run(): Promise<void> {
    let failures = 0;
    const stopped = this.#stop.signal;
    while (!stopped.aborted) {
      const opened = this.#options.clock.now();
      this.#resting = new AbortController();
      const end = await this.#oneSession();
      if (end === 'deaf') await this.#missed();
      if ((this.#lastProvenAt ?? 0) - opened > steadyAfter) failures = 0;
      if (end === 'restart' || end === 'deaf' || stopped.aborted) continue;
      const pause = AbortSignal.any([this.#resting.signal, stopped]);
      if (end === 'rest') await sleepUntil(this.#options.clock, Number.POSITIVE_INFINITY, pause);
      else await sleepUntil(this.#options.clock, this.#nextTry(failures++), pause);
    }
  }

  /**
   * A deaf session may have missed something. Where the channel keeps checkpoints the next one catches up from them;
   * where it keeps none, only fetching the history anew brings it.
   */
  async #missed(): Promise<void> {
    const { store, ingest, log } = this.#options;
    try {
      const scopes = await store.query('backfill.unguarded', { account: this.row.id });
      const events = scopes.map((scope) => ({ type: 'gap' as const, scope }));
      if (events.length > 0) await ingest.apply(this.row.id, { events, origin: 'history' });
    } catch (error) {
      log.error('What a deaf session may have missed could not be noted', { error });
    }
  }

  /** When to try again after going offline, Unix ms; told to the person with the state. */
  #nextTry(failures: number): number {
    const { clock } = this.#options;
    const state = this.#state;
    const asked = state.is === 'offline' ? (state.retryAt ?? 0) : 0;
    const retryAt = Math.max(asked, clock.now() + delayAfter(failures, reconnect, clock));
    if (state.is === 'offline') this.#set({ ...state, retryAt });
    return retryAt;
  }

  /** One session from opening to its end. */
  async #oneSession(): Promise<End> {
    const { clock, log } = this.#options;
    const life = new AbortController();
    const ending = Promise.withResolvers<End>();
    this.#restart = () => ending.resolve('restart');
    const onStop = (): void => ending.resolve('stop');
    this.#stop.signal.addEventListener('abort', onStop, { once: true });
    if (this.#stop.signal.aborted) onStop();
    this.#set({ is: 'connecting' });
    let session: Live['session'] | undefined;
    try {
      const channel = await this.#options.load(this.row.channel);
      const live: Live = {
        account: this.row,
        channel,
        session: channel.open(this.#context(life.signal, (state) => this.#told(state, ending.resolve))),
        over: life.signal,
      };
      session = live.session;
      this.#live = live;
      void this.#watch(channel.provenWithinMs, life.signal).then((deaf) => {
        if (deaf) ending.resolve('deaf');
      });
      session.connect(life.signal).catch((error: unknown) => this.#threw(error, life.signal, ending.resolve));
    } catch (error) {
      this.#threw(error, life.signal, ending.resolve);
    }
    const end = await ending.promise;
    this.#stop.signal.removeEventListener('abort', onStop);
    this.#restart = undefined;
    this.#live = undefined;
    life.abort();
    if (session && !(await settlesWithin(clock, disconnectOf(session, log), disconnectWithin)))
      log.warn('A session did not end in time and is left behind');
    return end;
  }

  #context(over: AbortSignal, state: (state: ConnectionState) => void) {
    return sessionContext({
      ...this.#options,
      account: this.row.id,
      description: () => this.row.description,
      over,
      state,
      proven: () => this.#proven(),
      describe: (change) => this.#describe(change),
    });
  }

  #told(state: ConnectionState, end: (end: End) => void): void {
    this.#set(state);
    if (state.is === 'online' && this.#live && this.#attended !== this.#live) {
      this.#attended = this.#live;
      this.#options.attend(this.#live);
    }
    if (state.is === 'offline') end('offline');
    else if (state.is === 'needs-login' || state.is === 'failed') end('rest');
  }

  /** The contract forbids it, but an adapter that throws must not end more than its own session. */
  #threw(error: unknown, over: AbortSignal, end: (end: End) => void): void {
    if (over.aborted) return;
    this.#options.log.error('A session threw', { error });
    // A disk that is full may have room again.
    const passes = error instanceof ChannelError ? error.outcome !== 'refused' : diskTrouble(error) !== undefined;
    if (passes) {
      this.#set({ is: 'offline', message: wordsOf(error) });
      end('offline');
      return;
    }
    this.#set({ is: 'failed', code: error instanceof ChannelError ? error.code : 'internal', message: wordsOf(error) });
    end('rest');
  }

  /** True when the session stayed silent for longer than its channel allows, whatever state it claims. */
  async #watch(within: number, over: AbortSignal): Promise<boolean> {
    const { clock, log } = this.#options;
    const opened = clock.now();
    for (;;) {
      const due = Math.max(opened, this.#lastProvenAt ?? 0) + within;
      await sleepUntil(clock, due, over);
      if (over.aborted) return false;
      if (clock.now() < Math.max(opened, this.#lastProvenAt ?? 0) + within) continue;
      log.warn('A session proved nothing for too long and is restarted', { withinMs: within });
      return true;
    }
  }

  #proven(): void {
    this.#lastProvenAt = this.#options.clock.now();
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.#options.changed();
    this.#last.note(state);
  }

  async #describe(change: Partial<AccountDescription>): Promise<void> {
    await this.#options.store.command('account.update', { account: this.row.id, description: change });
    this.row = { ...this.row, description: { ...this.row.description, ...change } };
  }
}

async function disconnectOf(session: Live['session'], log: Log): Promise<void> {
  try {
    await session.disconnect();
  } catch (error) {
    log.warn('A session failed to end', { error });
  }
}
