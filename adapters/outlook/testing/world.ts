import type { Log, SendOptions, SessionOf } from '../../../src-shared/channel.ts';
import { asUserKey } from '../../../src-shared/model/index.ts';
import { me } from '../../../tests/simulators/_base/index.ts';
import {
  client,
  type Microsoft,
  type MicrosoftOptions,
  startMicrosoft,
} from '../../../tests/simulators/microsoft/index.ts';
import { tokensSecret } from '../../_kit/oauth/index.ts';
import {
  type FakeClock,
  fakeClock,
  fetchHistory,
  type LettingGo,
  lettingGo,
  Memory,
  type Recorder,
  recorder,
  sendOptions,
} from '../../_kit/testing/index.ts';
import type { features } from '../features.ts';
import { outlook } from '../index.ts';

export { fetchHistory, keepParser, letter } from '../../_kit/testing/index.ts';

export interface OutlookWorld extends LettingGo {
  readonly microsoft: Microsoft;
  readonly clock: FakeClock;
  /** What the account remembers over all its sessions. */
  readonly memory: Memory;
  /** Requests that were under way at once, at most. */
  readonly atOnce: number;
  /** Another session of the account, logged in. */
  open(options?: { readonly log?: Log }): Opened;
  stop(): Promise<void>;
}
export interface Opened {
  readonly session: SessionOf<typeof features>;
  readonly record: Recorder;
  /** Connects, and fetches the history to its end as the hub does. */
  settle(): Promise<void>;
}

/** A mailbox on a simulated Microsoft, an account logged in to it, and a clock that stands still until it is let go. */
export async function outlookWorld(options: MicrosoftOptions = {}): Promise<OutlookWorld> {
  const clock = fakeClock(Date.now());
  const microsoft = await startMicrosoft({ talks: 6, messages: 24, until: clock.now(), ...options });
  const memory = new Memory();
  const { access_token: access, refresh_token: refresh, scope } = microsoft.grants.issue();
  const tokens = { access, refresh, expiresAt: clock.now() + 3_600_000, scopes: scope.split(' ') };
  const secrets = { [tokensSecret]: JSON.stringify(tokens) };
  const sessions = new Set<Opened['session']>();
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
    microsoft,
    clock,
    memory,
    get atOnce() {
      return under.most;
    },
    open(more = {}) {
      const record = recorder({
        account: {
          key: asUserKey(me.email),
          label: me.email,
          identities: [{ key: asUserKey(me.email), name: me.name }],
          config: { clientId: client.id, tenant: client.tenant, server: microsoft.address },
        },
        clock,
        memory,
        secrets,
        ...more,
      });
      const session = outlook.open({ ...record.context, fetch: counted });
      sessions.add(session);
      return {
        session,
        record,
        async settle() {
          await passing(session.connect(new AbortController().signal));
          await passing(fetchHistory(session, record));
        },
      };
    },
    passing,
    until,
    async stop() {
      await Promise.all([...sessions].map((session) => session.disconnect()));
      await microsoft.stop();
    },
  };
}

/** Files that are asked for are large. */
export const sending = (txn: string, more: Partial<SendOptions> = {}): SendOptions =>
  sendOptions(txn, { open: async () => new Uint8Array(7_000_000).fill(65), ...more });
