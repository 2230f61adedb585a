import { z } from 'zod';
import { ChannelError } from '../../src-shared/channel.ts';
import type { OAuthProvider } from '../_kit/oauth/index.ts';

/** What is kept of an account besides its secrets. */
export const GmailConfig = z.object({
  clientId: z.string().min(1),
  /** Where a simulated Google listens; absent for the real one. */
  server: z.string().optional(),
});
export type GmailConfig = z.infer<typeof GmailConfig>;

export function readConfig(config: Readonly<Record<string, unknown>>): GmailConfig {
  const read = GmailConfig.safeParse(config);
  if (read.success) return read.data;
  throw new ChannelError('client', 'refused', 'The settings of this account cannot be read. Log in again.');
}

export const mailScope = 'https://mail.google.com/';
/** The mailbox whole; the address book to read, and people one has written to. */
export const scopes = [
  mailScope,
  'https://www.googleapis.com/auth/contacts.readonly',
  'https://www.googleapis.com/auth/contacts.other.readonly',
];

/** Names of the account's secrets; the tokens have the kit's. */
export const clientSecretName = 'client-secret';

export const gmailRoot = ({ server }: GmailConfig): string => `${server ?? 'https://gmail.googleapis.com'}/`;
export const peopleRoot = ({ server }: GmailConfig): string => `${server ?? 'https://people.googleapis.com'}/`;

/** https://developers.google.com/identity/protocols/oauth2/native-app */
export function providerOf(config: GmailConfig, clientSecret: string, address?: string): OAuthProvider {
  const { server, clientId } = config;
  return {
    vendor: 'Google',
    issuer: server ?? 'https://accounts.google.com',
    authorizationEndpoint: `${server ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
    tokenEndpoint: `${server ?? 'https://oauth2.googleapis.com'}/token`,
    clientId,
    clientSecret,
    scopes,
    // Without these two a second login of the same person brings no refresh token.
    parameters: {
      access_type: 'offline',
      prompt: 'consent',
      ...(address === undefined ? {} : { login_hint: address }),
    },
  };
}

/** A simulated Google on this machine; anything else could be sent the person's credentials. */
export function readServer(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' && url.hostname === '127.0.0.1' ? url.origin : undefined;
}
