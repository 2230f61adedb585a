import { z } from 'zod';
import type { ChannelError, ConnectionState } from '../../../src-shared/channel.ts';
import type { Answer, Refusal } from '../http/index.ts';

/** https://learn.microsoft.com/en-us/graph/errors */
const Problem = z.object({
  error: z.object({
    code: z.string().catch(''),
    message: z.string().catch(''),
    innerError: z
      .object({ code: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
});

/** Codes of delta tokens that are worth nothing any more (https://learn.microsoft.com/en-us/graph/delta-query-overview). */
const stale = new Set(['syncstatenotfound', 'syncstateinvalid', 'resyncrequired']);

/** Graph's own form of refusing: a code and a sentence over and above the status. Undefined: the status says it all. */
export function refusal({ status, text }: Answer): Refusal | undefined {
  if (status < 400 || text === undefined) return undefined;
  const read = Problem.safeParse(parsed(text));
  const { code, message, innerError } = read.success
    ? read.data.error
    : { code: '', message: '', innerError: undefined };
  const codes = [code, innerError?.code ?? ''].map((one) => one.toLowerCase());
  const has = (...wanted: readonly string[]) => wanted.some((one) => codes.includes(one));
  if (status === 410 || codes.some((one) => stale.has(one))) return { code: 'gone', outcome: 'refused' };
  if (status === 504 || status === 429 || status === 503) return undefined;
  if (has('mailboxnotenabledforrestapi', 'mailboxnotsupportedforrestapi'))
    return {
      code: 'setup',
      message:
        'This account has no mailbox that Microsoft Graph opens (none, not licensed, or kept on a server of its own).',
    };
  // Teams says it in words: 403, "Forbidden", and which of the permissions is missing.
  const missing = status === 403 && /missing scope|scope permissions|required (?:permission|scope)s?/i.test(message);
  if (missing || has('erroraccessdenied', 'authorization_requestdenied', 'accessdenied'))
    return {
      code: 'scope',
      message:
        'Microsoft was not asked for, or was not given, the access this needs. Log in again and accept all of it.',
    };
  if (has('errorquotaexceeded')) return { code: 'full', message: 'The mailbox is full.' };
  if (has('errormessagesizeexceeded'))
    return { code: 'too-large', message: 'Outlook does not take a message this large.' };
  if (has('errorfolderexists')) return { code: 'conflict' };
  if (status === 400 && message !== '') return { message: `Microsoft refused: ${message.slice(0, 300)}` };
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where a session stands after an error that ended it. */
export function stateAfter({ code, message, retryAfterMs }: ChannelError, now: number): ConnectionState {
  if (code === 'auth' || code === 'client' || code === 'scope') return { is: 'needs-login', code, message };
  if (code === 'setup' || code === 'forbidden') return { is: 'failed', code, message };
  return { is: 'offline', message, ...(retryAfterMs === undefined ? {} : { retryAt: now + retryAfterMs }) };
}
