import { processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi';
import { ChannelError, type Clock, type Log, type Secrets } from '../../../src-shared/channel.ts';
import type { Http } from '../http/index.ts';
import { locked } from './lock.ts';
import { clientAuthOf, clientOf, type OAuthProvider, serverOf } from './provider.ts';
import { oauthError, requestOptions, TokenSet, tokensFrom } from './tokens.ts';

/** The name of the tokens among an account's secrets: `JSON.stringify(tokenSet)`. */
export const tokensSecret = 'tokens';
/** A token with less life than this is renewed before it is used, ms. */
const leastLifeMs = 60_000;

export interface TokenKeeperOptions {
  /** Asked for at every refresh, so that it may come from the keychain too. */
  readonly provider: () => Promise<OAuthProvider>;
  readonly secrets: Secrets;
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  /** One account, one lock: unique over the process, e.g. `gmail:<account key>`. */
  readonly lock: string;
}
export interface TokenKeeper {
  /** A token good for at least a minute. Throws `ChannelError` `auth` when the person has to log in again. */
  access(): Promise<string>;
  /** The network refused `stale` although it should be good: another one. */
  renew(stale: string): Promise<string>;
  /** `fetch` with the token put on, that renews it once when it is refused (a 401 proves that nothing was done). */
  bearer(call: typeof fetch): typeof fetch;
  /** Resolves once a refresh under way has been stored; a rotated token must not be lost. */
  settled(): Promise<void>;
}

/**
 * Keeps an account's tokens fresh. Refreshing happens once at a time for each account, and what comes back is stored
 * before it is used: with vendors that rotate refresh tokens the old one is worth nothing from then on.
 */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { secrets, clock, log } = options;
  let held: TokenSet | undefined;
  let underWay: Promise<unknown> = Promise.resolve();

  async function stored(): Promise<TokenSet> {
    const written = await secrets.get(tokensSecret);
    const read = written === undefined ? undefined : TokenSet.safeParse(parsed(written));
    if (!read?.success)
      throw new ChannelError('auth', 'refused', 'The login of this account is not in the keychain. Log in again.');
    return read.data;
  }
  async function refresh(stale: string): Promise<string> {
    return await locked(options.lock, async () => {
      // Somebody else may have been at it while this one waited for the lock.
      const before = await stored();
      if (before.access !== stale) {
        held = before;
        return before.access;
      }
      const provider = await options.provider();
      if (before.refresh === undefined)
        throw new ChannelError('auth', 'refused', `The login to ${provider.vendor} has run out. Log in again.`);
      const [server, client] = [serverOf(provider), clientOf(provider)];
      let after: TokenSet;
      try {
        const response = await refreshTokenGrantRequest(
          server,
          client,
          clientAuthOf(provider),
          before.refresh,
          // Others wait for it too, and a token that was rotated and not received is lost.
          requestOptions(provider, options.http.with({ repeatable: true, seenThrough: true }), undefined),
        );
        const answer = await processRefreshTokenResponse(server, client, response);
        after = tokensFrom(answer, clock.now(), before);
      } catch (error) {
        throw oauthError(provider, error);
      }
      // A login that was made anew meanwhile is worth more than what came of the old one.
      const newest = await stored();
      if (newest.access !== before.access) {
        held = newest;
        return newest.access;
      }
      await secrets.set(tokensSecret, JSON.stringify(after));
      log.info('token renewed', { vendor: provider.vendor });
      held = after;
      return after.access;
    });
  }
  const renew = (stale: string): Promise<string> => {
    const work = refresh(stale);
    underWay = Promise.allSettled([underWay, work]);
    return work;
  };
  async function access(): Promise<string> {
    held ??= await stored();
    const { access: token, expiresAt } = held;
    return expiresAt !== undefined && expiresAt - clock.now() < leastLifeMs ? await renew(token) : token;
  }

  return {
    access,
    renew,
    bearer: (call) => async (input, init) => {
      const token = await access();
      const first = await call(input, withToken(init, input, token));
      if (first.status !== 401 || init?.body instanceof ReadableStream) return first;
      await first.body?.cancel();
      return await call(input, withToken(init, input, await renew(token)));
    },
    settled: async () => void (await underWay),
  };
}

function withToken(init: RequestInit | undefined, input: RequestInfo | URL, token: string): RequestInit {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set('authorization', `Bearer ${token}`);
  return { ...init, headers };
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
