import { AsyncLocalStorage } from 'node:async_hooks';
import { ChannelError, type Clock, type Log } from '../../../src-shared/channel.ts';
import { attempt } from './attempt.ts';
import { Breaker, type BreakerOptions } from './breaker.ts';
import type { Budget } from './bucket.ts';
import { type Answer, channelErrorIn, judge, neverLeft, type Refusal, unanswered } from './errors.ts';
import { shownUrl } from './redact.ts';
import { factsOf, isIdempotent, isReplayable, type RequestFacts } from './request.ts';
import { type Backoff, pause } from './retry.ts';
import { Allowances, type RateRule } from './rules.ts';

export interface HttpOptions {
  /** Its name in messages to the person and in the log. */
  readonly vendor: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends everything under way, and whatever is asked later. */
  readonly signal?: AbortSignal;
  readonly rules?: readonly RateRule[];
  /** Whether doing the request twice is doing it once, where its method does not say; undefined: by method. */
  readonly repeatable?: (request: RequestFacts) => boolean | undefined;
  /** Reads the vendor's own form of refusing. Asked about every answer that was read whole; undefined: by status alone. */
  readonly refusal?: (answer: Answer) => Refusal | undefined;
  /** Parameters of the query whose values may be logged; all others are cut out. */
  readonly shown?: readonly string[];
  /** How long one try may take to be answered, and a body to go on, ms; default 30 s. */
  readonly timeoutMs?: number;
  /** Tries of one request in all; default 4. */
  readonly tries?: number;
  readonly backoff?: Backoff;
  readonly breaker?: BreakerOptions;
}
/** How one call differs from the others. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Work that can wait (history): leaves a part of each allowance to what a person waits for. */
  readonly background?: boolean;
  /** Doing it twice is doing it once, or is surely not; default: by the vendor's rule, else by method. */
  readonly repeatable?: boolean;
  readonly timeoutMs?: number;
  readonly tries?: number;
  /** A longer wait is not sat out but thrown as `busy`, ms; default 60 s. */
  readonly maxWaitMs?: number;
  /** What is on its way is not called off: its answer is worth having whoever has stopped waiting. No other try follows. */
  readonly seenThrough?: boolean;
  /** The address itself is a secret, or names what a person keeps: the log has the host alone. */
  readonly unnamed?: boolean;
}
/** One vendor's HTTP for one account: the only place that waits, retries and gives up. Switch the SDK's own off. */
export interface Http {
  /**
   * For an SDK's own `fetch` option. Answers the last response there was; throws `ChannelError` when there was none, or
   * the signal's reason. Follows the options of the `call` it happens in.
   */
  readonly fetch: typeof fetch;
  /** The same for one kind of calls, where an SDK's queue loses track of who called. */
  with(options: CallOptions): typeof fetch;
  /** Runs SDK calls; whatever they throw comes out as the `ChannelError` of the request that failed, or the signal's reason. */
  call<T>(options: CallOptions, work: () => Promise<T>): Promise<T>;
  /** What is left of each allowance used so far, and until when. */
  budget(): readonly Budget[];
}

const defaults = {
  timeoutMs: 30_000,
  tries: 4,
  maxWaitMs: 60_000,
  backoff: { leastMs: 500, mostMs: 30_000 },
  breaker: { failures: 6, openMs: 10_000, mostMs: 300_000 },
} as const;

interface Call {
  readonly options: CallOptions;
  /** What the last request that failed for good died of. */
  failed: ChannelError | undefined;
  /** A request that may have changed something was answered well. */
  acted: boolean;
}

export function createHttp(options: HttpOptions): Http {
  const { vendor, clock, log } = options;
  const calls = new AsyncLocalStorage<Call>();
  const allowances = new Allowances(options.rules ?? [], clock);
  const breaker = new Breaker(options.breaker ?? defaults.breaker, clock);
  const shown = new Set(options.shown ?? []);
  const backoff = options.backoff ?? defaults.backoff;

  async function ask(input: RequestInfo | URL, init: RequestInit | undefined, call: CallOptions): Promise<Response> {
    const request = factsOf(input, init);
    const signals = [options.signal, call.signal, init?.signal ?? undefined].filter((one) => one !== undefined);
    const signal = AbortSignal.any(input instanceof Request ? [...signals, input.signal] : signals);
    const repeatable = call.repeatable ?? options.repeatable?.(request) ?? isIdempotent(request);
    const replayable = isReplayable(input, init);
    const most = replayable ? (call.tries ?? options.tries ?? defaults.tries) : 1;
    const maxWaitMs = call.maxWaitMs ?? defaults.maxWaitMs;
    const taken = allowances.for(request);

    for (let tries = 0; ; tries++) {
      signal.throwIfAborted();
      const pass = breaker.enter();
      try {
        for (const { bucket, cost } of taken)
          await bucket.take({ cost, background: call.background ?? false, maxWaitMs, signal });
      } catch (error) {
        pass.left();
        throw error;
      }
      const began = clock.now();
      const told = (more: Readonly<Record<string, unknown>>): void =>
        log.debug('request', {
          vendor,
          method: request.method,
          url: call.unnamed ? request.url.host : shownUrl(request.url, shown),
          ms: clock.now() - began,
          try: tries + 1,
          ...more,
        });
      const last = tries + 1 >= most;
      let wait: number;
      try {
        const { response, text } = await attempt({
          fetch: options.fetch,
          clock,
          input,
          init,
          signal: call.seenThrough ? undefined : signal,
          timeoutMs: call.timeoutMs ?? options.timeoutMs ?? defaults.timeoutMs,
        });
        told({ status: response.status });
        const answer: Answer = { request, status: response.status, headers: response.headers, text };
        const judged = judge(vendor, answer, repeatable, options.refusal?.(answer), clock.now());
        if (judged?.passing) pass.failed();
        else pass.succeeded();
        if (!judged) {
          const within = calls.getStore();
          if (within) {
            within.failed = undefined;
            within.acted ||= !repeatable;
          }
          return response;
        }
        const { error, throttled, untouched, passing } = judged;
        // Who asks for patience and does not say how much gets at least the pause the others get at most.
        const least = throttled ? Math.min(backoff.mostMs, backoff.leastMs * 2 ** tries) : 0;
        wait = error.retryAfterMs ?? least + pause(tries, clock, backoff);
        if (throttled) for (const { bucket } of taken) bucket.block(clock.now() + wait);
        const again = untouched || (passing && repeatable);
        if (!again || last || wait > maxWaitMs) {
          remember(error);
          return response;
        }
      } catch (cause) {
        if (signal.aborted) {
          pass.left();
          if (repeatable) throw signal.reason;
          // Called off on the way: whoever called it off does not know either whether it was done.
          const error = new ChannelError('interrupted', 'unknown', `The request to ${vendor} was broken off.`, {
            cause: signal.reason,
          });
          remember(error);
          throw error;
        }
        pass.failed();
        told({ failed: cause instanceof Error ? cause.name : typeof cause });
        if (last || !(repeatable || neverLeft(cause))) {
          const error = unanswered(vendor, cause, repeatable);
          remember(error);
          throw error;
        }
        wait = pause(tries, clock, backoff);
      }
      await clock.sleep(wait, signal);
    }
  }
  function remember(error: ChannelError): void {
    const call = calls.getStore();
    if (call) call.failed = error;
  }

  return {
    fetch: (input, init) => ask(input, init, calls.getStore()?.options ?? {}),
    with: (own) => (input, init) => ask(input, init, { ...calls.getStore()?.options, ...own }),
    async call(own, work) {
      const call: Call = { options: { ...calls.getStore()?.options, ...own }, failed: undefined, acted: false };
      try {
        return await calls.run(call, work);
      } catch (error) {
        if (call.failed?.outcome === 'unknown') throw call.failed;
        options.signal?.throwIfAborted();
        own.signal?.throwIfAborted();
        const known = channelErrorIn(error) ?? call.failed;
        if (known) throw known;
        // It answered, but not in words the SDK could read.
        throw new ChannelError(
          'protocol',
          call.acted ? 'unknown' : 'not-done',
          `${vendor} answered something unexpected.`,
          { cause: error },
        );
      }
    },
    budget: () => allowances.budget(),
  };
}
