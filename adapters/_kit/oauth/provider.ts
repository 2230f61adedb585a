import type { AuthorizationServer, Client, ClientAuth } from 'oauth4webapi';
import { ClientSecretPost, None } from 'oauth4webapi';

/** Where and as whom one logs in: the vendor's addresses, and the client the person made for themselves. */
export interface OAuthProvider {
  /** Its name in messages to the person. */
  readonly vendor: string;
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** RFC 8628; needed by `deviceLogin` alone. */
  readonly deviceEndpoint?: string;
  readonly clientId: string;
  /** Not a secret in an app anyone can take apart (RFC 8252 section 8.5), but some vendors insist on it. */
  readonly clientSecret?: string;
  readonly scopes: readonly string[];
  /** What the vendor wants besides, on its page of consent (`access_type`, `prompt`, `login_hint`). */
  readonly parameters?: Readonly<Record<string, string>>;
}

export const serverOf = (provider: OAuthProvider): AuthorizationServer => ({
  issuer: provider.issuer,
  authorization_endpoint: provider.authorizationEndpoint,
  token_endpoint: provider.tokenEndpoint,
  ...(provider.deviceEndpoint === undefined ? {} : { device_authorization_endpoint: provider.deviceEndpoint }),
});
export const clientOf = (provider: OAuthProvider): Client => ({ client_id: provider.clientId });
export const clientAuthOf = (provider: OAuthProvider): ClientAuth =>
  provider.clientSecret === undefined ? None() : ClientSecretPost(provider.clientSecret);
