import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { connectSteadily } from '../../../src-main/hosts/connections.ts';
import { Faults } from './faults.ts';
import { match, parametersOf, type Reply, type Route } from './routes.ts';

/** How the vendor words its refusals. Each answers with a status of 4xx (or 2xx, for vendors that do so). */
export interface Manners {
  /** No such address. */
  unknown(path: string): Reply;
  /** A parameter or field that is missing, wrong, or not known. */
  bad(detail: string): Reply;
  /** No token, one that is not (or no longer) good. */
  unauthenticated(why: 'missing' | 'invalid' | 'expired'): Reply;
}
export interface ServerOptions {
  readonly routes: readonly Route[];
  readonly manners: Manners;
  /** Whose token it is. */
  readonly authenticate?: (token: string) => { readonly subject: string } | { readonly refused: 'invalid' | 'expired' };
  /** Looked at before a request is acted upon: the vendor's rate limits. */
  readonly limit?: (method: string, path: string) => Reply | undefined;
  /** A WebSocket was opened here. */
  readonly onSocket?: (socket: WebSocket, url: URL) => void;
  /** 0: any free one. */
  readonly port?: number;
}
/** A request that came in, whatever became of it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  status: number | 'cut';
}
export interface Double {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  readonly faults: Faults;
  readonly seen: readonly Seen[];
  readonly sockets: ReadonlySet<WebSocket>;
  /** Resolves as the first answer for such a path that has this text in it goes out: with when that is, Unix ms. */
  handedOut(path: RegExp, text: string): Promise<number>;
  stop(): Promise<void>;
}

/** A vendor's HTTP and WebSocket interface on loopback. */
export async function startDouble(options: ServerOptions): Promise<Double> {
  const { routes, manners } = options;
  const faults = new Faults();
  const seen: Seen[] = [];
  const sockets = new Set<WebSocket>();
  const awaited = new Set<{ path: RegExp; text: string; out: (at: number) => void }>();
  const upgrades = new WebSocketServer({ noServer: true });

  function subjectOf(route: Route, authorization: string | undefined): string | Reply {
    if (route.open || !options.authenticate) return '';
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return manners.unauthenticated('missing');
    const found = options.authenticate(token);
    return 'subject' in found ? found.subject : manners.unauthenticated(found.refused);
  }

  async function act(method: string, url: URL, request: IncomingMessage, bytes: Buffer): Promise<Reply> {
    const found = routes
      .map((route) => ({ route, params: route.method === method ? match(route.path, url.pathname) : undefined }))
      .find(({ params }) => params !== undefined);
    if (!found?.params) return manners.unknown(url.pathname);
    const { route, params } = found;
    const subject = subjectOf(route, request.headers.authorization);
    if (typeof subject !== 'string') return subject;
    const limited = options.limit?.(method, url.pathname);
    if (limited) return limited;
    const query = route.query.safeParse(parametersOf(url.searchParams));
    if (!query.success) return manners.bad(`query: ${query.error.issues.map(worded).join('; ')}`);
    const body = route.body?.safeParse(bodyOf(bytes, request.headers['content-type'] ?? ''));
    if (body?.success === false) return manners.bad(`body: ${body.error.issues.map(worded).join('; ')}`);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    return route.answer({ params, query: query.data, body: body?.data, bytes, headers, url, subject });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', address);
    const method = request.method ?? 'GET';
    const record: Seen = { method, path: url.pathname, query: url.search, status: 'cut' };
    seen.push(record);
    const fault = faults.strike(method, url.pathname);
    const bytes = await buffer(request);
    if (fault?.is === 'cut-before') return void request.socket.destroy();
    if (fault?.is === 'slow') await fault.until;
    const reply = fault?.is === 'answer' ? fault.reply : await act(method, url, request, bytes);
    if (fault?.is === 'cut-after') return void request.socket.destroy();
    let body = reply.bytes
      ? Buffer.from(reply.bytes)
      : Buffer.from(reply.json === undefined ? '' : JSON.stringify(reply.json));
    if (fault?.is === 'spoilt') body = Buffer.from(fault.change(body.toString('utf8')));
    const status = reply.status ?? 200;
    response.writeHead(status, {
      ...(body.length > 0
        ? {
            'content-type': reply.bytes
              ? (reply.type ?? 'application/octet-stream')
              : 'application/json; charset=UTF-8',
          }
        : {}),
      ...(status === 204 ? {} : { 'content-length': String(body.length) }),
      // A client's pool would keep sockets open that belong to nobody any more, and tests count them.
      connection: 'close',
      ...reply.headers,
    });
    if (fault?.is === 'cut-mid-body') {
      response.write(body.subarray(0, Math.ceil(body.length / 2)), () => request.socket.destroy());
      return;
    }
    record.status = status;
    for (const one of awaited)
      if (one.path.test(url.pathname) && body.includes(one.text)) {
        awaited.delete(one);
        one.out(Date.now());
      }
    response.end(body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A mistake of the double's own: say so where the test's author will see it.
      if (!response.headersSent) response.writeHead(599).end(String(error instanceof Error ? error.stack : error));
      else request.socket.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', address);
    const fault = faults.strike('UPGRADE', url.pathname);
    if (!options.onSocket || fault) return void socket.destroy();
    upgrades.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.once('close', () => sockets.delete(opened));
      options.onSocket?.(opened, url);
    });
  });
  // As in the hub: it closes every connection behind its answer.
  await connectSteadily();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port to listen on');
  const address = `http://127.0.0.1:${bound.port}`;
  return {
    address,
    faults,
    seen,
    sockets,
    handedOut: (path, text) => new Promise((out) => awaited.add({ path, text, out })),
    async stop() {
      for (const socket of sockets) socket.terminate();
      upgrades.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const worded = ({ path, message }: { path: PropertyKey[]; message: string }) => `${path.join('.')} ${message}`.trim();

function bodyOf(bytes: Buffer, type: string): unknown {
  const text = bytes.toString('utf8');
  if (type.startsWith('application/x-www-form-urlencoded')) return parametersOf(new URLSearchParams(text));
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
