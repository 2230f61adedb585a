import type { SessionContext } from '../../src-shared/channel.ts';
import { type Graph, graphRoot, openGraph, providerOf, readConfig } from '../_kit/graph/index.ts';
import type { RateRule } from '../_kit/http/index.ts';

/** The mailbox, its categories, who one is, and the contacts (https://learn.microsoft.com/en-us/graph/permissions-reference). */
export const scopes = ['Mail.ReadWrite', 'Mail.Send', 'MailboxSettings.Read', 'User.Read', 'Contacts.Read'];
/** Without these there is no mailbox. */
export const neededScopes = ['Mail.ReadWrite', 'Mail.Send'];

/**
 * https://learn.microsoft.com/en-us/graph/throttling-limits, "Outlook service limits": 10,000 requests in ten minutes for
 * an app and a mailbox. A bucket of 1,000 that gains 9,000 in ten minutes never hands out more within any ten.
 */
const requests: RateRule = {
  name: 'Requests to the mailbox',
  rate: 9000,
  perMs: 600_000,
  burst: 1000,
  cost: ({ url }) => (/^\/v1\.0\//.test(url.pathname) ? 1 : 0),
};
/** Smaller requests do not add up to anything. Bytes. */
const countedFrom = 100_000;
/**
 * The same page: 150 MB of uploads in five minutes. A bucket of 30 MB that gains 120 in five minutes never hands out more; a
 * mail of 150 MB takes as long as Microsoft would make it take, and is not refused half way.
 */
const uploads: RateRule = {
  name: 'MB sent to the mailbox',
  rate: 120,
  perMs: 300_000,
  burst: 30,
  cost({ method, headers, text = '' }) {
    if (method === 'GET') return 0;
    const [, start, end] = /^bytes (\d+)-(\d+)\//.exec(headers.get('content-range') ?? '') ?? [];
    const bytes = end === undefined ? text.length : Number(end) - Number(start) + 1;
    return bytes < countedFrom ? 0 : bytes / 1_000_000;
  },
};
/** The same page: four at a time for each mailbox. */
const atOnce = 4;

export const openOutlook = (
  context: Pick<SessionContext, 'secrets' | 'fetch' | 'clock' | 'log'>,
  account: { readonly key: string; readonly config: Readonly<Record<string, unknown>> },
  signal: AbortSignal,
): Graph => {
  const config = readConfig(account.config);
  const { secrets, fetch, clock, log } = context;
  return openGraph({
    vendor: 'Outlook',
    root: graphRoot(config),
    provider: providerOf(config, scopes),
    lock: `outlook:${account.key}`,
    rules: [requests, uploads],
    atOnce,
    // https://learn.microsoft.com/en-us/graph/outlook-immutable-id: on every single request.
    prefer: ['IdType="ImmutableId"'],
    secrets,
    fetch,
    clock,
    log,
    signal,
  });
};
