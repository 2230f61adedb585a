import type { Channel, Log, Operations, Session } from '../../../../src-shared/channel.ts';
import { asUserKey } from '../../../../src-shared/model/index.ts';
import { type Double, type Grants, type Ledger, me } from '../../../../tests/simulators/_base/index.ts';
import { tokensSecret } from '../../oauth/index.ts';
import { type FakeClock, fakeClock } from '../clock.ts';
import { type LettingGo, lettingGo } from '../letting-go.ts';
import { Memory } from '../memory.ts';
import { type Recorder, recorder } from '../recorder.ts';
import { fetchHistory } from './by-hand.ts';

/** What a network has taken to be sent. */
export interface SentMail {
  readonly id: string;
  readonly subject: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}
/** A simulated network with one person's mailbox. */
export interface MailNetwork extends Double {
  readonly mailbox: {
    readonly messages: readonly { readonly id: string; readonly raw: Buffer }[];
    /** What it has accepted: under `sent` what went out. */
    readonly ledger: Pick<Ledger<SentMail>, 'of'>;
    delete(id: string): void;
  };
  readonly grants: Grants;
  /** Somebody writes: a new letter in the inbox. Answers its id. */
  write(subject?: string): string;
}
export type MailSession = Session &
  Pick<Operations, 'backfill' | 'flag' | 'label' | 'remove' | 'drafts' | 'search' | 'contacts'>;

export interface Opened {
  readonly session: MailSession;
  readonly record: Recorder;
  /** Connects, and fetches the history to its end as the hub does. What is done next falls between two looks for news. */
  settle(): Promise<void>;
}
export interface MailWorld<N extends MailNetwork = MailNetwork> extends LettingGo {
  readonly network: N;
  readonly clock: FakeClock;
  /** What the account remembers over all its sessions. */
  readonly memory: Memory;
  /** Requests that were under way at once, at most. */
  readonly atOnce: number;
  /** Another session of the account, logged in. */
  open(options?: { readonly log?: Log }): Opened;
  stop(): Promise<void>;
}
export interface MailWorldOptions<N extends MailNetwork> {
  readonly channel: Pick<Channel, 'id'> & { open(context: Recorder['context']): MailSession };
  start(until: number): Promise<N>;
  /** What the account's description says of the network at this address. */
  config(address: string): Readonly<Record<string, string>>;
  /** What the person has agreed to. */
  readonly scopes: readonly string[];
  /** Besides the tokens. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A mailbox on a simulated network, an account logged in to it, and a clock that stands still until it is let go. */
export async function mailWorld<N extends MailNetwork>(options: MailWorldOptions<N>): Promise<MailWorld<N>> {
  const { channel, config } = options;
  const clock = fakeClock(Date.now());
  const network = await options.start(clock.now());
  const memory = new Memory();
  const { access_token: access, refresh_token: refresh, scope } = network.grants.issue('me', options.scopes.join(' '));
  const tokens = { access, refresh, expiresAt: clock.now() + 3_600_000, scopes: scope.split(' ') };
  const secrets = { ...options.secrets, [tokensSecret]: JSON.stringify(tokens) };
  const sessions = new Set<MailSession>();
  const under = { way: 0, most: 0 };
  const counted: typeof fetch = async (input, init) => {
    under.most = Math.max(under.most, ++under.way);
    try {
      return await fetch(input, init);
    } finally {
      under.way--;
    }
  };
  const { passing, until } = lettingGo(clock);

  return {
    network,
    clock,
    memory,
    get atOnce() {
      return under.most;
    },
    open(more = {}) {
      const key = asUserKey(me.email);
      const identities = [{ key, name: me.name }];
      const account = { key, label: me.email, identities, config: config(network.address) };
      const record = recorder({ account, clock, memory, secrets, fetch: counted, ...more });
      const session = channel.open(record.context);
      sessions.add(session);
      return {
        session,
        record,
        async settle() {
          await passing(session.connect(new AbortController().signal));
          await passing(fetchHistory(session, record));
          await until(() => record.states.at(-1)?.is !== 'online' || session.standing?.().nextLookAt !== undefined);
        },
      };
    },
    passing,
    until,
    async stop() {
      await Promise.all([...sessions].map((session) => session.disconnect()));
      await network.stop();
    },
  };
}
