import type { ServerResponse } from 'node:http';
import type { ErrorView, Reply } from '../../../src-shared/ipc/index.ts';
import { everywhere } from '../web/policy.ts';

export const send = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, {
    ...everywhere,
    'cache-control': 'no-store',
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

const json = 'application/json; charset=utf-8';
export const sendError = (response: ServerResponse, status: number, error: ErrorView): void =>
  send(response, status, json, JSON.stringify({ ok: false, error }));

export const sendReply = (response: ServerResponse, reply: Reply<unknown>): void =>
  send(response, reply.ok ? 200 : statusOf(reply.error), json, JSON.stringify(reply));

export const failure = (code: string, message: string, retryable = false): ErrorView => ({ code, message, retryable });

/** The HTTP status nearest to an error of the hub; the body says it exactly. */
const statuses: Readonly<Record<string, number>> = {
  'invalid-input': 400,
  'not-found': 404,
  'unknown-call': 404,
  refused: 409,
  conflict: 409,
  'too-large': 413,
  locked: 423,
  'hub-down': 503,
};
const statusOf = ({ code, retryable }: ErrorView): number => statuses[code] ?? (retryable ? 503 : 500);
