import { z } from 'zod';
import type { ChannelError, ConnectionState } from '../../src-shared/channel.ts';
import type { Answer, Refusal } from '../_kit/http/index.ts';

/** https://developers.google.com/workspace/gmail/api/guides/handle-errors */
const Problem = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().optional().catch(undefined),
    errors: z
      .array(z.object({ reason: z.string().catch('') }))
      .optional()
      .catch(undefined),
    details: z
      .array(z.object({ reason: z.string().optional().catch(undefined) }))
      .optional()
      .catch(undefined),
  }),
});

const throttled = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'RATE_LIMIT_EXCEEDED']);
/** The whole project has used up its day: an hour hence is soon enough to look again, ms. */
const dailyMs = 3_600_000;
/** Whoever may send no more mail for longer than this, ms, may still read: the rest is not made to wait with it. */
const briefMs = 60_000;
/** https://developers.google.com/workspace/gmail/api/guides/handle-errors: "Mail sending limits", by the day, over all programs. */
const sends = /^(?:\/upload)?\/gmail\/v1\/users\/[^/]+\/messages\/send$/;

/** Google's own form of refusing: a reason in a 403 says whether it is patience that is wanted, or something else. */
export function refusal({ request, status, text }: Answer, now: number): Refusal | undefined {
  if (status < 400 || text === undefined) return undefined;
  const read = Problem.safeParse(parsed(text));
  if (!read.success) return undefined;
  const { message, errors = [], details = [] } = read.data.error;
  const reasons = [...errors, ...details].flatMap(({ reason }) => (reason ? [reason] : []));
  const has = (...wanted: readonly string[]) => wanted.some((reason) => reasons.includes(reason));
  if (has('dailyLimitExceeded'))
    return {
      throttled: true,
      retryAfterMs: dailyMs,
      message: 'The Google Cloud project has used up its allowance of the day.',
    };
  if ((status === 403 || status === 429) && reasons.some((reason) => throttled.has(reason))) {
    const until = Date.parse(/retry after (\S+)/i.exec(message)?.[1] ?? '');
    const retryAfterMs = Math.max(0, until - now);
    if (sends.test(request.url.pathname) && retryAfterMs > briefMs)
      return {
        throttled: false,
        code: 'busy',
        outcome: 'not-done',
        message: 'Google lets this account send no more mail for now.',
        retryAfterMs,
      };
    return { throttled: true, ...(Number.isNaN(until) ? {} : { retryAfterMs }) };
  }
  if (has('accessNotConfigured', 'SERVICE_DISABLED'))
    return {
      code: 'setup',
      message:
        'The Gmail API is not switched on in the Google Cloud project of your client. Enable it there, then connect again.',
    };
  if (has('insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'))
    return {
      code: 'scope',
      message: 'Google was not asked for, or was not given, the access this needs. Log in again and tick every box.',
    };
  if (has('failedPrecondition') && /mail service not enabled/i.test(message))
    return { code: 'setup', message: 'This Google account has no Gmail.' };
  if (status === 400 && message !== '') return { message: `Gmail refused: ${message.slice(0, 300)}` };
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** https://developers.google.com/identity/protocols/oauth2#expiration */
const testingHint =
  'If this comes back every 7 days: the consent screen of your Google Cloud project is still “Testing”; publish it.';

/** Where a session stands after an error that ended it. */
export function stateAfter({ code, message, retryAfterMs }: ChannelError, now: number): ConnectionState {
  if (code === 'auth') return { is: 'needs-login', code, message: `${message} ${testingHint}` };
  if (code === 'client' || code === 'scope') return { is: 'needs-login', code, message };
  if (code === 'setup' || code === 'forbidden') return { is: 'failed', code, message };
  return { is: 'offline', message, ...(retryAfterMs === undefined ? {} : { retryAt: now + retryAfterMs }) };
}
