import type {
  BackfillPage,
  Channel,
  Clock,
  Features,
  LoginDone,
  Operations,
  Session,
} from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import {
  driveLogin,
  type FakeClock,
  fakeClock,
  type Memory,
  type Recorder,
  realClock,
  recorder,
} from '../testing/index.ts';
import type { ConformanceWorld, Running } from './world.ts';

/** How long the suite waits for what has to happen: of the fake clock's time, or of real time, ms. */
const patience = { fake: 120_000, real: 60_000 } as const;
/** How much fake time passes at once, ms. */
const step = 50;
/**
 * A session has this long to end, ms: ten times the two seconds of the contract, for a loaded machine lets the threads and
 * servers it takes leave of wait for their turn.
 */
const farewell = 20_000;
/** A session whose features are only known when it runs. */
export type LooseSession = Session & { readonly [K in keyof Operations]?: Operations[K] };

/** A network that is up, an account on it, and a clock: where each test begins. */
export class Stage<R extends Running> {
  readonly clock: Clock;
  readonly #fake: FakeClock | undefined;
  readonly channel: Channel;
  readonly world: ConformanceWorld<R>;
  readonly running: R;
  readonly #open = new Set<LooseSession>();

  private constructor(channel: Channel, world: ConformanceWorld<R>, running: R) {
    this.channel = channel;
    this.world = world;
    this.running = running;
    this.#fake = world.clock === 'fake' ? fakeClock() : undefined;
    this.clock = this.#fake ?? realClock;
  }
  static async set<R extends Running>(channel: Channel, world: ConformanceWorld<R>): Promise<Stage<R>> {
    return new Stage(channel, world, await world.start());
  }
  async strike(): Promise<void> {
    try {
      await Promise.all([...this.#open].map((session) => this.end(session)));
    } finally {
      await this.running.stop();
    }
  }

  get sleeping(): number {
    return this.#fake?.sleeping ?? 0;
  }
  async login(): Promise<LoginDone> {
    const { flow } = this.world;
    const answer: Parameters<typeof driveLogin>[1]['answer'] = (step) => this.world.answer(step, this.running);
    const { done } = await this.during(driveLogin(this.channel, { flow, clock: this.clock, answer }));
    if (!done) throw new Error('the login did not end in an account');
    return done;
  }
  /** Opens a session on what `memory` holds. */
  open(login: LoginDone, memory?: Memory): { readonly session: LooseSession; readonly record: Recorder } {
    const { account, secrets } = login;
    const record = recorder({ account, clock: this.clock, secrets, ...(memory ? { memory } : {}) });
    const session: LooseSession = this.channel.open(record.context);
    this.#open.add(session);
    return { session, record };
  }
  async connect(login: LoginDone, memory?: Memory) {
    const opened = this.open(login, memory);
    await this.during(opened.session.connect(new AbortController().signal));
    return opened;
  }
  /** Waits for work to end, letting fake time pass meanwhile. Rejects when it takes longer than the suite has patience. */
  async during<T>(work: Promise<T>): Promise<T> {
    const impatient = new AbortController();
    try {
      return await Promise.race([work, this.#wait(impatient.signal)]);
    } finally {
      impatient.abort();
    }
  }
  async pass(ms: number): Promise<void> {
    if (this.#fake) await this.#fake.advance(ms);
    else await this.clock.sleep(ms);
  }
  async until(record: Recorder, wanted: () => boolean): Promise<void> {
    const impatient = new AbortController();
    try {
      await this.during(record.until(wanted, impatient.signal));
    } finally {
      impatient.abort();
    }
  }
  /** Ends a session. Rejects when that takes longer than it may; no fake time passes, for leaving must not need any. */
  async end(session: Session): Promise<void> {
    const impatient = new AbortController();
    const late = (async () => {
      await realClock.sleep(farewell, impatient.signal);
      throw new Error(`the session did not end within ${farewell} ms`);
    })();
    late.catch(() => undefined);
    try {
      await Promise.race([session.disconnect(), late]);
    } finally {
      impatient.abort();
    }
  }
  /** Lets time pass until called off; rejects when patience is at its end. */
  async #wait(over: AbortSignal): Promise<never> {
    const longest = patience[this.world.clock];
    if (this.#fake)
      for (let passed = 0; !over.aborted && passed < longest; passed += step) await this.#fake.advance(step);
    else await realClock.sleep(longest, over).catch(() => undefined);
    throw new Error(`nothing of the kind happened within ${longest} ms`);
  }
  /** Fetches every scope that was announced, to its end, committing page by page as the hub does. */
  async backfill(session: LooseSession, record: Recorder, pageSize: number): Promise<readonly BackfillPage[]> {
    const pages: BackfillPage[] = [];
    const { signal } = new AbortController();
    if (!session.backfill) return pages;
    const finished = new Set<string>();
    // Scopes may be announced while others are being fetched.
    for (;;) {
      const scope = [...record.memory.scopes].find((one) => !finished.has(one));
      if (scope === undefined) return pages;
      const task = taskOf(scope);
      let cursor = record.memory.checkpoint(task);
      let more = record.memory.checkpoint(doneOf(scope)) === undefined;
      while (more) {
        const page = await this.during(session.backfill.fetch({ scope, cursor, limit: pageSize, signal }));
        pages.push(page);
        await record.context.emit({
          events: page.events,
          origin: 'history',
          checkpoint: { scope: page.next === undefined ? doneOf(scope) : task, cursor: page.next ?? ended },
        });
        if (page.waitMs !== undefined) await this.pass(page.waitMs);
        cursor = page.next;
        more = page.next !== undefined;
        if (pages.length > 10_000) throw new Error(`the history of ${scope} has no end`);
      }
      finished.add(scope);
    }
  }
}
const taskOf = (scope: string) => `backfill:${scope}`;
const doneOf = (scope: string) => `backfilled:${scope}`;
const ended = asCursor('ended');

/** The body of a test on a stage of its own, which is struck afterwards whatever happened. */
export const staged =
  <R extends Running>(channel: Channel, world: ConformanceWorld<R>) =>
  (play: (stage: Stage<R>) => Promise<void>) =>
  async (): Promise<void> => {
    const stage = await Stage.set(channel, world);
    try {
      await play(stage);
    } finally {
      await stage.strike();
    }
  };

/** Keys of messages that are history: what a later run must find again, whatever has happened since. */
export const historyKeys = (record: Recorder): ReadonlySet<string> =>
  new Set(
    record.batches.flatMap(({ origin, events }) =>
      origin === 'history' ? events.flatMap((event) => (event.type === 'message' ? [event.message.key] : [])) : [],
    ),
  );

/** The operations of each feature. `satisfies` keeps the table whole. */
export const operationsOf = {
  backfill: ['fetch'],
  import: ['read'],
  edit: ['apply'],
  remove: ['apply'],
  react: ['set'],
  receipts: ['markRead'],
  flag: ['set'],
  label: ['apply', 'create'],
  archive: ['set'],
  mute: ['set'],
  pin: ['set'],
  press: ['apply'],
  typing: ['set'],
  presence: ['set'],
  drafts: ['save', 'discard'],
  search: ['find'],
  contacts: ['list'],
  group: ['create'],
} as const satisfies { readonly [K in keyof Features]: readonly (keyof Operations[K])[] };
