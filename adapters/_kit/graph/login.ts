import { ChannelError, type LoginDone, type LoginEnvironment } from '../../../src-shared/channel.ts';
import { createHttp } from '../http/index.ts';
import { browserLogin, deviceLogin, type Steps, type TokenSet, untilLoggedIn } from '../oauth/index.ts';
import { askClient, type ClientStep } from './client.ts';
import { type GraphConfig, providerOf, wordsOfScope } from './provider.ts';

export interface GraphLogin<Config extends GraphConfig> {
  readonly by: 'browser' | 'device';
  readonly step: ClientStep;
  /** As it was when the account was last logged in to, or with nothing filled in. */
  readonly first: Config;
  /** What was filled in, with what else there is to keep. */
  configOf(filledIn: GraphConfig): Config;
  readonly scopes: readonly string[];
  /** Without these there is no account, and what the person is told then. */
  readonly needed: readonly string[];
  readonly missing: string;
  /** Whom Microsoft is to propose. */
  readonly hint?: string | undefined;
  /** What is being tried once Microsoft has agreed. */
  readonly opening: string;
  accountOf(config: Config, tokens: TokenSet): Promise<LoginDone>;
  wordsFor?(cause: ChannelError): string;
}

/** The application's line, then the browser or a code, then a look whether it opens. What went wrong leads back. */
export function graphLogin<Config extends GraphConfig>(
  environment: LoginEnvironment,
  login: GraphLogin<Config>,
): Steps<LoginDone> {
  const { log, clock, signal, fetch } = environment;
  return untilLoggedIn(environment, login.first, {
    async *ask(before, error) {
      return login.configOf(yield* askClient(login.step, before, error));
    },
    async *goOn(config) {
      const provider = providerOf(config, login.scopes, login.hint);
      const http = createHttp({ vendor: 'Microsoft', fetch, clock, log, signal });
      const options = { provider, http, clock, signal };
      const tokens =
        login.by === 'device' ? yield* deviceLogin(options) : yield* browserLogin({ ...options, host: 'localhost' });
      const given = new Set(tokens.scopes.map(wordsOfScope));
      if (!login.needed.every((scope) => given.has(wordsOfScope(scope))))
        throw new ChannelError('scope', 'refused', login.missing);
      environment.progress?.(login.opening);
      return await login.accountOf(config, tokens);
    },
    ...(login.wordsFor && { wordsFor: login.wordsFor }),
  });
}
