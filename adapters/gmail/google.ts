import { gmail, type gmail_v1 } from '@googleapis/gmail';
import { people, type people_v1 } from '@googleapis/people';
import type { z } from 'zod';
import { ChannelError, type Clock, type Log, type Secrets } from '../../src-shared/channel.ts';
import { type Budget, type CallOptions, createHttp } from '../_kit/http/index.ts';
import { createTokenKeeper } from '../_kit/oauth/index.ts';
import { clientSecretName, type GmailConfig, gmailRoot, peopleRoot, providerOf } from './config.ts';
import { refusal } from './errors.ts';
import { quota } from './quota.ts';

export interface GoogleOptions {
  readonly config: GmailConfig;
  readonly account: string;
  readonly secrets: Secrets;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}
/** Google's own clients over the kit's HTTP: it waits, retries, budgets and renews tokens; they know paths and shapes. */
export interface Google {
  readonly users: gmail_v1.Resource$Users;
  readonly people: people_v1.People;
  /** Media uploads do not follow the client's root; every such call has to name it again. */
  readonly rootUrl: string;
  /** Throws `ChannelError`, `protocol` for an answer that is not of this shape, or the signal's reason. */
  call<S extends z.ZodType>(
    schema: S,
    options: CallOptions,
    work: () => Promise<{ data: unknown }>,
  ): Promise<z.infer<S>>;
  /** The same where the answer is empty. */
  tell(options: CallOptions, work: () => Promise<unknown>): Promise<void>;
  budget(): readonly Budget[];
  settled(): Promise<void>;
}

export function openGoogle(options: GoogleOptions): Google {
  const { config, clock, log, signal, secrets } = options;
  const http = createHttp({
    vendor: 'Gmail',
    fetch: options.fetch,
    clock,
    log,
    signal,
    rules: [quota],
    refusal: (answer) => refusal(answer, clock.now()),
    shown: ['maxResults', 'format', 'startHistoryId', 'historyTypes', 'labelIds', 'includeSpamTrash', 'uploadType'],
  });
  const keeper = createTokenKeeper({
    provider: async () => providerOf(config, (await secrets.get(clientSecretName)) ?? ''),
    secrets,
    http,
    clock,
    log,
    lock: `gmail:${options.account}`,
  });
  const common = { fetchImplementation: keeper.bearer(http.fetch), retry: false } as const;
  const rootUrl = gmailRoot(config);
  /** What a login that has ended keeps from being done is done after the next one: it is put off, not refused. */
  async function asked<T>(call: CallOptions, work: () => Promise<T>): Promise<T> {
    try {
      return await http.call(call, work);
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'auth') throw error;
      throw new ChannelError(error.code, 'not-done', error.message, { cause: error });
    }
  }
  return {
    users: gmail({ version: 'v1', rootUrl, ...common }).users,
    people: people({ version: 'v1', rootUrl: peopleRoot(config), ...common }),
    rootUrl,
    async call(schema, call, work) {
      const { data } = await asked(call, work);
      const read = schema.safeParse(data);
      if (read.success) return read.data;
      const outcome = call.repeatable === false ? 'unknown' : 'not-done';
      throw new ChannelError('protocol', outcome, 'Gmail answered something unexpected.', { cause: read.error });
    },
    async tell(call, work) {
      await asked(call, work);
    },
    budget: http.budget,
    settled: keeper.settled,
  };
}
