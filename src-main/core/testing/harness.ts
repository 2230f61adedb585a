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
  /** Logs in and answers the account. */
  login(): Promise<AccountId>;
  /** The process dies: nothing more reaches the database, and a new one opens it. */
  crash(): Promise<void>;
  /** Ends as one should, and begins anew. */
  restart(options?: { readonly offline?: boolean }): Promise<void>;
  close(): Promise<void>;
}

const key = new Uint8Array(32).fill(7);

export async function openBench(options: {
  clock: Clock;
  channels: () => readonly Channel[];
  mail?: MailExporter;
}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-hub-'));
  const secrets = new Map<string, string>();
  const logged: string[] = [];
  const heard: Bench['heard'] = [];
  const counts = new Map<CommandName, number>();
  const open = async (
    how: { readonly offline?: boolean } = {},
  ): Promise<{ hub: Hub; store: Store; dead: { now: boolean } }> => {
    const store = await openStore({ file: join(folder, 'carillon.db'), key, now: options.clock.now });
    const dead = { now: false };
    const ports = {
      host: 'node' as const,
      clock: options.clock,
      log: logTo(logged),
      secrets: secretsIn(secrets),
      paths: { profile: folder },
      fetch: globalThis.fetch,
      ...(options.mail ? { exporters: { mbox: options.mail } } : {}),
    };
    const channels = options.channels().map((channel) => ({ id: channel.id, load: async () => channel }));
    const hub = createHub({ ports, channels, store: mortal(store, dead, counts) });
    hub.on((event, payload) => heard.push({ event, payload }));
    await hub.start(how);
    await hub.call('inbox.page', {}, { window: 'test' });
    return { hub, store, dead };
  };
  let now = await open();
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
      for (;;) {
        const [account] = await call('accounts.list', {});
        if (account?.state.is === 'online') return account.id;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async crash() {
      now.dead.now = true;
      await now.store.close();
      now = await open();
    },
    async restart(options) {
      await now.hub.stop();
      await now.store.close();
      now = await open(options);
    },
    async close() {
      await now.hub.stop();
      await now.store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The output of a call is what the contract says of it: the router's own types hold the handlers to that. */
function unwrap<T>(reply: Reply<unknown>): T {
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return reply.value as T;
}

/** A store that a dead process no longer reaches: its calls never come back. */
function mortal(store: Store, dead: { readonly now: boolean }, counts: Map<CommandName, number>): Store {
  const never = <T>(): Promise<T> => new Promise(() => undefined);
  const unlessDead = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead.now) return never();
    const result = await work();
    return dead.now ? never() : result;
  };
  return {
    command(name, input) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return unlessDead(() => store.command(name, input));
    },
    query: (name, input) => unlessDead(() => store.query(name, input)),
    close: () => store.close(),
  };
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

/** Waits for something that happens without the clock: a transaction, an answer. Throws after ten real seconds. */
export async function eventually<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It never happened');
}
