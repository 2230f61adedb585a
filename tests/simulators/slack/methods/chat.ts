import { z } from 'zod';
import type { Route } from '../../_base/index.ts';
import { blocks } from '../blocks.ts';
import { json, method, type Place, yes } from '../method.ts';
import { Refused, type SlackMessage } from '../state.ts';

/** Words, and of the modifiers `is:thread` and `after:` (https://slack.com/help/articles/202528808). */
function matching(query: string): (message: SlackMessage) => boolean {
  const words = query.split(/\s+/);
  const after = words.find((word) => word.startsWith('after:'))?.slice(6);
  const inThread = words.includes('is:thread');
  const rest = words
    .filter((word) => word !== 'is:thread' && !word.startsWith('after:'))
    .join(' ')
    .toLowerCase();
  return ({ ts, thread_ts: thread, text = '' }) =>
    text.toLowerCase().includes(rest) &&
    (!inThread || (thread !== undefined && thread !== ts)) &&
    (after === undefined || new Date(Number(ts) * 1000).toISOString().slice(0, 10) > after);
}
const longest = 40_000;
const Metadata = z.strictObject({
  event_type: z.string().regex(/^[a-z][a-z0-9_]*$/),
  event_payload: z.record(z.string(), z.unknown()),
});
/** Through an app the person writes as themselves, and the message names the app. */
export const byApp = {
  app_id: 'A0CARILLON',
  bot_id: 'B0CARILLON',
  bot_profile: { id: 'B0CARILLON', name: 'Carillon', app_id: 'A0CARILLON' },
};

export function chatMethods(place: Place): readonly Route[] {
  const { workspace } = place;
  const own = (channel: string, ts: string, refusal: string) => {
    const message = workspace.message(channel, ts);
    if (message.user !== workspace.me) throw new Refused(refusal);
    return message;
  };
  return [
    method(place, 'chat.postMessage', {
      scopes: ['chat:write'],
      arguments: {
        channel: z.string(),
        text: z.string().optional(),
        blocks: blocks.optional(),
        thread_ts: z.string().optional(),
        reply_broadcast: yes.optional(),
        metadata: json(Metadata).optional(),
        mrkdwn: yes.optional(),
        unfurl_links: yes.optional(),
        unfurl_media: yes.optional(),
      },
      answer({ channel: id, text = '', thread_ts: thread, metadata, blocks }) {
        const channel = workspace.channel(id);
        if (!channel.members.includes(workspace.me)) throw new Refused('not_in_channel');
        if (channel.archived) throw new Refused('is_archived');
        if (text === '' && blocks === undefined) throw new Refused('no_text');
        if (text.length > longest) throw new Refused('msg_too_long');
        const message = workspace.post(id, {
          ...byApp,
          user: workspace.me,
          text,
          ...(blocks && { blocks }),
          ...(thread !== undefined && { thread_ts: thread }),
          ...(metadata && { metadata }),
        });
        return { channel: id, ts: message.ts, message: workspace.shown(id, message, true) };
      },
    }),
    method(place, 'chat.update', {
      scopes: ['chat:write'],
      arguments: { channel: z.string(), ts: z.string(), text: z.string().optional(), blocks: blocks.optional() },
      answer({ channel, ts, text = '', blocks }) {
        own(channel, ts, 'cant_update_message');
        if (text === '' && blocks === undefined) throw new Refused('no_text');
        // "If the text argument is provided and blocks are not provided, the blocks will be removed"; with blocks "the edited
        // flag will not be displayed".
        const message = workspace.edit(channel, ts, { text, blocks }, blocks === undefined);
        // As documented: the answer shows the words, not when they were changed.
        return { channel, ts, text, message: { type: 'message', user: workspace.me, text: message.text } };
      },
    }),
    method(place, 'chat.delete', {
      scopes: ['chat:write'],
      arguments: { channel: z.string(), ts: z.string() },
      answer({ channel, ts }) {
        own(channel, ts, 'cant_delete_message');
        workspace.remove(channel, ts);
        return { channel, ts };
      },
    }),
    ...(['add', 'remove'] as const).map((what) =>
      method(place, `reactions.${what}`, {
        scopes: ['reactions:write'],
        arguments: {
          channel: z.string(),
          timestamp: z.string(),
          name: z.string().regex(/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/),
        },
        answer({ channel, timestamp, name }) {
          workspace.react(channel, timestamp, workspace.me, name, what === 'add');
          return {};
        },
      }),
    ),
    method(place, 'reactions.get', {
      scopes: ['reactions:read'],
      arguments: { channel: z.string(), timestamp: z.string(), full: yes.optional() },
      answer({ channel, timestamp, full }) {
        const message = workspace.message(channel, timestamp);
        const shown = workspace.shown(channel, message, false);
        return { type: 'message', channel, message: full ? { ...shown, reactions: message.reactions } : shown };
      },
    }),
    ...(['add', 'remove'] as const).map((what) =>
      method(place, `pins.${what}`, {
        scopes: ['pins:write'],
        arguments: { channel: z.string(), timestamp: z.string() },
        answer({ channel, timestamp }) {
          workspace.pin(channel, timestamp, workspace.me, what === 'add');
          return {};
        },
      }),
    ),
    method(place, 'search.messages', {
      scopes: ['search:read'],
      arguments: {
        query: z.string(),
        count: z.coerce.number().int().max(100).optional(),
        page: z.coerce.number().int().max(100).optional(),
        sort: z.enum(['score', 'timestamp']).optional(),
        sort_dir: z.enum(['asc', 'desc']).optional(),
        highlight: yes.optional(),
      },
      answer({ query, count = 20, page = 1 }) {
        const found = [...workspace.channels.values()]
          .flatMap((channel) => [...workspace.in(channel.id).values()].map((message) => ({ channel, message })))
          .filter(({ message }) => matching(query)(message))
          .toSorted((a, b) => (a.message.ts < b.message.ts ? 1 : -1));
        const matches = found.slice((page - 1) * count, page * count).map(({ channel, message }) => ({
          iid: `sim-${message.ts}`,
          team: workspace.team.id,
          type: 'message',
          channel: { id: channel.id, name: channel.name, is_private: channel.kind !== 'public' },
          user: message.user,
          username: workspace.users.get(message.user ?? '')?.name,
          ts: message.ts,
          text: message.text,
          permalink: `https://northwind.slack.example/archives/${channel.id}/p${message.ts.replace('.', '')}${message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}` : ''}`,
        }));
        const pages = Math.ceil(found.length / count);
        return {
          query,
          messages: { total: found.length, matches, paging: { count, page, pages, total: found.length } },
        };
      },
    }),
  ];
}
