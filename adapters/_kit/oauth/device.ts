import {
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
} from 'oauth4webapi';
import { ChannelError, type Clock, type LoginAnswers, type LoginStep } from '../../../src-shared/channel.ts';
import type { Http } from '../http/index.ts';
import { clientAuthOf, clientOf, type OAuthProvider, serverOf } from './provider.ts';
import { oauthCodeOf, oauthError, requestOptions, type TokenSet, tokensFrom } from './tokens.ts';

export interface DeviceLoginOptions {
  readonly provider: OAuthProvider;
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}
/** RFC 8628 section 3.5: the pause between questions where none is told, and what `slow_down` adds to it, ms. */
const defaultIntervalMs = 5000;
const slowDownMs = 5000;
/** Whatever is told, ms. */
const leastIntervalMs = 1000;

/** The person types a code on another device (RFC 8628). `yield*` it from a login. Throws `ChannelError`. */
export async function* deviceLogin(options: DeviceLoginOptions): AsyncGenerator<LoginStep, TokenSet, LoginAnswers> {
  const { provider, http, clock, signal } = options;
  const [server, client, clientAuth] = [serverOf(provider), clientOf(provider), clientAuthOf(provider)];
  const request = requestOptions(provider, http.with({ repeatable: true }), signal);
  const scope = provider.scopes.join(' ');
  const device = await deviceAuthorizationRequest(server, client, clientAuth, { scope }, request)
    .then((response) => processDeviceAuthorizationResponse(server, client, response))
    .catch((error: unknown) => {
      signal.throwIfAborted();
      throw oauthError(provider, error);
    });
  const expiresAt = clock.now() + device.expires_in * 1000;
  yield {
    show: 'code',
    id: 'device',
    title: `Type this code at ${provider.vendor}`,
    text: `Open ${device.verification_uri} on any device and type the code. Carillon goes on by itself.`,
    data: device.user_code,
    expiresAt,
  };
  let interval = Math.max(leastIntervalMs, device.interval === undefined ? defaultIntervalMs : device.interval * 1000);
  for (;;) {
    await clock.sleep(interval, signal);
    if (clock.now() >= expiresAt)
      throw new ChannelError('timeout', 'not-done', 'The code has run out. Begin again for another.');
    try {
      const response = await deviceCodeGrantRequest(server, client, clientAuth, device.device_code, request);
      const tokens = await processDeviceCodeResponse(server, client, response);
      return tokensFrom(tokens, clock.now(), { scopes: provider.scopes });
    } catch (error) {
      signal.throwIfAborted();
      const code = oauthCodeOf(error);
      if (code === 'slow_down') interval += slowDownMs;
      else if (code === 'expired_token')
        throw new ChannelError('timeout', 'not-done', 'The code has run out. Begin again for another.');
      else if (code !== 'authorization_pending') {
        const failure = oauthError(provider, error);
        // Section 3.5: a connection that breaks ends nothing; one asks more seldom.
        if (failure.outcome === 'refused' || failure.code === 'protocol') throw failure;
        interval *= 2;
      }
    }
  }
}
