import type { Clock, Log, SendOptions, SessionOf } from '../../../src-shared/channel.ts';
import { asTxnId, asUserKey, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { me } from '../../../tests/simulators/_base/index.ts';
import {
  client,
  type Microsoft,
  type MicrosoftOptions,
  startMicrosoft,
} from '../../../tests/simulators/microsoft/index.ts';
import { holdParser } from '../../_kit/mail/index.ts';
import { tokensSecret } from '../../_kit/oauth/index.ts';
import { type FakeClock, fakeClock, Memory, type Recorder, recorder, settle } from '../../_kit/testing/index.ts';
import type { features } from '../features.ts';
import { outlook } from '../index.ts';

export interface OutlookWorld {
  readonly microsoft: Microsoft;
  readonly clock: FakeClock;
  /** What the account remembers over all its sessions. */
  readonly memory: Memory;
  /** Requests that were under way at once, at most. */
  readonly atOnce: number;
  /** Another session of the account, logged in. */
  open(options?: { readonly log?: Log }): Opened;
  /** Lets time pass until the work is done. */
  passing<T>(work: Promise<T>): Promise<T>;
  /** Lets time pass until it holds; throws when it does not come to it within ten minutes of the clock. */
  until(holds: () => boolean): Promise<void>;
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

  async function passing<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const quiet = work.finally(() => {
      over = true;
    });
    quiet.catch(() => undefined);
    // Answers come over real sockets: time is let go only after they have had every chance to.
    for (let turn = 1; !over; turn++) {
      if (turn % 40 === 0 && clock.sleeping > 0) await clock.advance(200);
      else await settle(1);
    }
    return await quiet;
  }
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
    async until(holds) {
      const begin = clock.now();
      while (!holds()) {
        if (clock.now() - begin > 600_000) throw new Error('it did not come to that');
        await settle(60);
        // When nobody sleeps the parser is at work, on a thread that knows no fake time.
        if (clock.sleeping > 0) await clock.advance(500);
      }
    },
    async stop() {
      await Promise.all([...sessions].map((session) => session.disconnect()));
      await microsoft.stop();
    },
  };
}

/** Keeps the parsing thread from one test of a file to the next; answers what ends it. */
export async function keepParser(): Promise<() => Promise<void>> {
  const held = holdParser();
  await held.parser.map([], { own: new Set() });
  return held.release;
}

/** Fetches the history to its end, committing page by page as the hub does. Answers messages in the order they came. */
export async function fetchHistory(
  session: Opened['session'],
  record: Recorder,
  limit = 200,
): Promise<readonly number[]> {
  const { signal } = new AbortController();
  const times: number[] = [];
  let cursor: Parameters<typeof session.backfill.fetch>[0]['cursor'];
  do {
    const page = await session.backfill.fetch({ scope: 'all', cursor, limit, signal });
    await record.context.emit({ events: page.events, origin: 'history' });
    for (const event of page.events) if (event.type === 'message') times.push(event.message.at);
    cursor = page.next;
  } while (cursor !== undefined);
  return times;
}

export const sending = (txn: string, more: Partial<SendOptions> = {}): SendOptions => ({
  txn: asTxnId(txn),
  signal: new AbortController().signal,
  stage: undefined,
  reached: async () => undefined,
  open: async () => new Uint8Array(7_000_000).fill(65),
  progress: () => undefined,
  ...more,
});
export const letter = (clock: Clock, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  recipients: [{ role: 'to', key: asUserKey('ines@northwind.example'), name: 'Inês' }],
  subject: 'From here',
  parts: [{ kind: 'text', format: 'plain', text: 'Dzień dobry' }],
  at: clock.now(),
  ...more,
});
