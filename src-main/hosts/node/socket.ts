import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Reply } from '../../../src-shared/ipc/index.ts';
import type { HubDoor } from '../door.ts';
import { failure } from './respond.ts';
import { bodyLimit } from './rpc.ts';

const Call = z.object({ id: z.number().int(), name: z.string().max(100), input: z.unknown() });

/** A page that does not read what it is sent is let go once this much waits; it comes back and asks what changed. */
const waitingLimit = 64_000_000;
/** Silence after which a page is asked whether it is there, ms; unanswered until the next time, it is not. */
const pulseMs = 30_000;

export interface Sockets {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To every page. */
  publish(event: string, payload: unknown): void;
  close(): Promise<void>;
}

/** The windows' connection: `{id,name,input}` in, `{id,reply}` and `{event,payload}` out, all JSON text. */
export const createSockets = (hub: HubDoor): Sockets => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: bodyLimit('compose.upload'),
    perMessageDeflate: false,
  });
  const alive = new WeakSet<WebSocket>();
  let connections = 0;

  const answer = async (socket: WebSocket, window: string, data: RawData): Promise<void> => {
    const call = readCall(data);
    if (call === undefined) return socket.close(1007, 'not a call');
    const reply: Reply<unknown> = await hub.call(call.name, call.input ?? {}, { window });
    write(socket, JSON.stringify({ id: call.id, reply }));
  };

  server.on('connection', (socket) => {
    const window = `page-${++connections}`;
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      alive.add(socket);
      answer(socket, window, data).catch(() => socket.close(1011, failure('internal', 'failed').message));
    });
  });

  const pulse = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.has(socket)) socket.terminate();
      alive.delete(socket);
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }
  }, pulseMs);
  pulse.unref();

  const publish = (event: string, payload: unknown): void => {
    if (server.clients.size === 0) return;
    const text = JSON.stringify({ event, payload });
    for (const socket of server.clients) write(socket, text);
  };
  const unsubscribe = hub.on(publish);

  return {
    accept: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request)),
    publish,
    close: () =>
      new Promise((resolve) => {
        clearInterval(pulse);
        unsubscribe();
        for (const socket of server.clients) {
          socket.close(1001, 'Carillon is closing');
          // A page that does not say goodbye must not hold up the end.
          setTimeout(() => socket.terminate(), 200).unref();
        }
        server.close(() => resolve());
      }),
  };
};

const write = (socket: WebSocket, text: string): void => {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount > waitingLimit) socket.terminate();
  else socket.send(text);
};

const readCall = (data: RawData): z.infer<typeof Call> | undefined => {
  try {
    return Call.parse(JSON.parse(data.toString()));
  } catch {
    return undefined;
  }
};
