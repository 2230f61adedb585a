import type { Log, SendOptions, SessionOf } from '../../../src-shared/channel.ts';
import { asUserKey, type MessageKey, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { me } from '../../../tests/simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../../tests/simulators/microsoft/index.ts';
import {
  channelScopes,
  chatScopes,
  idOf,
  type Stored,
  type TeamsOptions,
  type TeamsWorld,
} from '../../../tests/simulators/microsoft/teams/index.ts';
import { tokensSecret } from '../../_kit/oauth/index.ts';
import {
  type FakeClock,
  fakeClock,
  type LettingGo,
  lettingGo,
  Memory,
  type Recorder,
  recorder,
  sendOptions,
} from '../../_kit/testing/index.ts';
import type { features } from '../features.ts';
import { messageKey, type Place } from '../ids.ts';
import { teams } from '../index.ts';

export interface Lived extends LettingGo {
  readonly microsoft: Microsoft;
  readonly network: TeamsWorld;
  readonly clock: FakeClock;
  /** What the account remembers over all its sessions. */
  readonly memory: Memory;
  /** Another session of the account, logged in. */
  open(options?: { readonly log?: Log }): Opened;
  /** The key a message has here. */
  keyOf(message: Stored): MessageKey;
  placeOf(message: Pick<Stored, 'place'>): Place;
  stop(): Promise<void>;
}
export interface Opened {
  readonly session: SessionOf<typeof features>;
  readonly record: Recorder;
  /** Connects, and fetches all history to its end as the hub does. Answers the times of messages in the order they came, by scope. */
  settle(limit?: number): Promise<ReadonlyMap<string, readonly number[]>>;
}

export const own = idOf(me);
/** Teams of an organisation on a simulated Microsoft, an account logged in to it, and a clock that stands still until it is let go. */
export async function teamsWorld(
  options: Partial<TeamsOptions> & { readonly channels?: boolean } = {},
): Promise<Lived> {
  const { channels = true, ...more } = options;
  const clock = fakeClock(Date.now());
  const microsoft = await startMicrosoft({
    talks: 1,
    messages: 1,
    until: clock.now(),
    teams: { talks: 4, messages: 22, ...more },
  });
  const network = microsoft.teams.world;
  const memory = new Memory();
  const scopes = ['User.Read', 'offline_access', ...chatScopes, ...(channels ? channelScopes : [])];
  const { access_token: access, refresh_token: refresh, scope } = microsoft.grants.issue('me', scopes.join(' '));
  const tokens = { access, refresh, expiresAt: clock.now() + 3_600_000, scopes: scope.split(' ') };
  const secrets = { [tokensSecret]: JSON.stringify(tokens) };
  const sessions = new Set<Opened['session']>();

  const { passing, until } = lettingGo(clock);
  const placeOf = ({ place }: Pick<Stored, 'place'>): Place => {
    const channel = network.channels.find(({ id }) => id === place);
    return channel ? { is: 'channel', team: channel.team, channel: place } : { is: 'chat', chat: place };
  };
  return {
    microsoft,
    network,
    clock,
    memory,
    open(more = {}) {
      const record = recorder({
        account: {
          key: asUserKey(own),
          label: me.email,
          identities: [{ key: asUserKey(own), name: me.name }],
          config: { clientId: client.id, tenant: client.tenant, server: microsoft.address, channels },
        },
        clock,
        memory,
        secrets,
        ...more,
      });
      const session = teams.open(record.context);
      sessions.add(session);
      return {
        session,
        record,
        async settle(limit = 200) {
          await passing(session.connect(new AbortController().signal));
          const { signal } = new AbortController();
          const times = new Map<string, number[]>();
          for (const scope of memory.scopes) {
            const mine: number[] = [];
            let cursor: Parameters<typeof session.backfill.fetch>[0]['cursor'];
            do {
              const page = await passing(session.backfill.fetch({ scope, cursor, limit, signal }));
              await record.context.emit({ events: page.events, origin: 'history' });
              for (const event of page.events) if (event.type === 'message') mine.push(event.message.at);
              cursor = page.next;
            } while (cursor !== undefined);
            times.set(scope, mine);
          }
          return times;
        },
      };
    },
    passing,
    until,
    placeOf,
    keyOf: (message) => messageKey(placeOf(message), message.id, message.root),
    async stop() {
      await Promise.all([...sessions].map((session) => session.disconnect()));
      await microsoft.stop();
    },
  };
}

/** Files that are asked for are large. */
export const sending = (txn: string, more: Partial<SendOptions> = {}): SendOptions =>
  sendOptions(txn, { open: async () => new Uint8Array(4_000_000).fill(65), ...more });
export const words = (text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  parts: [{ kind: 'text', format: 'markdown', text }],
  at: Date.now(),
  ...more,
});
