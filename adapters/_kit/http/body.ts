import type { Clock } from '../../../src-shared/channel.ts';

/** Statuses that have no body, which `Response` insists on (https://fetch.spec.whatwg.org/#null-body-status). */
const bodiless = new Set([101, 103, 204, 205, 304]);
const wholeTypes = /^(application\/(.*\+)?json|application\/x-www-form-urlencoded|text\/)/i;

/** Whether an answer is read whole before it is handed on, so that a connection cut off half way is noticed here. */
export const isReadWhole = (response: Response): boolean =>
  response.status >= 400 ||
  bodiless.has(response.status) ||
  wholeTypes.test(response.headers.get('content-type') ?? '');

/** The same answer with its body already here. `url` is kept: SDKs look at it. */
export function withBody(response: Response, bytes: Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers(response.headers);
  // Decoded already by whoever read it.
  headers.delete('content-encoding');
  headers.delete('content-length');
  const { status, statusText } = response;
  const copy = new Response(bodiless.has(status) ? null : bytes, { status, statusText, headers });
  Object.defineProperty(copy, 'url', { value: response.url });
  return copy;
}

/** The same answer, whose body fails when nothing comes for `idleMs`. `stop` ends the connection underneath. */
export function withIdleLimit(response: Response, clock: Clock, idleMs: number, stop: () => void): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const waited = new AbortController();
      const idle = clock.sleep(idleMs, waited.signal).then(
        () => {
          stop();
          throw new DOMException('nothing came for too long', 'TimeoutError');
        },
        () => new Promise<never>(() => undefined),
      );
      try {
        const { done, value } = await Promise.race([reader.read(), idle]);
        if (done) {
          controller.close();
          stop();
        } else controller.enqueue(value);
      } catch (error) {
        stop();
        throw error;
      } finally {
        waited.abort();
      }
    },
    async cancel(reason) {
      await reader.cancel(reason);
      stop();
    },
  });
  const { status, statusText, headers } = response;
  const copy = new Response(body, { status, statusText, headers });
  Object.defineProperty(copy, 'url', { value: response.url });
  return copy;
}
