import type { Bell } from '../bell.ts';
import { type Connection, priorities } from '../imap/connection.ts';
import { catchUp } from './catch-up.ts';
import type { CatchUp } from './commit.ts';
import type { Folder } from './folders.ts';

export interface Watch {
  readonly connection: Connection;
  readonly inbox: Folder;
  readonly sync: CatchUp;
  /** Rung by whoever has reason to think the inbox changed. */
  readonly bell: Bell;
  readonly signal: AbortSignal;
  /** How often to look where the server cannot tell by itself (no IDLE), ms. */
  readonly pollMs: number;
  /** Called once the inbox has been brought up to date for the first time. */
  readonly caughtUp: () => void;
}
/** RFC 2177: IDLE is to be renewed at least every 29 minutes. */
const idleMs = 25 * 60_000;
/** Where there is no IDLE, a NOOP this often lets the server say what it has to say (RFC 3501, 6.1.2), ms. */
const noopMs = 15_000;
const forever = new Promise<void>(() => undefined);

/**
 * Watches the inbox: brings it up to date, waits in IDLE until the server speaks, and again. What the server says while
 * idling is only taken as a sign to look; the looking itself is the same as after a day offline. Ends with the signal,
 * or throws the `ChannelError` that ended it.
 */
export async function watchInbox({ connection, inbox, sync, bell, signal, pollMs, caughtUp }: Watch): Promise<void> {
  const { clock, proven } = sync.context;
  await connection.use(priorities.live, async (client) => {
    client.on('exists', bell.ring);
    client.on('flags', bell.ring);
    // What vanished "earlier" is the answer to having asked, not news (RFC 7162, 3.2.10).
    client.on('expunge', (event) => {
      if (!event.earlier) bell.ring();
    });
  });
  let first = true;
  // A server may offer IDLE and refuse it all the same.
  let idles = connection.abilities.idle;
  while (!signal.aborted) {
    await connection.use(priorities.live, async (client) => await catchUp(client, inbox, sync), {
      signal,
      limitMs: 600_000,
    });
    if (first) caughtUp();
    first = false;

    const waited = new AbortController();
    const enough = AbortSignal.any([signal, waited.signal]);
    try {
      // Another piece of work may have left the inbox since: then look again at once rather than idle elsewhere.
      const idle = await connection.use(priorities.live, async (client) => {
        if (client.mailbox === false || client.mailbox.path !== inbox.path) return { over: Promise.resolve() };
        if (!idles) return { over: forever };
        return {
          over: client.idle().then((outcome) => {
            if (outcome === false && client.usable) idles = false;
          }),
        };
      });
      await Promise.race([
        idle.over,
        bell.heard(),
        idles ? clock.sleep(idleMs, enough).catch(() => undefined) : askAgain(connection, sync, pollMs, enough),
        connection.ended.then((error) => {
          if (error) throw error;
        }),
      ]);
      proven.call(sync.context);
    } finally {
      waited.abort();
    }
  }
}

/** NOOP after NOOP; what the server answers rings the bell. Resolves after `pollMs`, when a full look is due anyway. */
async function askAgain(
  connection: Connection,
  { context: { clock } }: CatchUp,
  pollMs: number,
  signal: AbortSignal,
): Promise<void> {
  const until = clock.now() + pollMs;
  try {
    while (clock.now() < until) {
      await clock.sleep(Math.min(noopMs, pollMs), signal);
      await connection.use(priorities.live, async (client) => await client.noop(), { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
