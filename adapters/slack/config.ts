import { z } from 'zod';

/** Slack's own address; government workspaces have another (https://docs.slack.dev/govslack). */
export const usualApi = 'https://slack.com/api/';

/** What an account keeps beside its secrets. */
export const Config = z.object({
  apiUrl: z.string(),
  team: z.string(),
  teamName: z.string().optional(),
  /** The account's own person. */
  user: z.string(),
});
export type Config = z.infer<typeof Config>;
/** Names of the secrets. The app-level token is optional: without it Slack is asked again and again instead. */
export const secretNames = { user: 'userToken', app: 'appToken' } as const;

/** The address with the slash Slack's client wants at its end; a sentence where it cannot be one. */
export function readApiUrl(typed: string): URL | string {
  const address = typed.trim() || usualApi;
  if (!URL.canParse(address)) return 'This is not an address.';
  const url = new URL(address);
  const here = url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here))
    return 'The address has to begin with https://.';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

const hosts = ['slack.com', 'slack-gov.com'] as const;
const pictureHosts = [...hosts, 'slack-edge.com', 'slack-imgs.com', 'slack-files.com'] as const;
const among = (url: string, apiUrl: string, allowed: readonly string[]): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && allowed.some((host) => hostname === host || hostname.endsWith(`.${host}`));
};
/** Addresses that may be told the token. */
export const isTrusted = (url: string, apiUrl: string): boolean => among(url, apiUrl, hosts);
/** Addresses of Slack's, from where pictures are fetched. */
export const isHosted = (url: string, apiUrl: string): boolean => among(url, apiUrl, pictureHosts);
