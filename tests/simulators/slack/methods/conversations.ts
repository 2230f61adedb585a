import { z } from 'zod';
import type { Route } from '../../_base/index.ts';
import { method, type Place, page, paged, yes } from '../method.ts';
import { Refused, type SlackChannel } from '../state.ts';
import type { Workspace } from '../workspace.ts';

const ts = z.string().regex(/^\d{1,12}\.\d{6}$/);
const range = {
  latest: ts.optional(),
  oldest: ts.optional(),
  inclusive: yes.optional(),
  include_all_metadata: yes.optional(),
};
const kinds = { public_channel: 'public', private_channel: 'private', mpim: 'mpim', im: 'im' } as const;

/** The scope a method wants depends on the kind of conversation. */
const scoped = (what: string) => ['channels', 'groups', 'mpim', 'im'].map((kind) => `${kind}:${what}`);

/** https://docs.slack.dev/reference/objects/conversation-object */
function conversationObject(workspace: Workspace, channel: SlackChannel, whole: boolean) {
  const { id, kind, name, topic, purpose, archived, members, created, lastRead } = channel;
  const isMember = members.includes(workspace.me);
  const common = { id, created, is_im: kind === 'im', is_org_shared: false, context_team_id: workspace.team.id };
  if (kind === 'im')
    return {
      ...common,
      user: members.find((one) => one !== workspace.me) ?? workspace.me,
      is_user_deleted: false,
      is_archived: archived,
      priority: 0,
      ...(whole ? { last_read: lastRead, is_open: true } : {}),
    };
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    is_archived: archived,
    is_general: name === 'general',
    creator: members[0],
    topic: { value: topic, creator: '', last_set: 0 },
    purpose: { value: purpose, creator: '', last_set: 0 },
    ...(whole ? { is_member: isMember, ...(isMember ? { last_read: lastRead } : {}) } : {}),
  };
}

export function conversationMethods(place: Place, limits: { readonly most: number }): readonly Route[] {
  const { workspace } = place;
  const mine = () => [...workspace.channels.values()].filter(({ members }) => members.includes(workspace.me));
  const within = (
    at: string,
    {
      latest,
      oldest,
      inclusive,
    }: { latest?: string | undefined; oldest?: string | undefined; inclusive?: boolean | undefined },
  ) =>
    (latest === undefined || at < latest || (inclusive && at === latest)) &&
    (oldest === undefined || at > oldest || (inclusive && at === oldest));

  return [
    method(place, 'users.conversations', {
      scopes: scoped('read'),
      arguments: {
        ...page,
        types: z.string().optional(),
        exclude_archived: yes.optional(),
        user: z.string().optional(),
      },
      answer({ types = 'public_channel', exclude_archived: hide, cursor, limit = 100 }) {
        const wanted = types.split(',').map((type) => kinds[type as keyof typeof kinds]);
        const all = mine().filter(
          ({ kind, archived, hidden }) => wanted.includes(kind) && !hidden && !(hide && archived),
        );
        const { items, response_metadata } = paged(all, cursor, limit);
        return { channels: items.map((one) => conversationObject(workspace, one, false)), response_metadata };
      },
    }),
    method(place, 'conversations.info', {
      scopes: scoped('read'),
      arguments: { channel: z.string(), include_num_members: yes.optional() },
      answer: ({ channel }) => ({ channel: conversationObject(workspace, workspace.channel(channel), true) }),
    }),
    method(place, 'conversations.members', {
      scopes: scoped('read'),
      arguments: { channel: z.string(), ...page },
      answer({ channel, cursor, limit = 100 }) {
        const { items, response_metadata } = paged(workspace.channel(channel).members, cursor, limit);
        return { members: items, response_metadata };
      },
    }),
    method(place, 'conversations.history', {
      scopes: scoped('history'),
      arguments: { channel: z.string(), ...page, ...range },
      answer({ channel, cursor, limit = 100, ...between }) {
        workspace.channel(channel);
        const all = workspace
          .topLevel(channel)
          .filter(({ ts: at }) => within(at, between))
          .toReversed();
        const { items, response_metadata } = paged(all, cursor, Math.min(limit, limits.most));
        return {
          messages: items.map((one) => workspace.shown(channel, one, between.include_all_metadata ?? false)),
          has_more: response_metadata.next_cursor !== '',
          pin_count: 0,
          response_metadata,
        };
      },
    }),
    method(place, 'conversations.replies', {
      scopes: scoped('history'),
      arguments: { channel: z.string(), ts, ...page, ...range },
      answer({ channel, ts: at, cursor, limit = 1000, ...between }) {
        workspace.channel(channel);
        const asked = workspace.in(channel).get(at);
        if (!asked) throw new Refused('thread_not_found');
        const isAnswer = asked.thread_ts !== undefined && asked.thread_ts !== asked.ts;
        const answers = isAnswer ? [] : workspace.thread(channel, at).filter((one) => within(one.ts, between));
        const { items, response_metadata } = paged(answers, cursor, Math.min(limit, limits.most));
        return {
          messages: [asked, ...items].map((one) =>
            workspace.shown(channel, one, between.include_all_metadata ?? false),
          ),
          has_more: response_metadata.next_cursor !== '',
          response_metadata,
        };
      },
    }),
    method(place, 'conversations.mark', {
      scopes: scoped('write'),
      arguments: { channel: z.string(), ts },
      answer({ channel, ts: at }) {
        workspace.channel(channel).lastRead = at;
        workspace.ledger.record('marked', { channel, ts: at });
        return {};
      },
    }),
    method(place, 'conversations.open', {
      scopes: scoped('write'),
      arguments: { users: z.string().optional(), channel: z.string().optional(), return_im: yes.optional() },
      answer({ users = '' }) {
        const others = users.split(',').filter((one) => one !== '');
        if (others.length === 0) throw new Refused('users_list_not_supplied');
        if (others.some((one) => !workspace.users.has(one))) throw new Refused('user_not_found');
        if (others.length > 8) throw new Refused('too_many_users');
        const members = [...new Set([...others, workspace.me])].toSorted();
        const kind = others.length === 1 ? 'im' : 'mpim';
        const same = mine().find((one) => one.kind === kind && one.members.toSorted().join() === members.join());
        const name = kind === 'im' ? '' : `mpdm-${members.map((one) => workspace.users.get(one)?.name).join('--')}-1`;
        const opened = same ?? workspace.openChannel(kind, name, members);
        if (!same && kind === 'im')
          workspace.tell({ type: 'im_created', user: workspace.me, channel: { id: opened.id } });
        return { no_op: same !== undefined, already_open: same !== undefined, channel: { id: opened.id } };
      },
    }),
    method(place, 'conversations.create', {
      scopes: ['channels:write', 'groups:write'],
      arguments: { name: z.string(), is_private: yes.optional(), team_id: z.string().optional() },
      answer({ name, is_private: hidden }) {
        if (!/^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u.test(name)) throw new Refused('invalid_name_specials');
        if ([...workspace.channels.values()].some((one) => one.name === name)) throw new Refused('name_taken');
        const channel = workspace.openChannel(hidden ? 'private' : 'public', name, [workspace.me]);
        workspace.post(channel.id, {
          subtype: 'channel_join',
          user: workspace.me,
          text: `<@${workspace.me}> has joined the channel`,
        });
        return { channel: conversationObject(workspace, channel, true) };
      },
    }),
    method(place, 'conversations.invite', {
      scopes: ['channels:write', 'groups:write'],
      arguments: { channel: z.string(), users: z.string(), force: yes.optional() },
      answer({ channel: id, users }) {
        const channel = workspace.channel(id);
        for (const user of users.split(',')) {
          if (!workspace.users.has(user)) throw new Refused('user_not_found');
          if (channel.members.includes(user)) throw new Refused('already_in_channel');
          channel.members.push(user);
          workspace.post(id, {
            subtype: 'channel_join',
            user,
            inviter: workspace.me,
            text: `<@${user}> has joined the channel`,
          });
          workspace.tell({
            type: 'member_joined_channel',
            user,
            channel: id,
            inviter: workspace.me,
            team: workspace.team.id,
          });
        }
        return { channel: conversationObject(workspace, channel, true) };
      },
    }),
  ];
}
