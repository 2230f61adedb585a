import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Entry } from './wire.ts';

const Note = z.object({ said: z.string(), nonce: z.string() });
const Mark = z.object({ on: z.number(), emoji: z.string(), set: z.boolean() });

export interface Board {
  readonly address: string;
  readonly token: string;
  /** Somebody else writes. */
  post(who: string, said: string): void;
  stop(): Promise<void>;
}
/** A board on loopback that behaves like the real one, for tests. */
export async function startBoard(): Promise<Board> {
  const token = 'a token for tests';
  const log: Entry[] = [];
  const waiting = new Set<() => void>();
  const began = Date.UTC(2026, 10, 1);
  const next = () => ({ seq: log.length + 1, at: began + log.length * 60_000 });
  const add = (entry: Entry) => {
    log.push(entry);
    for (const wake of waiting) wake();
    return [entry];
  };
  const post = (who: string, said: string) => void add({ ...next(), type: 'note', who, said });
  for (let index = 0; index < 130; index++) post(index % 3 === 0 ? 'alex' : 'hana', `Note ${index}`);
  add({ ...next(), type: 'mark', who: 'hana', on: 5, emoji: '🌧️', set: true });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'http://board');
    const query = (name: string) => Number(url.searchParams.get(name) ?? Number.NaN);
    switch (url.pathname) {
      case '/greeting':
        return { name: 'alex', head: log.length };
      case '/log': {
        const before = query('before');
        if (!Number.isNaN(before))
          return log
            .filter(({ seq }) => seq < before)
            .slice(-query('limit'))
            .reverse();
        const after = () => log.filter(({ seq }) => seq > query('after'));
        if (after().length === 0) {
          await new Promise<void>((resolve) => {
            waiting.add(resolve);
            response.once('close', resolve);
          });
        }
        return after();
      }
      case '/notes': {
        const { said, nonce } = Note.parse(JSON.parse(await text(request)));
        const former = log.find((entry) => entry.type === 'note' && entry.nonce === nonce);
        return former ? [former] : add({ ...next(), type: 'note', who: 'alex', said, nonce });
      }
      case '/marks':
        return add({ ...next(), type: 'mark', who: 'alex', ...Mark.parse(JSON.parse(await text(request))) });
      default:
        return undefined;
    }
  }
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close');
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    answer(request, response).then(
      (body) => response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body)),
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the board did not get a port');
  return {
    address: `http://127.0.0.1:${bound.port}`,
    token,
    post,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
