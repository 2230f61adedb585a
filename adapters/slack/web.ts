import { type Logger, type LogLevel, WebClient } from '@slack/web-api';
import type { z } from 'zod';
import { ChannelError, type Clock, type Log } from '../../src-shared/channel.ts';
import { createHttp, type Http } from '../_kit/http/index.ts';
import { isTrusted } from './config.ts';
import { refusal } from './errors.ts';
import { rates } from './rates.ts';

export interface WebOptions {
  readonly apiUrl: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends everything under way. */
  readonly over: AbortSignal;
  /** Slack has answered. */
  readonly answered?: () => void;
  /** Slack did not accept the token, or said so of one thing that was asked for. */
  readonly doubted?: () => void;
}
export interface WebCall<T> {
  readonly answer: z.ZodType<T>;
  readonly signal: AbortSignal;
  /** Doing it twice is not doing it once: a lost answer is an unknown outcome. */
  readonly once?: boolean;
  /** Nobody is waiting for it. */
  readonly background?: boolean;
  /** Longer waits for the allowance are thrown as `busy`, ms. */
  readonly maxWaitMs?: number;
}
/** Slack's Web API for one token. Everything throws `ChannelError`, or the signal's reason. */
export interface Web {
  call<T>(method: string, args: Readonly<Record<string, unknown>>, call: WebCall<T>): Promise<T>;
  /** The permissions the token came with, as of the last answer; empty before the first. */
  readonly scopes: readonly string[];
  /** Bytes of Slack's own, with the token where the address may be told it. */
  download(url: string, signal: AbortSignal): Promise<Response>;
  upload(url: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  readonly http: Http;
  /**
   * Slack's time, Unix ms, by the clock in its answers: what is said here must be later than what Slack said before, and
   * earlier than what it says next, whatever this machine's clock shows.
   */
  now(): number;
}

/** The SDK writes requests and answers to its log; ours has what is needed, without secrets. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error' as LogLevel,
  setName() {},
};

const uploadTimeoutMs = 600_000;
/** Clocks that differ by less count as the same, ms. */
const clockTolerance = 2000;
/** The clock in an answer is told in whole seconds. */
const tick = 1000;
/** How far Slack's clock is ahead, ms. It told its time while the request was under way: a slow answer is no slow clock. */
function aheadBy(date: number, asked: number, answered: number): number {
  const difference = date - answered;
  const mayBeTheSame = difference <= clockTolerance && date + tick - asked >= -clockTolerance;
  return mayBeTheSame ? 0 : difference;
}

export function createWeb(options: WebOptions): Web {
  const { apiUrl, token, clock, log, over } = options;
  let ahead = 0;
  const dated: typeof fetch = async (input, init) => {
    const asked = clock.now();
    const response = await options.fetch(input, init);
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) ahead = aheadBy(date, asked, clock.now());
    return response;
  };
  const http = createHttp({
    vendor: 'Slack',
    fetch: dated,
    clock,
    log,
    signal: over,
    rules: rates,
    refusal,
    // Every call is a POST; which may be repeated is said call by call.
    repeatable: () => true,
  });
  // Only the layer beneath waits and retries: the SDK would hold up all calls at a 429, and repeat a message cut off.
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    fetch: http.fetch,
    logger: silentLogger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
  });
  let scopes: readonly string[] = [];

  return {
    http,
    now: () => clock.now() + ahead,
    get scopes() {
      return scopes;
    },
    async call(method, args, { answer, signal, once = false, background = false, maxWaitMs }) {
      const settings = { signal, background, repeatable: !once, ...(maxWaitMs !== undefined && { maxWaitMs }) };
      try {
        const result = await http.call(settings, () => client.apiCall(method, { ...args }));
        options.answered?.();
        scopes = result.response_metadata?.scopes ?? scopes;
        const read = answer.safeParse(result);
        if (read.success) return read.data;
        throw new ChannelError(
          'protocol',
          once ? 'unknown' : 'not-done',
          `Slack answered ${method} in a way nobody here understands.`,
          {
            cause: read.error,
          },
        );
      } catch (error) {
        if (error instanceof ChannelError && error.code === 'auth') options.doubted?.();
        // What only asks, or says how things shall be, can be done again whatever became of it.
        if (!once && error instanceof ChannelError && error.outcome === 'unknown')
          throw new ChannelError(error.code, 'not-done', error.message, {
            cause: error,
            ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
          });
        throw error;
      }
    },
    download: (url, signal) =>
      http.call({ signal, repeatable: true, unnamed: true }, async () => {
        const response = await http.fetch(url, {
          headers: isTrusted(url, apiUrl) ? { authorization: `Bearer ${token}` } : {},
        });
        if (response.ok && response.body) return response;
        await response.body?.cancel();
        throw new ChannelError('not-found', 'refused', 'Slack does not hand out this file (any more).');
      }),
    upload: (url, bytes, signal) =>
      http.call({ signal, repeatable: true, unnamed: true, timeoutMs: uploadTimeoutMs }, async () => {
        // The address itself is the permission; the token stays here.
        const response = await http.fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: Buffer.from(bytes),
        });
        await response.body?.cancel();
        if (!response.ok)
          throw new ChannelError('upload', 'not-done', `Slack did not take the file (${response.status}).`);
      }),
  };
}
