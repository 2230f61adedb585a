import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, Clock, Log } from '../../../src-shared/channel.ts';
import type { CallName, Events, Input, Output, Reply } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { MailExporter, SecretStore } from '../../ports/index.ts';
import type { CommandName, Store } from '../../store/api.ts';
import { openStore } from '../../store/index.ts';
import { createHub, type Hub } from '../hub.ts';
import { type Life, mortalClock, mortalStore, UnderWay } from './mortal.ts';

/** A hub on a real store in a folder of its own, with only clock, chance and network in the test's hands. */
export interface Bench {
  readonly folder: string;
  readonly hub: Hub;
  readonly store: Store;
  readonly secrets: Map<string, string>;
  readonly logged: string[];
  readonly heard: { readonly event: keyof Events; readonly payload: unknown }[];
  /** How often a command was run. */
  commits(name: CommandName): number;
  /** The value of a call; a refusal is thrown as `code: message`. */
  call<M extends CallName>(name: M, input: Input<M>): Promise<Output<M>>;
  /** Logs in and answers the account, once it is connected and what its session begins with is stored. */
  login(): Promise<AccountId>;
  /** The process dies: nothing more reaches the database, and a new one opens it. */
  crash(): Promise<void>;
  /** Ends as one should, and begins anew. */
  restart(options?: { readonly offline?: boolean }): Promise<void>;
  close(): Promise<void>;
}

const key = new Uint8Array(32).fill(7);

/** One that is fake stands still while the database is at work, so that nothing falls due before what is under way is done. */
export type BenchClock = Clock & { waitFor?(work: () => Promise<unknown> | undefined): () => void };

export async function openBench(options: {
  clock: BenchClock;
  channels: () => readonly Channel[];
  mail?: MailExporter;
  /** What the hub's store does wrong. */
  flawed?: (store: Store) => Store;
}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-hub-'));
  const secrets = new Map<string, string>();
  const logged: string[] = [];
  const heard: Bench['heard'] = [];
  const counts = new Map<CommandName, number>();
  const underWay = new UnderWay();
  const forget = options.clock.waitFor?.(() => underWay.rest);
  const open = async (how: { readonly offline?: boolean } = {}): Promise<{ hub: Hub; store: Store; life: Life }> => {
    const store = await openStore({ file: join(folder, 'carillon.db'), key, now: options.clock.now });
    const life = { dead: false };
    const ports = {
      host: 'node' as const,
      clock: mortalClock(options.clock, life),
      log: logTo(logged),
      secrets: secretsIn(secrets),
      paths: { profile: folder },
      fetch: globalThis.fetch,
      ...(options.mail ? { exporters: { mbox: options.mail } } : {}),
    };
    const channels = options.channels().map((channel) => ({ id: channel.id, load: async () => channel }));
    const count = (name: CommandName): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
    const hub = createHub({
      ports,
      channels,
      store: mortalStore(options.flawed?.(store) ?? store, life, underWay, count),
    });
    hub.on((event, payload) => heard.push({ event, payload }));
    await hub.start(how);
    await hub.call('inbox.page', {}, { window: 'test' });
    return { hub, store, life };
  };
  let now = await open();
  const end = async (): Promise<void> => {
    now.life.dead = true;
    await now.store.close();
  };
  const call: Bench['call'] = async (name, input) => {
    const reply = await now.hub.call(name, input, { window: 'test' });
    return unwrap(reply);
  };
  return {
    folder,
    get hub() {
      return now.hub;
    },
    get store() {
      return now.store;
    },
    secrets,
    logged,
    heard,
    commits: (name) => counts.get(name) ?? 0,
    call,
    async login() {
      const first = await call('login.start', { channel: 'scripted' });
      await call('login.answer', { login: first.login, answers: { password: 'right' } });
      const account = await eventually(async () => {
        const [account] = await call('accounts.list', {});
        return account?.state.is === 'online' && account.id;
      });
      await eventually(async () => (await call('labels.list', { account })).length > 0);
      return account;
    },
    async crash() {
      await end();
      now = await open();
    },
    async restart(options) {
      await now.hub.stop();
      await end();
      now = await open(options);
    },
    async close() {
      await now.hub.stop();
      await end();
      forget?.();
      await rm(folder, { recursive: true });
    },
  };
}

/** The output of a call is what the contract says of it: the router's own types hold the handlers to that. */
function unwrap<T>(reply: Reply<unknown>): T {
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return reply.value as T;
}

const secretsIn = (entries: Map<string, string>): SecretStore => ({
  kind: 'throw-away',
  warning: undefined,
  get: async (name) => entries.get(name),
  set: async (name, value) => void entries.set(name, value),
  delete: async (name) => void entries.delete(name),
});

function logTo(lines: string[]): Log {
  const keep =
    (level: string) =>
    (message: string, data?: Readonly<Record<string, unknown>>): void =>
      void lines.push(`${level} ${message} ${JSON.stringify(data)}`);
  return { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** Real time that whatever happens without the clock may take on a machine with other work to do, ms. */
const patience = 30_000;
/** One so busy that a single look takes seconds is given this many all the same. */
const fewestLooks = 100;

/**
 * Waits for something that happens without the clock: a transaction, an answer. Throws after thirty real seconds, and not
 * before it has looked a hundred times.
 */
export async function eventually<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  const end = Date.now() + patience;
  for (let looks = 0; looks < fewestLooks || Date.now() < end; looks++) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`It never happened: ${look}`);
}
