import { createServer, type ServerResponse } from 'node:http';
import { answerPage } from './page.ts';

/** A redirect that came back to this machine. */
export interface Redirect {
  /** What the vendor is told: `http://127.0.0.1:<port>/`. */
  readonly uri: string;
  /** Resolves with the one answer that carries the right state. Rejects with the signal's reason. */
  answered(signal: AbortSignal): Promise<URL>;
  /** Nothing listens afterwards. May be called twice. */
  close(): Promise<void>;
}
export interface RedirectOptions {
  readonly vendor: string;
  /** RFC 6749 section 10.12: an answer with any other is refused, and waiting goes on. */
  readonly state: string;
  /** The name vendors insist on differs; it listens on 127.0.0.1 either way. */
  readonly host?: '127.0.0.1' | 'localhost';
  readonly path?: string;
}

/** Listens on a free port of this machine alone, for one answer (RFC 8252 section 7.3). */
export async function listenForRedirect(options: RedirectOptions): Promise<Redirect> {
  const host = options.host ?? '127.0.0.1';
  const path = options.path ?? '/';
  const arrived = Promise.withResolvers<URL>();
  arrived.promise.catch(() => undefined);
  let taken = false;
  const page = (response: ServerResponse, status: number, title: string, text: string, done?: () => void): void => {
    // Also when the browser has hung up before it was told: its answer is here.
    if (done) response.once('close', done);
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      connection: 'close',
    });
    response.end(answerPage(title, text));
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', uri);
    // A page elsewhere may have its name resolve to this machine; it then still sends its own name.
    if (request.headers.host !== new URL(uri).host || request.method !== 'GET' || url.pathname !== path || taken)
      return page(response, 404, 'Nothing here', 'This address waits for one answer only.');
    if (url.searchParams.get('state') !== options.state)
      return page(response, 400, 'Not the answer awaited', 'This does not belong to the login under way in Carillon.');
    taken = true;
    const denied = url.searchParams.has('error');
    const done = () => arrived.resolve(url);
    if (denied)
      page(
        response,
        200,
        'Not connected',
        `Access to ${options.vendor} was not allowed. You can close this page.`,
        done,
      );
    else
      page(
        response,
        200,
        'Thank you',
        `Carillon has the answer of ${options.vendor}. You can close this page and go back.`,
        done,
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port to listen on');
  const uri = `http://${host}:${bound.port}${path}`;
  let closing: Promise<void> | undefined;
  return {
    uri,
    answered(signal) {
      const called = () => arrived.reject(signal.reason);
      if (signal.aborted) called();
      signal.addEventListener('abort', called, { once: true });
      return arrived.promise.finally(() => signal.removeEventListener('abort', called));
    },
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}
