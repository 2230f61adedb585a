import type { Channel, Clock, Log } from '../../../src-shared/channel.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { AccountRow, Store } from '../../store/api.ts';
import { CallError, notFound } from '../errors.ts';
import type { Ingest } from '../ingest/index.ts';
import { watchClock } from '../time/drift.ts';
import type { Live } from './live.ts';
import { AccountRunner } from './runner.ts';
import type { AccountSecrets } from './secrets.ts';

export interface SupervisorOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly ingest: Ingest;
  readonly fetch: typeof fetch;
  readonly logFor: (account: AccountRow) => Log;
  readonly secretsFor: (account: AccountRow) => AccountSecrets;
  readonly load: (channel: string) => Promise<Channel>;
  readonly changed: () => void;
  readonly attend: (live: Live) => void;
  /** The clock ran ahead by so many ms, or was put back (less than zero). Resolves when whatever waits by it knows. */
  readonly clockMoved: (by: number) => Promise<void>;
}

/** One runner an account; paused accounts have one that was never started. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #runners = new Map<AccountId, AccountRunner>();
  readonly #stop = new AbortController();
  #started = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Takes the accounts in without connecting any. `offline`: none will be, so that each tells how it was left. */
  admit(rows: readonly AccountRow[], { offline }: { readonly offline: boolean }): void {
    for (const row of rows) {
      const runner = this.#make(row);
      if (offline || row.paused) runner.rest();
    }
  }

  /** Connects what was admitted. */
  start(): void {
    this.#started = true;
    for (const runner of this.#runners.values()) this.#begin(runner);
    void watchClock(this.#options.clock, (by) => this.#clockMoved(by), this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
  }

  /** Takes an account in and connects it unless it is paused. An account already here is replaced. */
  add(row: AccountRow): AccountRunner {
    const runner = this.#make(row);
    if (this.#started) this.#begin(runner);
    if (row.paused) runner.rest();
    return runner;
  }

  /** Ends the account's session; the account itself stays in the database. */
  async drop(account: AccountId): Promise<void> {
    const runner = this.#runners.get(account);
    this.#runners.delete(account);
    await runner?.stop();
  }

  /**
   * The account anew from its row: after a login, a pause, a change of its description. It is here, and in its place among
   * the others, all the while.
   */
  async renew(row: AccountRow): Promise<AccountRunner> {
    const before = this.#runners.get(row.id);
    await before?.stop();
    const now = this.#runners.get(row.id);
    // Removed meanwhile, or renewed by somebody else, whose session has to end as well.
    if (before && !now) return before;
    if (now !== before) return this.renew(row);
    // How it fared to the very end is known by the one that ended.
    return this.add({ ...row, last: before?.row.last ?? row.last });
  }

  find(account: AccountId): AccountRunner | undefined {
    return this.#runners.get(account);
  }

  /** Rejects when there is no such account. */
  runner(account: AccountId): AccountRunner {
    const runner = this.#runners.get(account);
    if (!runner) throw notFound('The account');
    return runner;
  }

  /** The account's session while it is online. */
  online(account: AccountId): Live | undefined {
    const runner = this.#runners.get(account);
    return runner?.state.is === 'online' ? runner.live : undefined;
  }

  /** As `online`, but says in words why there is none. */
  needOnline(account: AccountId): Live {
    const live = this.online(account);
    if (live) return live;
    const { row, state } = this.runner(account);
    const why = row.paused ? 'is paused' : state.is === 'needs-login' ? 'needs you to log in' : 'is not connected now';
    throw new CallError('offline', `${row.description.label} ${why}. Try again when it is connected.`, {
      retryable: true,
    });
  }

  all(): readonly AccountRunner[] {
    return [...this.#runners.values()];
  }

  /** Connections may be dead without knowing it (the machine slept, the network changed): all begin anew. */
  wake(): void {
    for (const runner of this.#runners.values()) {
      const { is } = runner.state;
      if (is !== 'needs-login' && is !== 'failed') runner.restart();
    }
  }

  #make(row: AccountRow): AccountRunner {
    const { logFor, secretsFor } = this.#options;
    const runner = new AccountRunner(row, { ...this.#options, log: logFor(row), secrets: secretsFor(row) });
    this.#runners.set(row.id, runner);
    return runner;
  }

  #begin(runner: AccountRunner): void {
    if (!runner.row.paused && !this.#stop.signal.aborted) runner.start();
  }

  /** Whatever a session waits for by the clock, it waits for anew. */
  async #clockMoved(by: number): Promise<void> {
    for (const runner of this.#runners.values()) runner.clockMoved();
    await this.#options.clockMoved(by);
    this.wake();
  }
}
