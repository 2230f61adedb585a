import { z } from 'zod';
import { ChannelError, type SessionContext } from '../../src-shared/channel.ts';
import { type Graph, GraphConfig, graphRoot, openGraph, providerOf } from '../_kit/graph/index.ts';
import type { RateRule } from '../_kit/http/index.ts';

/** What is kept of an account besides its secrets. */
export const TeamsConfig = GraphConfig.extend({
  /** The login asked for the channels of teams too. */
  channels: z.boolean(),
});
export type TeamsConfig = z.infer<typeof TeamsConfig>;
export function readConfig(config: Readonly<Record<string, unknown>>): TeamsConfig {
  const read = TeamsConfig.safeParse(config);
  if (read.success) return read.data;
  throw new ChannelError('client', 'refused', 'The settings of this account cannot be read. Log in again.');
}

/**
 * https://learn.microsoft.com/en-us/graph/permissions-reference. None of these needs an administrator: chats, who people
 * are and whether they are there, and the files that go with messages.
 */
const chatScopes = [
  'User.Read',
  'User.ReadBasic.All',
  'People.Read',
  'Chat.ReadWrite',
  'ChatMessage.Send',
  'Chat.Create',
  'Presence.Read.All',
  'Presence.ReadWrite',
  'Files.ReadWrite',
  'Files.Read.All',
];
/** These do, so they are a login of their own. */
const channelScopes = [
  'Team.ReadBasic.All',
  'Channel.ReadBasic.All',
  'ChannelMessage.Read.All',
  'ChannelMessage.Send',
  'ChannelMessage.ReadWrite',
  'ChannelMember.Read.All',
  'Files.ReadWrite.All',
];
export const scopesFor = (channels: boolean): readonly string[] =>
  channels ? [...chatScopes, ...channelScopes] : chatScopes;
/** Without these there is nothing to show. */
export const neededScopes = (channels: boolean): readonly string[] =>
  channels ? ['Chat.ReadWrite', 'ChannelMessage.Read.All'] : ['Chat.ReadWrite'];

/**
 * https://learn.microsoft.com/en-us/graph/throttling-limits, "Microsoft Teams service limits", for an application in an
 * organisation: messages may be asked for 20 times a second, and once a second in one chat or channel. Others may use the
 * same application, so this account takes half of the former; the latter may gather up to four.
 */
const rules: readonly RateRule[] = [
  {
    name: 'Requests to Teams',
    rate: 10,
    perMs: 1000,
    burst: 20,
    cost: ({ url }) => (url.pathname.startsWith('/v1.0/') ? 1 : 0),
  },
  {
    name: 'Requests to one conversation',
    rate: 1,
    perMs: 1000,
    burst: 4,
    cost: ({ url }) => (placeIn(url) === undefined ? 0 : 1),
    bucket: ({ url }) => placeIn(url) ?? '',
  },
];
const placeIn = (url: URL): string | undefined => {
  const found = /^\/v1\.0\/(?:users\/[^/]+\/)?(?:chats|teams\/[^/]+\/channels)\/([^/]+)\/messages/.exec(url.pathname);
  return found?.[1] === undefined ? undefined : decodeURIComponent(found[1]);
};
/** Patience enough for anybody, and no storm. */
const atOnce = 4;

export const openTeams = (
  context: Pick<SessionContext, 'secrets' | 'fetch' | 'clock' | 'log'>,
  account: { readonly key: string; readonly config: Readonly<Record<string, unknown>> },
  signal: AbortSignal,
): Graph => {
  const config = readConfig(account.config);
  const { secrets, fetch, clock, log } = context;
  return openGraph({
    vendor: 'Teams',
    root: graphRoot(config),
    provider: providerOf(config, scopesFor(config.channels)),
    lock: `teams:${account.key}`,
    rules,
    atOnce,
    // https://learn.microsoft.com/en-us/graph/api/chat-list-messages: without it system messages hide what they are.
    prefer: ['include-unknown-enum-members'],
    secrets,
    fetch,
    clock,
    log,
    signal,
  });
};
