import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { ChannelError, type Clock, type Log } from '../../../src-shared/channel.ts';
import type { EmailConfig, ServerConfig } from '../config.ts';
import { imapError } from '../errors.ts';
import { tlsOptions } from '../tls.ts';

/** What the server can do beyond RFC 3501 that changes how this channel works. */
export interface Abilities {
  /** RFC 7162. */
  readonly qresync: boolean;
  readonly condstore: boolean;
  /** RFC 2177. */
  readonly idle: boolean;
  /** Most messages one command may touch (RFC 9738); undefined where the server names no bound. */
  readonly messageLimit: number | undefined;
  /** Gmail's extensions: labels shown as folders, one message in many. */
  readonly gmail: boolean;
}

/** Who goes first when several want the connection. */
export const priorities = { person: 0, live: 1, history: 2 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

export interface Connection {
  readonly abilities: Abilities;
  /**
   * Runs one piece of work alone on the connection; waiting pieces go by priority, then by age. Rejects with a
   * `ChannelError`; after `limitMs` (default 2 minutes) the connection is taken for dead and closed.
   */
  use<T>(priority: Priority, work: (client: ImapFlow) => Promise<T>, options?: UseOptions): Promise<T>;
  /** Resolves when the connection has ended, with the reason, or with undefined when `close` did it. */
  readonly ended: Promise<ChannelError | undefined>;
  /** Says goodbye, for half a second at most, and closes. */
  close(): Promise<void>;
}
export interface UseOptions {
  readonly signal?: AbortSignal;
  readonly limitMs?: number;
}
export interface ConnectOptions {
  readonly config: EmailConfig;
  readonly secret: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with every sign that the server is there. */
  readonly proven: () => void;
}

const connectMs = 20_000;
const silenceMs = 90_000;
const commandMs = 120_000;
const settleMs = 500;

function clientOptions(server: ServerConfig, auth: EmailConfig['auth'], secret: string): ImapFlowOptions {
  return {
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    doSTARTTLS: server.security === 'starttls',
    tls: tlsOptions(server),
    auth: auth === 'token' ? { user: server.user, accessToken: secret } : { user: server.user, pass: secret },
    logger: false,
    qresync: true,
    disableAutoIdle: true,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    // RFC 2177 asks to renew IDLE at least every 29 minutes.
    maxIdleTime: 25 * 60_000,
    maxLiteralSize: 256 * 1024 * 1024,
    clientInfo: { name: 'Carillon' },
  };
}

interface Waiting {
  readonly priority: Priority;
  readonly start: () => void;
}

/** Connects and logs in. Rejects with a `ChannelError`; nothing is left open then. */
export async function openConnection(options: ConnectOptions): Promise<Connection> {
  const server = options.config.imap;
  const client = new ImapFlow(clientOptions(server, options.config.auth, options.secret));
  let reason: unknown;
  let closing = false;
  const { promise: ended, resolve: end } = Promise.withResolvers<ChannelError | undefined>();
  client.on('error', (error: Error) => {
    reason ??= error;
  });
  client.on('close', () => {
    const cause = reason ?? Object.assign(new Error(client.byeReason ?? 'closed'), { code: 'NoConnection' });
    end(closing ? undefined : imapError(cause, server));
  });
  const abort = (): void => client.close();
  options.signal.addEventListener('abort', abort, { once: true });
  try {
    options.signal.throwIfAborted();
    await client.connect();
  } catch (error) {
    client.close();
    throw imapError(error, server);
  } finally {
    options.signal.removeEventListener('abort', abort);
  }
  options.proven();

  const waiting: Waiting[] = [];
  let busy = false;
  const next = (): void => {
    if (busy) return;
    let best = 0;
    for (let index = 1; index < waiting.length; index += 1)
      if ((waiting[index]?.priority ?? Infinity) < (waiting[best]?.priority ?? Infinity)) best = index;
    const [turn] = waiting.splice(best, 1);
    if (!turn) return;
    busy = true;
    turn.start();
  };
  const lost = (): ChannelError =>
    imapError(reason ?? Object.assign(new Error(client.byeReason ?? 'closed'), { code: 'NoConnection' }), server);

  const use = async <T>(priority: Priority, work: (client: ImapFlow) => Promise<T>, more: UseOptions = {}) => {
    await new Promise<void>((resolve) => {
      waiting.push({ priority, start: resolve });
      next();
    });
    const timer = new AbortController();
    let working: Promise<T> | undefined;
    try {
      more.signal?.throwIfAborted();
      if (!client.usable) throw lost();
      const late = options.clock.sleep(more.limitMs ?? commandMs, timer.signal).then(
        () => {
          client.close();
          throw new ChannelError('timeout', 'not-done', `The incoming server ${server.host} did not answer in time.`);
        },
        () => new Promise<never>(() => undefined),
      );
      const gone = ended.then((error) => Promise.reject(error ?? lost()));
      // Both may reject long after the work has won the race.
      late.catch(() => undefined);
      gone.catch(() => undefined);
      working = work(client);
      const result = await Promise.race([working, late, gone]);
      options.proven();
      return result;
    } catch (error) {
      // A lost connection is known here first; the work is left to see it too and to note what it was at.
      const noted = working?.then(
        () => undefined,
        () => undefined,
      );
      await Promise.race([noted, options.clock.sleep(settleMs, timer.signal).catch(() => undefined)]);
      throw imapError(error, server);
    } finally {
      timer.abort();
      busy = false;
      next();
    }
  };

  return {
    abilities: {
      qresync: client.enabled.has('QRESYNC'),
      condstore: client.enabled.has('CONDSTORE') || client.enabled.has('QRESYNC'),
      idle: client.capabilities.has('IDLE'),
      messageLimit: numberOf(client.capabilities, 'MESSAGELIMIT'),
      gmail: client.capabilities.has('X-GM-EXT-1'),
    },
    use,
    ended,
    close: async () => {
      closing = true;
      if (client.usable) {
        const giveUp = new AbortController();
        await Promise.race([
          client.logout().catch(() => undefined),
          options.clock.sleep(500, giveUp.signal).catch(() => undefined),
        ]);
        giveUp.abort();
      }
      client.close();
    },
  };
}

/** The number of a capability written `NAME=123`. */
function numberOf(capabilities: ReadonlyMap<string, boolean | number>, name: string): number | undefined {
  for (const capability of capabilities.keys())
    if (capability.startsWith(`${name}=`)) return Number(capability.slice(name.length + 1)) || undefined;
  return undefined;
}

/**
 * imapflow answers `false` where the server said NO, and where the connection broke. This turns it back into an error.
 */
export function demand<T>(client: ImapFlow, result: T | false | undefined | null, what: string): T {
  if (result !== false && result !== undefined && result !== null) return result;
  if (!client.usable) throw Object.assign(new Error('connection lost'), { code: 'NoConnection' });
  throw new ChannelError('server', 'not-done', `The server did not ${what}.`);
}
