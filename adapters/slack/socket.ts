import { channel as diagnostics } from 'node:diagnostics_channel';
import type { Socket as NetSocket } from 'node:net';
import { SocketModeClient } from '@slack/socket-mode';
import { Agent, buildConnector } from 'undici';
import { z } from 'zod';
import { ChannelError, type Clock, type Log } from '../../src-shared/channel.ts';
import { silentLogger, type Web } from './web.ts';
import { isRecord } from './wire/soft.ts';

/** An envelope of Socket Mode (https://docs.slack.dev/apis/events-api/using-socket-mode). */
export interface Delivery {
  readonly body: unknown;
  /** Resolves when the acknowledgement is on its way. Rejects when the connection is gone: then it will be delivered again. */
  readonly ack: () => Promise<void>;
}
export interface SocketOptions {
  readonly apiUrl: string;
  readonly appToken: string;
  readonly web: Web;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly delivered: (delivery: Delivery) => void;
  /** The other side has shown that it is there. */
  readonly proven: () => void;
}
export interface Socket {
  /** How many connections the app had when this one was opened, this one too. */
  readonly connections: number;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** How long Slack may take to say hello, and to close, ms. */
const helloWithinMs = 20_000;
const closeWithinMs = 300;
/** A ping goes out every third of this; without an answer for so long the connection counts as dead, ms. */
const silenceMs = 30_000;

const Frame = z.object({
  type: z.string(),
  envelope_id: z.string().optional(),
  num_connections: z.number().optional().catch(undefined),
});
const Pong = z.object({ websocket: z.object({ url: z.string() }) });
/** Names the client uses among its own events; a frame that bears one must not be mistaken for them. */
const ownEvents = new Set([
  'error',
  'close',
  'ws_message',
  'slack_event',
  'outgoing_message',
  'connecting',
  'connected',
  'reconnecting',
  'disconnecting',
  'disconnected',
  'authenticated',
]);

/**
 * One connection of Socket Mode. It does not come back by itself: whoever opened it decides when to open the next, for the
 * client's own reconnecting ends in an unhandled rejection when the token was revoked meanwhile.
 */
export async function openSocket(options: SocketOptions): Promise<Socket> {
  const { apiUrl, appToken, web, clock, signal } = options;
  const pipes = new Set<NetSocket>();
  const connect = buildConnector({ allowH2: false });
  const dispatcher = new Agent({
    connect: (target, callback) =>
      connect(target, (error, socket) => {
        if (!socket) return callback(error ?? new Error('no connection'), null);
        pipes.add(socket);
        callback(null, socket);
      }),
  });
  const client = new SocketModeClient({
    appToken,
    logger: silentLogger,
    autoReconnectEnabled: false,
    clientPingTimeout: silenceMs,
    serverPingTimeout: silenceMs * 2,
    dispatcher,
    clientOptions: {
      slackApiUrl: apiUrl,
      fetch: web.http.with({ repeatable: true }),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
    },
  });
  let connections = 1;
  guard(client, options.log, (listening) => {
    connections = listening;
  });

  let address: string | undefined;
  client.on('authenticated', (answer: unknown) => {
    address = isRecord(answer) && typeof answer.url === 'string' ? new URL(answer.url).href : undefined;
  });
  const pong = diagnostics('undici:websocket:pong');
  const heard = (message: unknown) => {
    if (address !== undefined && Pong.safeParse(message).data?.websocket.url === address) options.proven();
  };
  pong.subscribe(heard);
  client.on('slack_event', (event: unknown) => {
    options.proven();
    if (isRecord(event) && typeof event.ack === 'function') {
      const { body, ack } = event;
      options.delivered({ body, ack: async () => void (await ack()) });
    }
  });

  const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      signal.removeEventListener('abort', close);
      const waited = new AbortController();
      await Promise.race([client.disconnect(), clock.sleep(closeWithinMs, waited.signal).catch(() => undefined)]);
      waited.abort();
      // Slack leaves the TCP connection open after the farewell; the client would wait for it.
      for (const pipe of pipes) pipe.destroy();
      pong.unsubscribe(heard);
      await dispatcher.destroy().catch(() => undefined);
    })();
    return closing;
  };
  signal.addEventListener('abort', close, { once: true });
  closed.then(close);

  const late = new AbortController();
  try {
    const started = web.http.call({ signal, repeatable: true }, () =>
      client.start().catch((error: unknown) => {
        // Without a reason it was the WebSocket itself that did not come about.
        throw error ?? new ChannelError('network', 'not-done', 'The live connection to Slack could not be made.');
      }),
    );
    started.catch(() => undefined);
    await Promise.race([
      started,
      clock.sleep(helloWithinMs, late.signal).then(() => {
        throw new ChannelError('timeout', 'not-done', 'Slack did not open the live connection in time.');
      }),
    ]);
  } catch (error) {
    await close();
    throw error;
  } finally {
    late.abort();
  }
  options.proven();
  return { connections, closed, close };
}

/**
 * Stands before the client's own reader, which rejects unhandled at a frame that is not what it expects, and would take an
 * event named like one of its own for it. What is kept out goes on under a harmless name, so that it is acknowledged.
 */
function guard(client: SocketModeClient, log: Log, hello: (connections: number) => void): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const frame = typeof data === 'string' ? parsed(data) : undefined;
    const envelope = Frame.safeParse(frame).data;
    if (!isRecord(frame) || !envelope) return;
    const { type, envelope_id: id, num_connections: listening } = envelope;
    if (type === 'hello' && listening !== undefined) hello(listening);
    const name = type === 'events_api' ? eventOf(frame) : type;
    if (name === undefined || ownEvents.has(name)) {
      log.warn('A frame of Socket Mode was not understood', { type });
      if (id === undefined) return;
      const harmless = JSON.stringify({ type: 'unreadable', envelope_id: id, payload: frame.payload ?? null });
      for (const read of readers) read(harmless, false);
      return;
    }
    for (const read of readers) read(data, isBinary);
  });
}

function eventOf(frame: Readonly<Record<string, unknown>>): string | undefined {
  const { payload } = frame;
  const event = isRecord(payload) ? payload.event : undefined;
  return isRecord(event) && typeof event.type === 'string' ? event.type : undefined;
}
function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
