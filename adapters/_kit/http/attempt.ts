import type { Clock } from '../../../src-shared/channel.ts';
import { isReadWhole, withBody, withIdleLimit } from './body.ts';

export interface AttemptOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly input: RequestInfo | URL;
  readonly init: RequestInit | undefined;
  /** Absent: nothing but the time limit ends it. */
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
}

/**
 * One try, with its time limit. JSON, text and failures are read to their end here; other bodies are handed on as they
 * come. Rejects with what `fetch` rejects with, a `TimeoutError`, or the signal's reason.
 */
export async function attempt(options: AttemptOptions): Promise<{ response: Response; text: string | undefined }> {
  const { clock, timeoutMs, signal } = options;
  const stop = new AbortController();
  const called = () => stop.abort(signal?.reason);
  if (signal?.aborted) called();
  signal?.addEventListener('abort', called, { once: true });
  const release = () => signal?.removeEventListener('abort', called);
  const settled = new AbortController();
  clock.sleep(timeoutMs, settled.signal).then(
    () => stop.abort(new DOMException('the answer took too long', 'TimeoutError')),
    () => undefined,
  );
  try {
    const response = await options.fetch(options.input, { ...options.init, signal: stop.signal });
    if (!isReadWhole(response)) {
      const end = () => {
        release();
        stop.abort();
      };
      return { response: withIdleLimit(response, clock, timeoutMs, end), text: undefined };
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    release();
    return { response: withBody(response, bytes), text: new TextDecoder().decode(bytes) };
  } catch (error) {
    release();
    throw error;
  } finally {
    settled.abort();
  }
}
