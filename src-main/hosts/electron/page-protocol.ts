import { Readable } from 'node:stream';
import type { Protocol } from 'electron';
import { AttachmentId } from '../../../src-shared/model/index.ts';
import type { HubDoor } from '../door.ts';
import { storeUpload } from '../uploads.ts';
import { answerAttachment } from '../web/attachment.ts';
import { everywhere, framePage, framePolicy, pagePolicy } from '../web/policy.ts';
import { readPageFile } from '../web/renderer-files.ts';
import { unlockPage, unlockPolicy } from '../web/unlock-page.ts';
import { type DevPage, fromDevPage } from './dev-page.ts';

export const scheme = 'carillon';
export const origin = `${scheme}://app`;
export const privileges = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
} as const;

/** What is being asked of the person before the window can be shown; undefined: nothing. */
export interface Question {
  readonly what: 'unlock' | 'create';
  readonly wrong: boolean;
  answer(passphrase: string | undefined): void;
}
export interface PageOptions {
  readonly hub: HubDoor;
  readonly renderer: string;
  readonly uploads: string;
  question(): Question | undefined;
  /** Where the page comes from instead of `renderer` while somebody works on it. */
  readonly development: DevPage | undefined;
}

const html = 'text/html; charset=utf-8';
const answer = (body: BodyInit | null, status: number, headers: Readonly<Record<string, string>>): Response =>
  new Response(body, { status, headers: { ...everywhere, 'cache-control': 'no-store', ...headers } });
const missing = (): Response => answer('There is nothing at this address.', 404, { 'content-type': 'text/plain' });

/** Serves everything the window shows under `carillon://app/`: its own files, frames of messages, attachments. */
export const servePages = (protocol: Protocol, options: PageOptions): void => {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    if (`${url.protocol}//${url.host}` !== origin) return missing();
    const path = url.pathname;
    if (request.method === 'POST') {
      if (path === '/unlock') return takePassphrase(options, request);
      if (path === '/upload') return takeUpload(options, url, request);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(null, 405, { allow: 'GET, HEAD' });
    if (path.startsWith('/attachment/')) return serveAttachment(options.hub, path, request);
    if (path === '/frame.html') {
      const policy = framePolicy(url.searchParams.get('remote') === '1');
      return answer(framePage, 200, { 'content-type': html, 'content-security-policy': policy });
    }
    const question = options.question();
    if (question !== undefined && (path === '/' || path === '/index.html')) {
      const page = unlockPage({ wrong: question.wrong, fresh: question.what === 'create' });
      return answer(page, 200, { 'content-type': html, 'content-security-policy': unlockPolicy });
    }
    if (options.development) return fromDevPage(options.development, `${path}${url.search}`);
    const file = await readPageFile(options.renderer, path);
    if (file === undefined) return missing();
    return answer(new Uint8Array(file.body), 200, {
      'content-type': file.type,
      'content-security-policy': pagePolicy(),
      'cache-control': file.immutable ? 'max-age=31536000, immutable' : 'no-cache',
    });
  });
};

const takePassphrase = async ({ question }: PageOptions, request: Request): Promise<Response> => {
  const form = new URLSearchParams(await request.text());
  const passphrase = form.get('passphrase') || undefined;
  const asked = question();
  if (asked !== undefined && (passphrase !== undefined || (asked.what === 'create' && form.has('without')))) {
    asked.answer(passphrase);
  }
  return answer(null, 303, { location: '/index.html' });
};

const takeUpload = async ({ uploads }: PageOptions, url: URL, request: Request): Promise<Response> => {
  const body = request.body === null ? Readable.from([]) : Readable.from(request.body);
  const stored = await storeUpload(uploads, url.searchParams.get('name') ?? '', body);
  return answer(JSON.stringify(stored), 200, { 'content-type': 'application/json; charset=utf-8' });
};

const serveAttachment = async (hub: HubDoor, path: string, request: Request): Promise<Response> => {
  const id = AttachmentId.safeParse(Number(path.slice('/attachment/'.length)));
  const file = id.success ? await hub.attachment(id.data) : undefined;
  if (file === undefined) return missing();
  const range = request.headers.get('range') ?? undefined;
  const { status, headers, body } = answerAttachment(file, { method: request.method, range });
  return answer(body === undefined ? null : streamed(body), status, headers);
};

/** Pulled as the page reads, and let go when it stops. */
const streamed = (body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> => {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
};
