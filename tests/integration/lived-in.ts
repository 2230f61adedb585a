import { afterAll, beforeAll, vi } from 'vitest';
import { realClock } from '../../adapters/_kit/testing/index.ts';
import { type Bench, openBench } from '../../src-main/core/testing/harness.ts';
import type { Channel, ConnectionState } from '../../src-shared/channel.ts';
import type { ConversationRow } from '../../src-shared/ipc/index.ts';
import type { AccountId } from '../../src-shared/model/index.ts';
import { type Double, visit } from '../simulators/_base/index.ts';

/** Asks again and again, for a minute at most, until there is an answer. */
export const soon = <T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> =>
  vi.waitFor(
    async () => {
      const found = await look();
      if (!found) throw new Error(`waited in vain until ${what}`);
      return found;
    },
    { timeout: 60_000, interval: 25 },
  );

export interface LivedInOptions<N extends Double> {
  readonly channel: Channel;
  start(): Promise<N>;
  readonly flow?: string;
  /** What is filled in before the browser is sent for. */
  fields(address: string): Readonly<Record<string, string>>;
}
/** The product whole, hub, store and one channel, on a simulated network: one account, lived in over all tests of a file. */
export interface LivedIn<N extends Double> {
  readonly network: N;
  readonly bench: Bench;
  /** Logs in by the browser: anew, or an account that is there. */
  logIn(account?: AccountId): Promise<void>;
  inbox(): Promise<readonly ConversationRow[]>;
  titled(title: string): Promise<ConversationRow | undefined>;
  /** Of the one account. */
  state(): Promise<ConnectionState | undefined>;
  online(): Promise<boolean>;
  /** How many there are. */
  messages(): Promise<number>;
}

export function livedIn<N extends Double>({ channel, start, flow, fields }: LivedInOptions<N>): LivedIn<N> {
  let network: N | undefined;
  let bench: Bench | undefined;
  beforeAll(async () => {
    network = await start();
    bench = await openBench({ clock: realClock, channels: () => [channel] });
    await bench.call('settings.set', { patch: { undoSendSeconds: 0 } });
  });
  afterAll(async () => {
    await bench?.close();
    await network?.stop();
  });
  const home: LivedIn<N> = {
    get network() {
      if (!network) throw new Error('the network is up while tests run');
      return network;
    },
    get bench() {
      if (!bench) throw new Error('the hub is up while tests run');
      return bench;
    },
    async logIn(account) {
      const first = await home.bench.call('login.start', {
        channel: channel.id,
        ...(flow === undefined ? {} : { flow }),
        ...(account === undefined ? {} : { account }),
      });
      const answers = fields(home.network.address);
      const { step, error } = await home.bench.call('login.answer', { login: first.login, answers });
      if (step?.show !== 'browser') throw new Error(`no page to visit: ${error}`);
      await visit(step.url);
    },
    inbox: async () => (await home.bench.call('inbox.page', { view: 'inbox', limit: 200 })).rows,
    titled: async (title) => (await home.inbox()).find((row) => row.title === title),
    state: async () => (await home.bench.call('accounts.list', {}))[0]?.state,
    online: () => soon('the account is online', async () => (await home.state())?.is === 'online'),
    messages: async () => (await home.bench.call('app.stats', {})).messages,
  };
  return home;
}
