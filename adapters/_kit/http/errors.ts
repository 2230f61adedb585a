import { ChannelError, type Outcome } from '../../../src-shared/channel.ts';
import type { RequestFacts } from './request.ts';
import { retryAfter } from './retry.ts';

/** What came back, with its text where it was read whole (every failure, and JSON or text of any status). */
export interface Answer {
  readonly request: RequestFacts;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string | undefined;
}
/** What a vendor's own form of refusing says, over and above the status. */
export interface Refusal {
  /** A short stable word; the ones below are used where it fits (auth, forbidden, not-found, gone, too-large, busy). */
  readonly code?: string;
  /** For the person. */
  readonly message?: string;
  readonly outcome?: Outcome;
  /** The vendor asks for patience: nothing was done, and the allowances of the request are blocked meanwhile. */
  readonly throttled?: boolean;
  readonly retryAfterMs?: number;
}
export interface Judgement {
  readonly error: ChannelError;
  readonly throttled: boolean;
  /** The answer itself proves that nothing was done, so that even a POST may be sent again. */
  readonly untouched: boolean;
  /** Trouble of the server's, that may be over in a moment. */
  readonly passing: boolean;
}

/** Ms. */
const leastPatienceMs = 1000;

/**
 * The one map from answers to errors, by RFC 9110 section 15. `repeatable`: doing it twice is doing it once.
 * Undefined when the answer is no refusal.
 */
export function judge(
  vendor: string,
  answer: Answer,
  repeatable: boolean,
  own: Refusal | undefined,
  now: number,
): Judgement | undefined {
  const { status, headers } = answer;
  if (status < 400 && own === undefined) return undefined;
  const throttled = own?.throttled ?? status === 429;
  const told = own?.retryAfterMs ?? retryAfter(headers, now);
  // "At once" from who has just asked for patience would be asked for again and again.
  const asked = told !== undefined && throttled ? Math.max(leastPatienceMs, told) : told;
  const untouched = throttled || (status === 503 && asked !== undefined);
  const passing = !throttled && (status >= 500 || status === 408);
  const [code, words] = wordsFor(vendor, status, throttled);
  const outcome: Outcome =
    own?.outcome ?? (untouched ? 'not-done' : passing ? (repeatable ? 'not-done' : 'unknown') : 'refused');
  return {
    error: new ChannelError(own?.code ?? code, outcome, own?.message ?? words, {
      ...(asked === undefined ? {} : { retryAfterMs: asked }),
    }),
    throttled,
    untouched,
    passing,
  };
}

function wordsFor(vendor: string, status: number, throttled: boolean): readonly [code: string, message: string] {
  if (throttled) return ['busy', `${vendor} asks for patience.`];
  switch (status) {
    case 401:
      return ['auth', `${vendor} does not accept this login any more.`];
    case 403:
      return ['forbidden', `${vendor} does not allow this.`];
    case 404:
      return ['not-found', `${vendor} does not have this (any more).`];
    case 408:
      return ['timeout', `${vendor} gave up waiting for the request.`];
    case 409:
    case 412:
      return ['conflict', `${vendor} has changed this meanwhile.`];
    case 410:
      return ['gone', `${vendor} does not have this any more.`];
    case 413:
      return ['too-large', `This is too large for ${vendor}.`];
    default:
      return status >= 500
        ? ['server', `${vendor} is in trouble (${status}).`]
        : ['refused', `${vendor} refused (${status}).`];
  }
}

/** Failures before a single byte of the request could have left (Node's system errors, undici's, and TLS). */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const certificateCode = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_SSL|ERR_TLS)/;

/** Every error an error was made from, itself first. */
function* chainOf(error: unknown): Generator<object> {
  const seen = new Set<unknown>();
  const open: unknown[] = [error];
  while (open.length > 0) {
    const one = open.shift();
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    yield one;
    open.push(Reflect.get(one, 'cause'), Reflect.get(one, 'original'));
    const several: unknown = Reflect.get(one, 'errors');
    if (Array.isArray(several)) open.push(...several);
  }
}
const codesOf = (error: unknown): readonly string[] =>
  [...chainOf(error)].flatMap((one) => {
    const code: unknown = Reflect.get(one, 'code');
    return typeof code === 'string' ? [code] : [];
  });

/** True when the request surely never reached the network. */
export const neverLeft = (cause: unknown): boolean =>
  codesOf(cause).some((code) => unsentCodes.has(code) || certificateCode.test(code));

/** The error for a request without an answer. `repeatable`: doing it twice is doing it once. */
export function unanswered(vendor: string, cause: unknown, repeatable: boolean): ChannelError {
  const outcome = repeatable || neverLeft(cause) ? 'not-done' : 'unknown';
  return codesOf(cause).some((code) => certificateCode.test(code))
    ? new ChannelError('certificate', outcome, `The certificate of ${vendor} cannot be trusted.`, { cause })
    : new ChannelError('network', outcome, `${vendor} cannot be reached.`, { cause });
}

/** The `ChannelError` an SDK has wrapped into an error of its own; undefined where there is none. */
export function channelErrorIn(error: unknown): ChannelError | undefined {
  for (const one of chainOf(error)) if (one instanceof ChannelError) return one;
  return undefined;
}
