import type { Log, SendOptions, SessionOf } from '../../../src-shared/channel.ts';
import { asUserKey } from '../../../src-shared/model/index.ts';
import { me } from '../../../tests/simulators/_base/index.ts';
import { client, type Google, type GoogleOptions, startGoogle } from '../../../tests/simulators/google/index.ts';
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
import { clientSecretName } from '../config.ts';
import type { features } from '../features.ts';
import { gmail } from '../index.ts';

export { fetchHistory, keepParser, letter } from '../../_kit/testing/index.ts';

export interface GmailWorld extends LettingGo {
  readonly google: Google;
  readonly clock: FakeClock;
  /** What the account remembers over all its sessions. */
  readonly memory: Memory;
  readonly secrets: Readonly<Record<string, string>>;
  /** Another session of the account, logged in. */
  open(options?: { readonly log?: Log; readonly secrets?: Readonly<Record<string, string>> }): Opened;
  stop(): Promise<void>;
}
export interface Opened {
  readonly session: SessionOf<typeof features>;
  readonly record: Recorder;
  /** Connects, and fetches the history to its end as the hub does. */
  settle(): Promise<void>;
}

/** A mailbox on a simulated Google, an account logged in to it, and a clock that stands still until it is let go. */
export async function gmailWorld(options: GoogleOptions = {}): Promise<GmailWorld> {
  const clock = fakeClock(Date.now());
  const google = await startGoogle({ talks: 6, messages: 24, until: clock.now(), ...options });
  const memory = new Memory();
  const { access_token: access, refresh_token: refresh, scope } = google.grants.issue();
  const tokens = { access, refresh, expiresAt: clock.now() + 3_600_000, scopes: scope.split(' ') };
  const secrets = { [clientSecretName]: client.secret, [tokensSecret]: JSON.stringify(tokens) };
  const sessions = new Set<Opened['session']>();
  const { passing, until } = lettingGo(clock);

  return {
    google,
    clock,
    memory,
    secrets,
    open(more = {}) {
      const record = recorder({
        account: {
          key: asUserKey(me.email),
          label: me.email,
          identities: [{ key: asUserKey(me.email), name: me.name }],
          config: { clientId: client.id, server: google.address },
        },
        clock,
        memory,
        secrets,
        ...more,
      });
      const session = gmail.open(record.context);
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
      await google.stop();
    },
  };
}

/** Files that are asked for are large. */
export const sending = (txn: string, more: Partial<SendOptions> = {}): SendOptions =>
  sendOptions(txn, { open: async () => new Uint8Array(3_000_000).fill(65), ...more });
