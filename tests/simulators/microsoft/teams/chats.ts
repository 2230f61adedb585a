import { z } from 'zod';
import { type Call, me, type Route, route } from '../../_base/index.ts';
import { answered } from '../mail.ts';
import { Refused } from '../mailbox.ts';
import { Body, NewMessage, originOf, paged, Reacting, Top, tellsSystem, toPost } from './http.ts';
import { chatAsTold, memberAsTold, messageAsTold } from './told.ts';
import { idOf, personOf, type Stored, type TeamsWorld, who } from './world.ts';

const root = '/v1.0';
const nothing = z.strictObject({});
const list = z.strictObject({
  $expand: z.enum(['members', 'lastMessagePreview', 'members,lastMessagePreview']).optional(),
  $orderby: z.literal('lastMessagePreview/createdDateTime desc').optional(),
  $top: Top.optional(),
  $skiptoken: z.string().optional(),
});
/** https://learn.microsoft.com/en-us/graph/api/chat-list-messages: descending only, and other parameters are not supported. */
const messages = z.strictObject({
  $top: Top.optional(),
  $orderby: z.enum(['lastModifiedDateTime desc', 'createdDateTime desc']).optional(),
  $filter: z.string().optional(),
  $skiptoken: z.string().optional(),
});
const binding = /^https?:\/\/[^/]+\/v1\.0\/users\('([^']+)'\)$/;
const NewChat = z.strictObject({
  chatType: z.enum(['oneOnOne', 'group']),
  topic: z.string().min(1).max(250).optional(),
  members: z
    .array(
      z.strictObject({
        '@odata.type': z.literal('#microsoft.graph.aadUserConversationMember'),
        roles: z.array(z.enum(['owner', 'guest'])),
        'user@odata.bind': z.string().regex(binding),
      }),
    )
    .min(2),
});

/** https://learn.microsoft.com/en-us/graph/api/resources/chat: chats and what is said in them. */
export function chatRoutes(world: TeamsWorld): readonly Route[] {
  const told = (call: Pick<Call, 'headers'>, message: Stored) =>
    messageAsTold(message, undefined, originOf(call), tellsSystem(call));
  const messageIn = ({ params }: Pick<Call, 'params'>) =>
    world.message(world.chat(params.chat ?? '').id, params.message ?? '');

  return [
    route(`GET ${root}/me/chats`, {
      query: list,
      answer: (call) =>
        answered(() => {
          const { $expand = '', $top = 20 } = call.query;
          const written = (id: string) => Math.max(0, ...world.within(id).map(({ at }) => at));
          const mine = world.chats.filter(({ members }) => members.includes(idOf(me)));
          const sorted = mine
            .map((chat) => ({ chat, at: written(chat.id) }))
            .toSorted((a, b) => b.at - a.at || (a.chat.id < b.chat.id ? -1 : 1));
          const page = paged(
            call,
            sorted.map(({ chat }) => chat),
            $top,
            ({ id }) => id,
          );
          return { ...page, value: page.value.map((chat) => chatAsTold(world, chat, $expand.split(','))) };
        }),
    }),
    route(`POST ${root}/chats`, {
      query: nothing,
      body: NewChat,
      answer: ({ body }) =>
        answered(() => {
          const ids = body.members.map((one) => binding.exec(one['user@odata.bind'])?.[1]?.toLowerCase() ?? '');
          if (!ids.includes(idOf(me))) throw new Refused(400, 'BadRequest', 'The caller must be one of the members.');
          if (!ids.every((id) => personOf(id))) throw new Refused(404, 'NotFound', 'A member was not found.');
          const others = ids.filter((id) => id !== idOf(me));
          if (body.chatType === 'oneOnOne' && (ids.length !== 2 || body.topic !== undefined))
            throw new Refused(400, 'BadRequest', 'A oneOnOne chat has two members and no topic.');
          return chatAsTold(world, world.addChat(body.chatType, others, body.topic ?? null), []);
        }, 201),
    }),
    route(`GET ${root}/chats/:chat/members`, {
      query: nothing,
      answer: ({ params }) => answered(() => ({ value: world.chat(params.chat ?? '').members.map(memberAsTold) })),
    }),
    route(`GET ${root}/chats/:chat/messages`, {
      query: messages,
      answer: (call) =>
        answered(() => {
          const { $top = 20, $orderby = 'lastModifiedDateTime desc', $filter } = call.query;
          const by = $orderby.startsWith('created') ? 'createdDateTime' : 'lastModifiedDateTime';
          const value = (one: Stored) => (by === 'createdDateTime' ? one.at : one.modifiedAt);
          const [, property, sign, time] = /^(\w+) (gt|lt) (\S+)$/.exec($filter ?? '') ?? [];
          if ($filter !== undefined && (property === undefined || Number.isNaN(Date.parse(time ?? ''))))
            throw new Refused(400, 'BadRequest', 'Invalid filter clause.');
          if (property === 'createdDateTime' && sign !== 'lt')
            throw new Refused(400, 'BadRequest', 'createdDateTime supports lt only.');
          const bound = Date.parse(time ?? '');
          // A filter on another property than the order is by is ignored in silence.
          const fits = (one: Stored) => property !== by || (sign === 'gt' ? value(one) > bound : value(one) < bound);
          const sorted = world
            .within(world.chat(call.params.chat ?? '').id)
            .filter(fits)
            .toSorted((a, b) => value(b) - value(a));
          const page = paged(call, sorted, Math.min($top, world.largestPage), ({ id }) => id);
          return { ...page, '@odata.count': page.value.length, value: page.value.map((one) => told(call, one)) };
        }),
    }),
    route(`GET ${root}/chats/:chat/messages/:message`, {
      query: nothing,
      answer: (call) => answered(() => told(call, messageIn(call))),
    }),
    route(`POST ${root}/chats/:chat/messages`, {
      query: nothing,
      body: NewMessage,
      answer: (call) =>
        answered(() => {
          const { id } = world.chat(call.params.chat ?? '');
          return told(call, world.post(id, { ...toPost(call.body), by: idOf(me) }));
        }, 201),
    }),
    route(`POST ${root}/chats/:chat/messages/replyWithQuote`, {
      query: nothing,
      body: z.strictObject({ messageIds: z.array(z.string()).min(1).max(10), replyMessage: NewMessage }),
      answer: (call) =>
        answered(() => {
          const { id } = world.chat(call.params.chat ?? '');
          const quoted = call.body.messageIds.map((one) => world.message(id, one));
          const post = toPost(call.body.replyMessage);
          const references = quoted.map((one) => ({
            id: one.id,
            contentType: 'messageReference',
            content: JSON.stringify({
              messageId: one.id,
              messagePreview: one.body.content.replace(/<[^>]*>/g, ''),
              messageSender: one.by === undefined ? null : who(one.by),
            }),
          }));
          const html = `${quoted.map((one) => `<attachment id="${one.id}"></attachment>`).join('')}${post.html ?? post.text ?? ''}`;
          return told(
            call,
            world.post(id, { ...post, html, attachments: [...references, ...(post.attachments ?? [])], by: idOf(me) }),
          );
        }, 201),
    }),
    route(`PATCH ${root}/chats/:chat/messages/:message`, {
      query: nothing,
      body: NewMessage,
      answer: (call) => answered(() => world.edit(messageIn(call), toPost(call.body), idOf(me))),
    }),
    ...(['setReaction', 'unsetReaction'] as const).map((action) =>
      route(`POST ${root}/chats/:chat/messages/:message/${action}`, {
        query: nothing,
        body: Reacting,
        answer: (call) =>
          answered(() => world.react(messageIn(call), call.body.reactionType, idOf(me), action === 'setReaction')),
      }),
    ),
    route(`POST ${root}/users/:user/chats/:chat/messages/:message/softDelete`, {
      query: nothing,
      answer: (call) =>
        answered(() => {
          if (call.params.user !== idOf(me)) throw new Refused(403, 'Forbidden', 'The user is another one.');
          world.remove(messageIn(call), idOf(me));
        }),
    }),
    route(`GET ${root}/chats/:chat/messages/:message/hostedContents/:hosted/$value`, {
      query: nothing,
      answer: (call) => bytesOf(() => messageIn(call), call.params.hosted ?? ''),
    }),
    route(`POST ${root}/chats/:chat/markChatReadForUser`, {
      query: nothing,
      body: z.strictObject({ user: z.strictObject({ id: z.literal(idOf(me)), tenantId: z.string().optional() }) }),
      answer: ({ params }) => answered(() => world.markRead(world.chat(params.chat ?? ''))),
    }),
    route(`POST ${root}/chats/:chat/pinnedMessages`, {
      query: nothing,
      body: z.strictObject({ 'message@odata.bind': Body.bind }),
      answer: ({ params, body }) =>
        answered(() => {
          const id = /\/messages\/([^/]+)$/.exec(body['message@odata.bind'])?.[1] ?? '';
          world.pin(world.chat(params.chat ?? ''), id, true);
          return { '@odata.type': '#microsoft.graph.pinnedChatMessageInfo', id };
        }, 201),
    }),
    route(`DELETE ${root}/chats/:chat/pinnedMessages/:message`, {
      query: nothing,
      answer: ({ params }) => answered(() => world.pin(world.chat(params.chat ?? ''), params.message ?? '', false)),
    }),
  ];
}

export function bytesOf(find: () => Stored, id: string) {
  const found = answered(() => {
    const hosted = find().hosted.get(id);
    if (!hosted) throw new Refused(404, 'NotFound', 'The hosted content was not found.');
    return { type: hosted.type, bytes: hosted.bytes.toString('base64') };
  });
  if (found.status !== 200) return found;
  const { type, bytes } = found.json as { type: string; bytes: string };
  return { bytes: Buffer.from(bytes, 'base64'), type };
}
