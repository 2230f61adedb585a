import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { OAuthProvider } from '../oauth/index.ts';

/** What is kept of an account besides its secrets. */
export const GraphConfig = z.object({
  /** The application the person registered: it is public, so it has no secret. */
  clientId: z.string().min(1),
  /** Directory of the organisation; `common` takes every kind of account. */
  tenant: z.string().regex(/^[\w.-]+$/),
  /** Where a simulated Microsoft listens; absent for the real one. */
  server: z.string().optional(),
});
export type GraphConfig = z.infer<typeof GraphConfig>;

export function readConfig(config: Readonly<Record<string, unknown>>): GraphConfig {
  const read = GraphConfig.safeParse(config);
  if (read.success) return read.data;
  throw new ChannelError('client', 'refused', 'The settings of this account cannot be read. Log in again.');
}

export const graphRoot = ({ server }: GraphConfig): string => `${server ?? 'https://graph.microsoft.com'}/v1.0`;

/** https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow and `v2-oauth2-device-code`. */
export function providerOf(config: GraphConfig, scopes: readonly string[], address?: string): OAuthProvider {
  const { server, clientId, tenant } = config;
  const login = `${server ?? 'https://login.microsoftonline.com'}/${tenant}`;
  return {
    vendor: 'Microsoft',
    issuer: `${login}/v2.0`,
    authorizationEndpoint: `${login}/oauth2/v2.0/authorize`,
    tokenEndpoint: `${login}/oauth2/v2.0/token`,
    deviceEndpoint: `${login}/oauth2/v2.0/devicecode`,
    clientId,
    // Without `offline_access` there is nothing to refresh with; `openid` is left out, nobody reads an id token here.
    scopes: [...scopes, 'offline_access'],
    parameters: { prompt: 'select_account', ...(address === undefined ? {} : { login_hint: address }) },
  };
}

/** A scope as Microsoft tells it back: with or without the resource before it, in any case of letters. */
export const wordsOfScope = (scope: string): string =>
  scope.replace(/^https:\/\/graph\.microsoft\.com\//i, '').toLowerCase();

/** A simulated Microsoft on this machine; anything else could be sent the person's credentials. */
export function readServer(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' && url.hostname === '127.0.0.1' ? url.origin : undefined;
}
