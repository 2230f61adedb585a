/** What rules, logs and errors may know of a request. */
export interface RequestFacts {
  /** Upper case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body where it is text (JSON, a form); bytes and streams are not looked at. */
  readonly text: string | undefined;
}

/** Reads what `fetch` was called with, in any of its forms. */
export function factsOf(input: RequestInfo | URL, init: RequestInit | undefined): RequestFacts {
  const from = input instanceof Request ? input : undefined;
  const headers = new Headers(init?.headers ?? from?.headers);
  const body = init?.body;
  return {
    method: (init?.method ?? from?.method ?? 'GET').toUpperCase(),
    url: new URL(from?.url ?? String(input)),
    headers,
    text: typeof body === 'string' ? body : body instanceof URLSearchParams ? body.toString() : undefined,
  };
}

/** A body that was handed over can be sent again only if it is not a stream that has been read. */
export function isReplayable(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request && input.body) return false;
  const body = init?.body;
  if (body === undefined || body === null || typeof body === 'string') return true;
  return (
    body instanceof URLSearchParams ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    body instanceof Blob ||
    body instanceof FormData
  );
}

/** RFC 9110 section 9.2.2: doing it twice is doing it once. Not PATCH, not POST. */
const idempotentMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);
export const isIdempotent = ({ method }: RequestFacts): boolean => idempotentMethods.has(method);
