import { createHash } from 'node:crypto';
import {
  asMessageKey,
  asTxnId,
  type ChannelEvent,
  type IncomingMessage,
  type Part,
  type TxnId,
} from '../../../src-shared/model/index.ts';
import { conversationKey, messageKey, microsOf, orderOf, type Ts, timeOf, userKey } from '../ids.ts';
import { emojiOf } from '../text/emoji.ts';
import { mentionsIn, readMrkdwn } from '../text/mrkdwn.ts';
import { toPlain } from '../text/rich.ts';
import { mentionsInRichText } from '../text/rich-text.ts';
import { Message } from '../wire/message.ts';
import { isRecord, unread } from '../wire/soft.ts';
import { attachmentParts } from './attachments.ts';
import { readBlocks } from './blocks.ts';
import { callPart, callVersion } from './call.ts';
import { emojiPart, filePart } from './files.ts';
import { withOwnEmoji } from './own-emoji.ts';
import { reactionEvents } from './reactions.ts';
import type { Reading } from './reading.ts';
import { happeningOf } from './system.ts';
import { textParts } from './text.ts';

/** The name of the metadata our own messages carry, and of the field that holds the transaction. */
export const txnEvent = 'carillon_message';
export const txnField = 'txn';

export interface Seen {
  readonly channel: string;
  readonly raw: unknown;
  /** Time of a neighbour, for a message so damaged that it has none of its own. */
  readonly near: Ts;
  /** Version where the message itself does not say that it changed; Unix microseconds. */
  readonly version?: number;
  /** What we know of our own sending beside the metadata. */
  readonly txn?: TxnId | undefined;
}

/** A message of a history, an event or a search, with its reactions, as events. Never throws, whatever `raw` is. */
export function messageEvents(seen: Seen, reading: Reading): readonly ChannelEvent[] {
  const { channel, raw } = seen;
  const message = Message.safeParse(raw).data;
  if (!message) return [damaged(seen)];
  const key = messageKey(channel, message.ts);
  const told: ChannelEvent[] = [
    ...botEvents(message),
    { type: 'message', message: incoming(message, seen, reading) },
    ...reactionEvents(key, message.reactions ?? [], timeOf(message.ts), reading.me),
  ];
  // What is left of the first message of a thread once it is deleted: the replies still hang on it.
  if (message.subtype === 'tombstone') told.push({ type: 'removed', target: key, at: timeOf(message.ts) });
  return told;
}

function incoming(message: Message, seen: Seen, reading: Reading): IncomingMessage {
  const { channel, raw } = seen;
  const { ts, thread_ts: thread, edited, room } = message;
  const { parts, leftover } = contentOf(message, reading);
  const version = Math.max(edited ? microsOf(edited.ts) : 0, room ? callVersion(room) : 0, seen.version ?? 0);
  const mentioned = mentionsOf(message, reading);
  const txn = seen.txn ?? txnOf(message, reading.me);
  const rest = { ...(isRecord(raw) ? unread(raw, { ...message, ...carried }) : {}), ...leftover };
  return {
    key: messageKey(channel, ts),
    conversation: conversationKey(channel),
    from: authorOf(message, reading.me),
    at: timeOf(ts),
    order: orderOf(ts),
    parts: [...parts],
    ...(version > 0 && { version }),
    ...(edited && { editedAt: timeOf(edited.ts) }),
    ...(thread !== undefined && thread !== ts && { threadRoot: messageKey(channel, thread) }),
    ...(mentioned.length > 0 && { mentions: mentioned }),
    ...(message.pinned_to?.includes(channel) && { flags: { pinned: true } }),
    ...(txn && { txn }),
    ...(Object.keys(rest).length > 0 && { raw: rest }),
  };
}

/** Said elsewhere in the model, or nothing a person would miss; by name so that `raw` holds the rest and only that. */
const carried: Readonly<Record<string, true>> = {
  channel: true,
  channel_type: true,
  event_ts: true,
  team: true,
  client_msg_id: true,
  hidden: true,
  reply_users: true,
  reply_users_count: true,
  subscribed: true,
  is_locked: true,
  last_read: true,
  upload: true,
  display_as_bot: true,
  app_id: true,
  icons: true,
  root: true,
  source_team: true,
  user_team: true,
  iid: true,
  score: true,
  permalink: true,
  no_reactions: true,
};

interface Contents {
  readonly parts: readonly Part[];
  /** What could not be read, by field, for `raw`. */
  readonly leftover: Readonly<Record<string, unknown>>;
}

function contentOf(message: Message, reading: Reading): Contents {
  const happening = happeningOf(message.subtype);
  if (happening !== undefined) {
    // It begins with whom it happened to, which is no mention.
    const said = toPlain(readMrkdwn(message.text ?? '', reading.names)).replace(/^@/, '');
    const text = said || happening.replaceAll('-', ' ');
    return { parts: [{ kind: 'system', event: happening, text }], leftover: {} };
  }
  if (message.subtype === 'tombstone')
    return { parts: [{ kind: 'system', event: 'removed', text: 'This message was deleted.' }], leftover: {} };
  if (message.room && message.subtype === 'huddle_thread')
    return { parts: [callPart(message.room, reading.me)], leftover: {} };
  return written(message, reading);
}

/** Subtypes whose messages read like any other. */
const plainly = new Set([
  'bot_message',
  'file_share',
  'me_message',
  'thread_broadcast',
  'assistant_app_thread',
  'document_mention',
]);

function written(message: Message, reading: Reading): Contents {
  const leftover: Record<string, unknown> = {};
  const keep = (field: string, unknown: readonly unknown[]) => {
    if (unknown.length > 0) leftover[field] = unknown;
  };
  const parts: Part[] = [...drawn(message, reading)];
  if (parts.length === 0) {
    const blocks = message.blocks?.length ? readBlocks(message.blocks, reading) : undefined;
    // Blocks that could not be read at all leave the text, which Slack keeps beside them for that purpose.
    if (blocks?.parts.some(({ kind }) => kind !== 'unsupported')) parts.push(...blocks.parts);
    else parts.push(...textParts(readMrkdwn(italicised(message), reading.names)));
    keep('blocks', blocks?.unknown ?? []);
  }
  const unreadable: unknown[] = [];
  for (const raw of message.attachments ?? []) {
    const read = attachmentParts(raw, reading);
    if (read) parts.push(...read.parts);
    if (!read || read.unknown.length > 0) unreadable.push(raw);
  }
  keep('attachments', unreadable);
  const lost: unknown[] = [];
  for (const raw of message.files ?? []) {
    const part = filePart(raw);
    if (part) parts.push(part);
    else lost.push(raw);
  }
  keep('files', lost);
  const strange = message.subtype !== undefined && !plainly.has(message.subtype);
  if (strange) leftover.subtype = message.subtype;
  if (parts.length === 0 || lost.length + unreadable.length > 0)
    parts.push({ kind: 'unsupported', what: lost.length > 0 ? 'file' : (message.subtype ?? 'message').slice(0, 100) });
  return { parts: parts.slice(0, 1000).map((part) => withOwnEmoji(part, reading.names)), leftover };
}

const italicised = ({ subtype, text = '' }: Message): string =>
  subtype === 'me_message' && text !== '' && !/[_\n]/.test(text) ? `_${text.trim()}_` : text;

/** A message that is nothing but the workspace's own emoji is a row of pictures. */
const mostDrawn = 10;
function drawn({ text, subtype, files, attachments }: Message, { names }: Reading): readonly Part[] {
  if (text === undefined || subtype !== undefined || files?.length || attachments?.length) return [];
  const words = text.trim().split(/\s+/);
  const found = words.map((word) => /^:([^:\s]+):$/.exec(word)?.[1]);
  const own = found.filter((name) => name !== undefined && emojiOf(name) === undefined && names.ownEmoji(name));
  return own.length === words.length && own.length <= mostDrawn
    ? own.flatMap((name) => (name ? [emojiPart(name)] : []))
    : [];
}

function authorOf(message: Message, me: string): IncomingMessage['from'] {
  const { user, bot_id: bot, username } = message;
  if (happeningOf(message.subtype) !== undefined || message.subtype === 'tombstone') return { is: 'system' };
  const name = username ? { name: username.slice(0, 1024) } : {};
  // An app that writes with our token is us; what it calls itself is said with the message.
  if ((callerOf(message) ?? user) === me) return { is: 'me', key: userKey(me), ...name };
  const who = callerOf(message) || user || bot;
  return who ? { is: 'user', key: userKey(who), ...name } : { is: 'system' };
}

/** A huddle is told by Slackbot; whose it is stands with its room. */
const callerOf = ({ subtype, room }: Message): string | undefined =>
  subtype === 'huddle_thread' ? room?.created_by : undefined;

/** Apps without a person of their own are only ever introduced by their messages. */
function botEvents(message: Message): readonly ChannelEvent[] {
  const { bot_id: bot, user, ts } = message;
  if (!bot || user) return [];
  const name = message.username || message.bot_profile?.name;
  return [
    {
      type: 'user',
      key: userKey(bot),
      patch: { bot: true, ...(name && { name: name.slice(0, 1024) }) },
      at: timeOf(ts),
    },
  ];
}

function mentionsOf(message: Message, { me, names }: Reading): NonNullable<IncomingMessage['mentions']> {
  const inBlocks = (message.blocks ?? []).map((block) =>
    mentionsInRichText(isRecord(block) && Array.isArray(block.elements) ? block.elements : []),
  );
  const all = [mentionsIn(message.text ?? ''), ...inBlocks];
  const users = [...new Set(all.flatMap(({ users: ids }) => ids))].filter((id) => id !== '').slice(0, 1000);
  const told = users.map((id) => {
    const name = names.user(id);
    return { key: userKey(id), ...(name !== undefined && { name }), ...(id === me && { me: true }) };
  });
  // @here, @channel and @everyone mean the reader too, and so does a group they are in.
  const meant = all.some(({ everyone, groups }) => everyone || groups.some((id) => names.inGroup(id)));
  return meant && !users.includes(me) ? [...told, { key: userKey(me), me: true }] : told;
}

/** The transaction a message of ours carries; only our own word is taken, for anybody may write metadata. */
export function txnOf({ metadata, user }: Message, me: string): TxnId | undefined {
  const txn = metadata?.event_type === txnEvent ? metadata.event_payload?.[txnField] : undefined;
  return user === me && typeof txn === 'string' && txn !== '' && txn.length <= 2048 ? asTxnId(txn) : undefined;
}

/** People a message names, for whom a name will be wanted. */
export function peopleIn(raw: unknown): readonly string[] {
  const message = Message.safeParse(raw).data;
  if (!message) return [];
  const inBlocks = (message.blocks ?? []).flatMap((block) =>
    isRecord(block) && Array.isArray(block.elements) ? mentionsInRichText(block.elements).users : [],
  );
  const ids = [
    callerOf(message) ?? message.user,
    message.inviter,
    ...mentionsIn(message.text ?? '').users,
    ...inBlocks,
  ];
  return [...new Set(ids.filter((id) => id !== undefined && id !== ''))].filter((id) => id !== undefined);
}

/** A message without a time of its own is kept where it was met, so that a person sees that there is something. */
function damaged({ channel, raw, near }: Seen): ChannelEvent {
  const written = JSON.stringify(raw) ?? 'nothing';
  const hash = createHash('sha256').update(written).digest('hex').slice(0, 24);
  return {
    type: 'message',
    message: {
      key: asMessageKey(`${channel}/damaged/${hash}`),
      conversation: conversationKey(channel),
      from: { is: 'system' },
      at: timeOf(near),
      order: orderOf(near),
      parts: [{ kind: 'unsupported', what: 'damaged message' }],
      raw: { damaged: written.slice(0, 100_000) },
    },
  };
}
