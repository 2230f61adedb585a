import { createHash } from 'node:crypto';
import {
  asMessageKey,
  type ChannelEvent,
  type IncomingMessage,
  type MessageKey,
  type Part,
  type UserKey,
} from '../../../src-shared/model/index.ts';
import { appKey, conversationKey, isMessageId, messageKey, orderOf, type Place, userKey } from '../ids.ts';
import { hostedIn } from '../text/read.ts';
import { Message } from '../wire.ts';
import { attached, hostedPart, textParts } from './attachments.ts';
import { type Judged, judged } from './policy.ts';
import { systemParts, type Telling } from './system.ts';

/** A message as Graph told it, read as far as that goes. */
export interface Seen {
  readonly key: MessageKey;
  readonly raw: unknown;
  /** Undefined for one that cannot be read. */
  readonly message: Message | undefined;
  /** Who last changed it, as text: whatever is told with the same is told again. */
  readonly etag: string;
  /** Unix ms; 0 where it cannot be read. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Never throws, whatever `raw` is. `root`: the thread it was found in. */
export function see(place: Place, raw: unknown, root?: string): Seen {
  const message = Message.safeParse(raw).data;
  // Ids count milliseconds, which helps where a time is not written as it should be.
  const createdAt = message?.createdDateTime ?? timeIn(message?.id);
  if (!message || createdAt === undefined) {
    const written = JSON.stringify(raw) ?? 'nothing';
    const hash = createHash('sha256').update(written).digest('hex').slice(0, 24);
    const known = message && messageKey(place, message.id, threadOf(message, root));
    const key = known ?? asMessageKey(`${conversationKey(place)}|damaged-${hash}`);
    return { key, raw, message: undefined, etag: hash, createdAt: 0, modifiedAt: 0 };
  }
  const { id, lastModifiedDateTime, deletedDateTime = 0 } = message;
  const modifiedAt = Math.max(lastModifiedDateTime ?? createdAt, deletedDateTime);
  const etag = `${message.etag ?? ''}/${modifiedAt}`;
  return { key: messageKey(place, id, threadOf(message, root)), raw, message, etag, createdAt, modifiedAt };
}
const timeIn = (id: string | undefined): number | undefined =>
  id !== undefined && /^1\d{12}$/.test(id) ? Number(id) : undefined;
/** In chats `replyToId` says nothing: there an answer is told by an attachment. */
const threadOf = ({ id, replyToId, channelIdentity }: Message, root: string | undefined): string | undefined => {
  const thread = root ?? (channelIdentity ? replyToId : undefined);
  return thread === undefined || thread === id || !isMessageId(thread) ? undefined : thread;
};

/** The message itself. `near`: a time for one so damaged that it has none of its own, Unix ms. */
export function messageEvents(place: Place, seen: Seen, telling: Telling, near: number): readonly ChannelEvent[] {
  const { message } = seen;
  if (!message) return [damaged(place, seen, near)];
  const { from, id } = message;
  const author = authorOf(message, telling.me);
  const person = from?.user ?? from?.application;
  const introduced: readonly ChannelEvent[] =
    author.is === 'user' && person?.displayName
      ? [
          {
            type: 'user',
            key: author.key,
            patch: {
              name: person.displayName.trim().slice(0, 1024) || author.key,
              ...(from?.user ? {} : { bot: true }),
            },
            at: seen.createdAt,
          },
        ]
      : [];
  const judgement = judged(message, author.is === 'me');
  const { parts, rest, answers, forwarded } = contentOf(message, telling, judgement);
  const lost = unread(seen.raw, message);
  const raw = { ...rest, ...lost };
  // Whoever reads it should know that there were words.
  const shown: readonly Part[] =
    'body' in lost && parts[0]?.kind !== 'unsupported' ? [{ kind: 'unsupported', what: 'message' }, ...parts] : parts;
  const { deletedDateTime: deletedAt, lastEditedDateTime: editedAt } = message;
  // A policy hides words, or gives them back, without an edit.
  const version = deletedAt ?? (judgement ? seen.modifiedAt : (editedAt ?? 0));
  const order = orderOf(id);
  const root = threadIn(seen.key, place);
  const incoming: IncomingMessage = {
    key: seen.key,
    conversation: conversationKey(place),
    from: author,
    at: seen.createdAt,
    ...(order !== undefined && { order }),
    ...(message.subject && { subject: message.subject.slice(0, 10_000) }),
    parts: shown.slice(0, 1000),
    ...(version > 0 && { version }),
    ...(editedAt !== undefined && { editedAt }),
    ...(root !== undefined && { threadRoot: root }),
    ...(answers !== undefined && { replyTo: messageKey(place, answers) }),
    ...(forwarded && { forwardedFrom: forwarded }),
    ...(message.importance === 'high' || message.importance === 'urgent' ? { flags: { important: true } } : {}),
    ...mentionsOf(message, telling),
    ...(Object.keys(raw).length > 0 && { raw }),
  };
  return [...introduced, { type: 'message', message: incoming }];
}

/** Under which first message it stands, written in its key. */
function threadIn(key: MessageKey, place: Place): MessageKey | undefined {
  const rest = key.slice(conversationKey(place).length + 1);
  const slash = rest.indexOf('/');
  return slash < 0 ? undefined : messageKey(place, rest.slice(0, slash));
}

function authorOf({ from, eventDetail }: Message, me: string): IncomingMessage['from'] {
  if (eventDetail || !from) return { is: 'system' };
  const { user, application } = from;
  if (user) {
    const key = userKey(user.id);
    return key === me ? { is: 'me', key } : { is: 'user', key };
  }
  return application ? { is: 'user', key: appKey(application.id) } : { is: 'system' };
}

interface Contents {
  readonly parts: readonly Part[];
  /** What there is no word for, by field, for `raw`. */
  readonly rest: Record<string, unknown>;
  readonly answers?: string | undefined;
  readonly forwarded?: IncomingMessage['forwardedFrom'] | undefined;
}
function contentOf(message: Message, telling: Telling, judgement: Judged | undefined): Contents {
  if (message.deletedDateTime !== undefined)
    return { parts: [{ kind: 'system', event: 'removed', text: 'This message was deleted.' }], rest: {} };
  const happened = systemParts(message, telling);
  if (happened) return { parts: happened, rest: { eventDetail: message.eventDetail } };
  const { policyViolation } = message;
  const kept = policyViolation === undefined ? {} : { policyViolation };
  const line = judgement?.line;
  if (line && judgement.hidden) return { parts: [line], rest: kept };
  const { contentType, content = '' } = message.body ?? {};
  const html = contentType === 'html';
  const words: readonly Part[] = html
    ? textParts(content)
    : content.trim() === ''
      ? []
      : [{ kind: 'text', format: 'plain', text: content }];
  const { parts, answers, forwarded, unknown } = attached(message);
  const pictures = html
    ? hostedIn(content)
        .filter((id) => id.length <= 1500)
        .map(hostedPart)
    : [];
  const all = [...(line ? [line] : []), ...words, ...pictures, ...parts].slice(0, 1000);
  const strange = message.messageType !== undefined && !['message', 'systemEventMessage'].includes(message.messageType);
  const rest = {
    ...kept,
    ...(unknown.length > 0 && { attachments: unknown }),
    ...(strange && { messageType: message.messageType }),
  };
  return {
    parts:
      all.length > 0
        ? all
        : [{ kind: 'unsupported', what: strange ? String(message.messageType).slice(0, 100) : 'message' }],
    rest,
    answers,
    forwarded,
  };
}

/** Fields that are there and could not be read, or only in part. */
const looked = ['from', 'body', 'attachments', 'mentions', 'reactions', 'eventDetail', 'policyViolation'] as const;
function unread(raw: unknown, message: Message): Readonly<Record<string, unknown>> {
  if (typeof raw !== 'object' || raw === null) return {};
  return Object.fromEntries(
    looked.flatMap((field) => {
      const said: unknown = Reflect.get(raw, field);
      const read: unknown = Reflect.get(message, field);
      if (said === undefined || said === null) return [];
      const partly = Array.isArray(said) && Array.isArray(read) && read.length < said.length;
      return read === undefined || partly ? [[field, said]] : [];
    }),
  );
}

/** Whoever is named, and the reader where everybody is (a channel, a team, a chat). */
function mentionsOf({ mentions = [] }: Message, { me }: Telling): Pick<IncomingMessage, 'mentions'> {
  const found = new Map<UserKey, { key: UserKey; name?: string; me?: boolean }>();
  for (const { mentionText, mentioned } of mentions) {
    const person = mentioned?.user;
    const bot = mentioned?.application;
    const key = person ? userKey(person.id) : bot ? appKey(bot.id) : mentioned?.conversation ? userKey(me) : undefined;
    if (key === undefined) continue;
    const name = person || bot ? (mentionText ?? person?.displayName ?? bot?.displayName) : undefined;
    if (!found.has(key)) found.set(key, { key, ...(name && { name }), ...(key === me && { me: true }) });
  }
  return found.size === 0 ? {} : { mentions: [...found.values()].slice(0, 10_000) };
}

/** A message that cannot be read is kept where it was met, so that a person sees that there is something. */
function damaged(place: Place, { key, raw }: Seen, near: number): ChannelEvent {
  return {
    type: 'message',
    message: {
      key,
      conversation: conversationKey(place),
      from: { is: 'system' },
      at: near,
      parts: [{ kind: 'unsupported', what: 'damaged message' }],
      raw: { damaged: (JSON.stringify(raw) ?? 'nothing').slice(0, 100_000) },
    },
  };
}
