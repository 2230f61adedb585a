import { createHash } from 'node:crypto';
import {
  asMessageKey,
  type ChannelEvent,
  type IncomingMessage,
  type MessageKey,
  type Part,
  type UserKey,
} from '../../../src-shared/model/index.ts';
import { appKey, conversationKey, messageKey, orderOf, type Place, userKey } from '../ids.ts';
import { hostedIn } from '../text/read.ts';
import { Message } from '../wire.ts';
import { attached, hostedPart, textParts } from './attachments.ts';
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
  if (!message || message.createdDateTime === undefined) {
    const written = JSON.stringify(raw) ?? 'nothing';
    const hash = createHash('sha256').update(written).digest('hex').slice(0, 24);
    const known = message && messageKey(place, message.id, threadOf(message, root));
    const key = known ?? asMessageKey(`${conversationKey(place)}|damaged-${hash}`);
    return { key, raw, message: undefined, etag: hash, createdAt: 0, modifiedAt: 0 };
  }
  const { id, createdDateTime: createdAt, lastModifiedDateTime, deletedDateTime = 0 } = message;
  const modifiedAt = Math.max(lastModifiedDateTime ?? createdAt, deletedDateTime);
  const etag = `${message.etag ?? ''}/${modifiedAt}`;
  return { key: messageKey(place, id, threadOf(message, root)), raw, message, etag, createdAt, modifiedAt };
}
/** In chats `replyToId` says nothing: there an answer is told by an attachment. */
const threadOf = ({ id, replyToId, channelIdentity }: Message, root: string | undefined): string | undefined => {
  const thread = root ?? (channelIdentity ? replyToId : undefined);
  return thread === id || thread === '' ? undefined : thread;
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
  const { parts, raw, answers, forwarded } = contentOf(message, telling);
  const { deletedDateTime: deletedAt, lastEditedDateTime: editedAt } = message;
  const version = deletedAt ?? editedAt ?? 0;
  const order = orderOf(id);
  const root = threadIn(seen.key, place);
  const incoming: IncomingMessage = {
    key: seen.key,
    conversation: conversationKey(place),
    from: author,
    at: seen.createdAt,
    ...(order !== undefined && { order }),
    ...(message.subject && { subject: message.subject.slice(0, 10_000) }),
    parts: [...parts],
    ...(version > 0 && { version }),
    ...(editedAt !== undefined && { editedAt }),
    ...(root !== undefined && { threadRoot: root }),
    ...(answers !== undefined && { replyTo: messageKey(place, answers) }),
    ...(forwarded && { forwardedFrom: forwarded }),
    ...(message.importance === 'high' || message.importance === 'urgent' ? { flags: { important: true } } : {}),
    ...mentionsOf(message, telling),
    ...(raw && { raw }),
  };
  return [...introduced, { type: 'message', message: incoming }];
}

/** Under which first message it stands, written in its key. */
function threadIn(key: MessageKey, place: Place): MessageKey | undefined {
  const rest = key.slice(conversationKey(place).length + 1);
  const slash = rest.indexOf('/');
  return slash < 0 ? undefined : messageKey(place, rest.slice(0, slash));
}

export function authorOf({ from, eventDetail }: Message, me: string): IncomingMessage['from'] {
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
  readonly raw: Record<string, unknown> | undefined;
  readonly answers?: string | undefined;
  readonly forwarded?: IncomingMessage['forwardedFrom'] | undefined;
}
function contentOf(message: Message, telling: Telling): Contents {
  if (message.deletedDateTime !== undefined)
    return { parts: [{ kind: 'system', event: 'removed', text: 'This message was deleted.' }], raw: undefined };
  const happened = systemParts(message, telling);
  if (happened) return { parts: happened, raw: { eventDetail: message.eventDetail } };
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
  const all = [...words, ...pictures, ...parts].slice(0, 1000);
  const strange = message.messageType !== undefined && !['message', 'systemEventMessage'].includes(message.messageType);
  const rest = {
    ...(unknown.length > 0 && { attachments: unknown }),
    ...(strange && { messageType: message.messageType }),
  };
  return {
    parts:
      all.length > 0
        ? all
        : [{ kind: 'unsupported', what: strange ? String(message.messageType).slice(0, 100) : 'message' }],
    raw: Object.keys(rest).length > 0 ? rest : undefined,
    answers,
    forwarded,
  };
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
