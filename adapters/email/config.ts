import { z } from 'zod';

/** How one server is reached. Stored with the account; holds no secret. */
export const ServerConfig = z.object({
  /** Name or address as the person would type it; international domains in their ASCII form. */
  host: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  /** `tls`: from the first byte (RFC 8314). `starttls`: upgraded before the login. `none`: loopback only. */
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().min(1).max(320),
  /** The one certificate accepted besides publicly trusted ones: confirmed by the person, PEM. */
  pin: z.string().optional(),
});
export type ServerConfig = z.infer<typeof ServerConfig>;

export const EmailConfig = z.object({
  imap: ServerConfig,
  smtp: ServerConfig,
  /** `token`: an OAuth 2 access token, sent as XOAUTH2 or OAUTHBEARER (RFC 7628). */
  auth: z.enum(['password', 'token']),
  /** Preset the settings came from, if any. */
  provider: z.string().optional(),
  /** The provider files what goes out over SMTP under Sent by itself, so no copy is appended. */
  savesSent: z.boolean(),
  /** How often folders other than the inbox are asked for news, ms. */
  pollMs: z.number().int().min(100).max(3_600_000).default(60_000),
});
export type EmailConfig = z.infer<typeof EmailConfig>;

/** Names under which the secret lies in the keychain. */
export const secretName = (auth: EmailConfig['auth']): string => (auth === 'token' ? 'token' : 'password');

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
/** Whether a host is this machine itself, where an unencrypted connection leaves no wire to tap. */
export const isLoopback = (host: string): boolean => loopback.test(host) || host.toLowerCase().endsWith('.localhost');

/** The account's settings, or a sentence saying what is wrong with them. */
export function readConfig(config: Readonly<Record<string, unknown>>): EmailConfig | string {
  const parsed = EmailConfig.safeParse(config);
  if (!parsed.success) return `The account's settings are damaged: ${z.prettifyError(parsed.error)}`;
  for (const server of [parsed.data.imap, parsed.data.smtp])
    if (server.security === 'none' && !isLoopback(server.host))
      return `${server.host} is set to be reached without encryption, which is only allowed on this machine itself.`;
  return parsed.data;
}
