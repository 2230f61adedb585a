import type { RateRule, RequestFacts } from '../_kit/http/index.ts';

/**
 * Calls a minute by method (https://docs.slack.dev/apis/web-api/rate-limits): each method of a workspace has an allowance of
 * its own, by its tier. Apps sold outside the marketplace get far less for history; they say so by 429, which is obeyed.
 */
const tiers: readonly (readonly [tier: string, perMinute: number, methods: readonly string[]])[] = [
  ['tier 1', 1, ['apps.connections.open']],
  [
    'tier 2',
    20,
    [
      'users.list',
      'users.setPresence',
      'conversations.create',
      'reactions.remove',
      'pins.add',
      'pins.remove',
      'pins.list',
      'search.messages',
      'emoji.list',
      'usergroups.list',
    ],
  ],
  [
    'tier 3',
    50,
    [
      'users.conversations',
      'users.getPresence',
      'dnd.info',
      'conversations.history',
      'conversations.replies',
      'conversations.info',
      'conversations.mark',
      'conversations.open',
      'conversations.invite',
      'chat.update',
      'chat.delete',
      'reactions.add',
      'reactions.get',
      'team.info',
    ],
  ],
  [
    'tier 4',
    100,
    ['users.info', 'conversations.members', 'files.info', 'files.getUploadURLExternal', 'files.completeUploadExternal'],
  ],
];

const methodOf = ({ url }: RequestFacts): string => url.pathname.split('/').at(-1) ?? '';
/** Opening a socket is asked for in bursts, when a connection breaks again and again; otherwise a minute's worth at once. */
const burst = (perMinute: number): number => Math.max(5, perMinute);

export const rates: readonly RateRule[] = [
  ...tiers.map(([name, rate, methods]): RateRule => {
    const among = new Set(methods);
    return {
      name: `Slack ${name}`,
      rate,
      perMs: 60_000,
      burst: burst(rate),
      cost: (request) => (among.has(methodOf(request)) ? 1 : 0),
      bucket: methodOf,
    };
  }),
  {
    // "1 per second per channel, short bursts allowed"
    name: 'Messages to one conversation',
    rate: 1,
    perMs: 1000,
    burst: 3,
    cost: (request) => (methodOf(request) === 'chat.postMessage' ? 1 : 0),
    bucket: ({ text }) => new URLSearchParams(text ?? '').get('channel') ?? '',
  },
];
