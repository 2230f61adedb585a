import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HubDoor } from '../door.ts';
import { failure, sendError, sendReply } from './respond.ts';

/** Bytes of the largest body there is: uploads travel as base64 in one call (contract, `compose.upload`). */
const largestBody = 215_000_000;
/** Bytes a call's body may have. */
export const bodyLimit = (name: string): number => (name === 'compose.upload' ? largestBody : 32_000_000);

/** `POST /rpc/<name>` with the input as JSON; answers the `Reply`, with a status for those who only look at that. */
export const answerCall = async (
  hub: HubDoor,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return sendError(response, 405, failure('method', 'Calls are made with POST.'));
  }
  const body = await readBody(request, bodyLimit(name));
  if (body === undefined) {
    response.setHeader('connection', 'close');
    return sendError(response, 413, failure('too-large', 'The input of this call is too large.'));
  }
  let input: unknown;
  try {
    input = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    return sendError(response, 400, failure('invalid-input', 'The body is not JSON.'));
  }
  sendReply(response, await hub.call(name, input, { window: 'rpc' }));
};

/**
 * Undefined when it is larger than `limit` bytes. What is beyond is read all the same and let go, up to the largest body
 * there is: a connection ended with bytes unread is reset, and the answer with it.
 */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
    else chunks.length = 0;
    if (bytes > largestBody) return undefined;
  }
  return bytes > limit ? undefined : Buffer.concat(chunks);
};
