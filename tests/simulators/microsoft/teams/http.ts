import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Call } from '../../_base/index.ts';
import { Refused } from '../mailbox.ts';
import type { NewMessage as Post } from './world.ts';

/** What chats and channels have in common. */
export const Top = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .refine((top) => top >= 1 && top <= 50, 'The limit of 50 for Top query has been exceeded');
const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const identity = z.strictObject({
  id: z.string().regex(guid),
  displayName: z.string(),
  userIdentityType: z.literal('aadUser'),
});
const conversation = z.strictObject({
  id: z.string().min(1),
  displayName: z.string().min(1),
  conversationIdentityType: z.enum(['team', 'channel', 'chat']),
});
export const Body = { bind: z.string().regex(/^https?:\/\/[^/]+\/v1\.0\/chats\/[^/]+\/messages\/[^/]+$/) };
/** https://learn.microsoft.com/en-us/graph/api/chatmessage-post, as far as a person writes. */
export const NewMessage = z.strictObject({
  body: z.strictObject({ contentType: z.enum(['html', 'text']).optional(), content: z.string() }),
  mentions: z
    .array(
      z.strictObject({
        id: z.number().int().nonnegative(),
        mentionText: z.string().min(1),
        mentioned: z.union([z.strictObject({ user: identity }), z.strictObject({ conversation })]),
      }),
    )
    .optional(),
  attachments: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        contentType: z.string(),
        contentUrl: z.string().nullish(),
        content: z.string().nullish(),
        name: z.string().nullish(),
      }),
    )
    .optional(),
  hostedContents: z
    .array(
      z.strictObject({
        '@microsoft.graph.temporaryId': z.string(),
        contentBytes: z.base64(),
        contentType: z.string(),
      }),
    )
    .optional(),
});

/** What was sent as it is kept: checked against itself, and with ids for its pictures. */
export function toPost({
  body,
  mentions = [],
  attachments = [],
  hostedContents = [],
}: z.infer<typeof NewMessage>): Post {
  let { content } = body;
  const html = body.contentType === 'html';
  for (const { id } of mentions)
    if (!new RegExp(`<at id="${id}">`).test(content))
      throw new Refused(400, 'BadRequest', `Mention ${id} has no at element in the body.`);
  for (const { id } of attachments)
    if (!content.includes(`<attachment id="${id}">`))
      throw new Refused(400, 'BadRequest', `Attachment ${id} has no marker in the body.`);
  if (content.trim() === '' && attachments.length === 0) throw new Refused(400, 'BadRequest', 'Empty message.');
  const hosted = new Map(
    hostedContents.map((one) => {
      const bytes = Buffer.from(one.contentBytes, 'base64');
      const id = createHash('sha256').update(bytes).update(one['@microsoft.graph.temporaryId']).digest('base64url');
      const before = `../hostedContents/${one['@microsoft.graph.temporaryId']}/$value`;
      if (!content.includes(before)) throw new Refused(400, 'BadRequest', 'A hosted content is not in the body.');
      content = content.replaceAll(before, `../hostedContents/${id}/$value`);
      return [id, { bytes, type: one.contentType }] as const;
    }),
  );
  return { ...(html ? { html: content } : { text: content }), mentions, attachments, hosted };
}

/** https://learn.microsoft.com/en-us/graph/api/chatmessage-setreaction: an emoji; the words there were first are still taken. */
export const Reacting = z.strictObject({
  reactionType: z.string().regex(/^(?:like|angry|sad|laugh|heart|surprised|\P{ASCII}+|[\d#*]\ufe0f\u20e3)$/u),
});

export const originOf = ({ headers }: Pick<Call, 'headers'>): string => `http://${headers.host}`;
/** https://learn.microsoft.com/en-us/graph/api/chat-list-messages, example 2. */
export const tellsSystem = ({ headers }: Pick<Call, 'headers'>): boolean =>
  /include-unknown-enum-members/.test(headers.prefer ?? '');

/** A page, and the way to the next: after the last of this one, wherever that stands by then. */
export function paged<T>(
  call: Pick<Call, 'headers' | 'url'>,
  all: readonly T[],
  size: number,
  idOf: (one: T) => string,
) {
  const token = call.url.searchParams.get('$skiptoken');
  const last = token === null ? undefined : Buffer.from(token, 'base64url').toString('utf8');
  const at = last === undefined ? -1 : all.findIndex((one) => idOf(one) === last);
  if (last !== undefined && at < 0) throw new Refused(400, 'BadRequest', 'The skip token is not valid.');
  const value = all.slice(at + 1, at + 1 + size);
  const end = value.at(-1);
  const next = new URL(`${originOf(call)}${call.url.pathname}`);
  for (const [name, text] of call.url.searchParams) next.searchParams.set(name, text);
  if (end !== undefined) next.searchParams.set('$skiptoken', Buffer.from(idOf(end), 'utf8').toString('base64url'));
  const more = at + 1 + size < all.length;
  return { value, ...(more ? { '@odata.nextLink': next.href } : {}) };
}
