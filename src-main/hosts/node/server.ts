import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Log } from '../../../src-shared/channel.ts';
import { AttachmentId } from '../../../src-shared/model/index.ts';
import { HostError, systemCode } from '../errors.ts';
import type { LateDoor } from '../late-door.ts';
import { answerAttachment } from '../web/attachment.ts';
import { framePage, framePolicy, pagePolicy } from '../web/policy.ts';
import { readPageFile } from '../web/renderer-files.ts';
import { unlockPage, unlockPolicy } from '../web/unlock-page.ts';
import { createGate, type Gate } from './gate.ts';
import { failure, send, sendError } from './respond.ts';
import { answerCall, readBody } from './rpc.ts';
import { createSockets, type Sockets } from './socket.ts';
import { takeUpload } from './upload.ts';

export interface ServerOptions {
  readonly hub: LateDoor;
  /** Folder of the renderer's build. */
  readonly renderer: string;
  /** Folder uploads are taken into. */
  readonly uploads: string;
  /** 0: any free one. */
  readonly port: number;
  readonly log: Log;
}
export interface CarillonServer {
  /** Without a slash at the end and without the token. */
  readonly url: string;
  readonly token: string;
  /** Ends every connection; resolves within half a second. */
  close(): Promise<void>;
}

const html = 'text/html; charset=utf-8';
const loopback = '127.0.0.1';

/** Serves the window and every call on the loopback interface. Throws `HostError` `port-taken`. */
export const serve = async (options: ServerOptions): Promise<CarillonServer> => {
  const gate = createGate();
  const sockets = createSockets(options.hub);
  const server = createServer((request, response) => {
    route(options, gate, request, response).catch((error: unknown) => {
      options.log.error('a request failed', { path: pathOf(request), error });
      if (response.headersSent) response.destroy();
      else sendError(response, 500, failure('internal', 'Something went wrong in Carillon itself.'));
    });
  });
  server.on('upgrade', (request, socket, head) => upgrade(gate, sockets, request, socket, head));
  server.on('clientError', (_error, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'));
  // An import of many gigabytes takes as long as it takes; idle connections are still closed.
  server.requestTimeout = 0;
  const port = await listen(server, options.port);
  gate.listensOn(port);
  return {
    url: `http://${loopback}:${port}`,
    token: gate.token,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        systemCode(error) === 'EADDRINUSE'
          ? new HostError('port-taken', `Port ${port} is in use already. Choose another with --port.`, error)
          : error,
      ),
    );
    server.listen(port, loopback, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });

/** Never with the query: it may hold the token. */
const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';

const route = async (
  { hub, renderer, uploads }: ServerOptions,
  gate: Gate,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const passage = gate.check(request);
  if (passage === 'elsewhere') return sendError(response, 403, failure('forbidden', 'Not from here.'));
  const url = new URL(request.url ?? '/', `http://${loopback}`);
  const path = url.pathname;
  if (path === '/' && url.searchParams.has('token')) return admit(gate, url, response);
  if (passage === 'stranger') return turnAway(path, response);

  if (path.startsWith('/rpc/')) return answerCall(hub, path.slice('/rpc/'.length), request, response);
  if (path === '/upload') return takeUpload(uploads, url.searchParams.get('name') ?? '', request, response);
  if (path === '/unlock' && request.method === 'POST') return unlock(hub, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return sendError(response, 405, failure('method', 'There is nothing to change here.'));
  }
  if (path.startsWith('/attachment/')) return serveAttachment(hub, path, request, response);
  if (path === '/frame.html') {
    const policy = framePolicy(url.searchParams.get('remote') === '1');
    return send(response, 200, html, framePage, { 'content-security-policy': policy, 'cache-control': 'no-cache' });
  }
  if (path === '/' && hub.state === 'locked') {
    const page = unlockPage({ wrong: hub.wrongPassphrase, fresh: false });
    return send(response, 200, html, page, { 'content-security-policy': unlockPolicy });
  }
  return servePage(renderer, path, request, response);
};

/** The one way in without the token in hand: it stands in the address, and goes from there into a cookie. */
const admit = (gate: Gate, url: URL, response: ServerResponse): void => {
  if (gate.accepts(url.searchParams.get('token') ?? ''))
    send(response, 303, 'text/plain; charset=utf-8', '', { location: '/', 'set-cookie': gate.issue() });
  else turnAway('/', response);
};

const turnAway = (path: string, response: ServerResponse): void => {
  response.setHeader('www-authenticate', 'Bearer realm="Carillon"');
  if (path === '/') {
    const say = 'Carillon runs here. Open it by the address it printed when it started, or start it again: npm start\n';
    send(response, 401, 'text/plain; charset=utf-8', say);
  } else {
    sendError(response, 401, failure('unauthorized', 'The token of this start of Carillon is needed.'));
  }
};

const unlock = async (hub: LateDoor, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await readBody(request, 10_000);
  if (body === undefined) return sendError(response, 413, failure('too-large', 'That is no passphrase.'));
  const passphrase = new URLSearchParams(body.toString('utf8')).get('passphrase');
  if (passphrase) {
    hub.unlock(passphrase);
    await hub.settled();
  }
  send(response, 303, 'text/plain; charset=utf-8', '', { location: '/' });
};

const serveAttachment = async (
  hub: LateDoor,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const id = AttachmentId.safeParse(Number(path.slice('/attachment/'.length)));
  const file = id.success ? await hub.attachment(id.data) : undefined;
  if (file === undefined) return sendError(response, 404, failure('not-found', 'There is no such attachment here.'));
  const answer = answerAttachment(file, { method: request.method ?? 'GET', range: request.headers.range });
  response.writeHead(answer.status, answer.headers);
  if (answer.body === undefined) response.end();
  else await pipeline(Readable.from(answer.body, { objectMode: false }), response);
};

const servePage = async (
  renderer: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const file = await readPageFile(renderer, path);
  if (file === undefined) return sendError(response, 404, failure('not-found', 'There is nothing at this address.'));
  send(response, 200, file.type, file.body, {
    'content-security-policy': pagePolicy(`ws://${request.headers.host}`),
    'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
};

const upgrade = (gate: Gate, sockets: Sockets, request: IncomingMessage, socket: Duplex, head: Buffer): void => {
  const passage = gate.check(request);
  if (passage === 'open' && pathOf(request) === '/socket') {
    sockets.accept(request, socket, head);
    return;
  }
  const status =
    passage === 'elsewhere' ? '403 Forbidden' : passage === 'stranger' ? '401 Unauthorized' : '404 Not Found';
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};
