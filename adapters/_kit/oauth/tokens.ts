import {
  AuthorizationResponseError,
  allowInsecureRequests,
  customFetch,
  OperationProcessingError,
  ResponseBodyError,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import { channelErrorIn } from '../http/index.ts';
import type { OAuthProvider } from './provider.ts';

/** What a login is worth, as it lies in the keychain. */
export const TokenSet = z.object({
  access: z.string().min(1),
  refresh: z.string().min(1).optional(),
  /** Unix ms; absent where the vendor does not say. */
  expiresAt: z.number().optional(),
  /** Scopes granted, which may be fewer than were asked for. */
  scopes: z.array(z.string()),
});
export type TokenSet = z.infer<typeof TokenSet>;

/** A refresh token is often told only once; what the answer leaves out stays as it was (RFC 6749 section 6). */
export function tokensFrom(
  answer: TokenEndpointResponse,
  now: number,
  before: { readonly refresh?: string | undefined; readonly scopes: readonly string[] },
): TokenSet {
  const refresh = answer.refresh_token ?? before.refresh;
  return {
    access: answer.access_token,
    ...(refresh === undefined ? {} : { refresh }),
    ...(answer.expires_in === undefined ? {} : { expiresAt: now + answer.expires_in * 1000 }),
    scopes: answer.scope === undefined ? [...before.scopes] : answer.scope.split(' ').filter((one) => one !== ''),
  };
}

/** Options of every request to a token endpoint; plain HTTP on loopback alone, for doubles of the vendor. */
export const requestOptions = (provider: OAuthProvider, call: typeof fetch, signal: AbortSignal | undefined) => ({
  [customFetch]: (url: string, init: RequestInit) => call(url, init),
  [allowInsecureRequests]: new URL(provider.tokenEndpoint).hostname === '127.0.0.1',
  ...(signal === undefined ? {} : { signal }),
});

/** The word of RFC 6749 section 5.2 (or 4.1.2.1) by which the vendor refused; undefined when it was something else. */
export const oauthCodeOf = (error: unknown): string | undefined =>
  error instanceof ResponseBodyError || error instanceof AuthorizationResponseError ? error.error : undefined;

/** What is wrong and how to mend it; names which credential it is about. */
export function oauthError(provider: OAuthProvider, error: unknown): ChannelError {
  const known = channelErrorIn(error);
  const { vendor } = provider;
  const refused = (code: string, message: string) => new ChannelError(code, 'refused', message, { cause: error });
  switch (oauthCodeOf(error)) {
    case 'invalid_grant':
      return refused('auth', `${vendor} has ended this login: it was revoked, or has run out. Log in again.`);
    case 'invalid_client':
    case 'unauthorized_client':
      return refused(
        'client',
        `${vendor} does not accept the client ID or the client secret. Check both and try again.`,
      );
    case 'invalid_scope':
      return refused(
        'scope',
        `${vendor} does not offer this client what Carillon asks for. Check what is switched on for it.`,
      );
    case 'access_denied':
      return refused('denied', `Access was not allowed on the page of ${vendor}.`);
    case undefined:
      if (known) return known;
      return error instanceof OperationProcessingError
        ? new ChannelError('protocol', 'not-done', `${vendor} answered the login with something unexpected.`, {
            cause: error,
          })
        : new ChannelError('network', 'not-done', `${vendor} cannot be reached.`, { cause: error });
    default:
      return refused('auth', `${vendor} refused the login (${oauthCodeOf(error)}).`);
  }
}
