import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
  processAuthorizationCodeResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import { ChannelError, type Clock, type LoginAnswers, type LoginStep } from '../../../src-shared/channel.ts';
import type { Http } from '../http/index.ts';
import { listenForRedirect, type RedirectOptions } from './loopback.ts';
import { clientAuthOf, clientOf, type OAuthProvider, serverOf } from './provider.ts';
import { oauthError, requestOptions, type TokenSet, tokensFrom } from './tokens.ts';

export interface BrowserLoginOptions extends Pick<RedirectOptions, 'host' | 'path'> {
  readonly provider: OAuthProvider;
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Words of the step. */
  readonly step?: { readonly title?: string; readonly text?: string };
  /** How long the person may take, ms; default 10 minutes. */
  readonly waitMs?: number;
}

/**
 * The system's browser shows the vendor's page and comes back to this machine (RFC 8252, PKCE by RFC 7636 with S256).
 * `yield*` it from a login. Throws `ChannelError`; nothing listens afterwards, however it ends.
 */
export async function* browserLogin(options: BrowserLoginOptions): AsyncGenerator<LoginStep, TokenSet, LoginAnswers> {
  const { provider, http, clock, signal } = options;
  const { vendor } = provider;
  const state = generateRandomState();
  const verifier = generateRandomCodeVerifier();
  const redirect = await listenForRedirect({
    vendor,
    state,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.path === undefined ? {} : { path: options.path }),
  });
  const late = new AbortController();
  try {
    const url = new URL(provider.authorizationEndpoint);
    const parameters = {
      ...provider.parameters,
      response_type: 'code',
      client_id: provider.clientId,
      redirect_uri: redirect.uri,
      scope: provider.scopes.join(' '),
      state,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    yield {
      show: 'browser',
      id: 'browser',
      title: options.step?.title ?? `Log in to ${vendor} in your browser`,
      text:
        options.step?.text ?? 'The page that opened asks whether Carillon may have access. Come back here afterwards.',
      url: url.href,
    };
    const expired = new AbortController();
    clock.sleep(options.waitMs ?? 600_000, late.signal).then(
      () => expired.abort(new ChannelError('timeout', 'not-done', `Nothing came back from ${vendor}. Try again.`)),
      () => undefined,
    );
    const answer = await redirect.answered(AbortSignal.any([signal, expired.signal]));
    const [server, client] = [serverOf(provider), clientOf(provider)];
    try {
      const response = await authorizationCodeGrantRequest(
        server,
        client,
        clientAuthOf(provider),
        validateAuthResponse(server, client, answer, state),
        redirect.uri,
        verifier,
        requestOptions(provider, http.with({ repeatable: false }), signal),
      );
      const tokens = await processAuthorizationCodeResponse(server, client, response);
      return tokensFrom(tokens, clock.now(), { scopes: provider.scopes });
    } catch (error) {
      signal.throwIfAborted();
      throw oauthError(provider, error);
    }
  } finally {
    late.abort();
    await redirect.close();
  }
}
