import type { MessageId } from '../../../src-shared/model/index.ts';
import { insertion } from '../connection/insertion.ts';
import { authorIs, states } from '../model.ts';
import type { LabelRow, MessageRow } from '../schema.ts';
import { pack } from '../text/pack.ts';
import { insertAttachments } from './content.ts';
import { conversationByKey } from './conversations.ts';
import { isCopy } from './draft-copies.ts';
import { adoptEcho } from './echo.ts';
import { mergeFlags, noFlags } from './flag-registers.ts';
import { queueIndex } from './indexing.ts';
import { conversationByLinks } from './links.ts';
import { mergeMessage } from './message-again.ts';
import { newMessageId } from './message-id.ts';
import { joinConversation, type PeopleOfMessage, peopleOf } from './people-of.ts';
import { labelByKey, place, placeFirst } from './placements.ts';
import type { PreparedMessage } from './prepare.ts';
import { isReadUpTo } from './read-position.ts';
import { countLabels, countOnly, labelsText } from './refresh.ts';
import { storeSource } from './source.ts';
import { stateOf } from './state.ts';
import type { Account, Conversation, Work } from './work.ts';

export interface Stored {
  readonly id: MessageId;
  readonly added: boolean;
}

/** New, or met again: either way the message is here afterwards, once (SPEC, I-1). */
export function applyMessage(work: Work, account: Account, message: PreparedMessage): Stored {
  const echo = message.txn === undefined ? undefined : adoptEcho(work, account, message.txn, message.key);
  const isNew = work.foreseen.noMessage.delete(message.key) && !echo;
  const row = isNew
    ? undefined
    : (echo ??
      work.sql.get<MessageRow>('SELECT * FROM messages WHERE account = ? AND key = ?', account.id, message.key));
  const people = peopleOf(work, account, message);
  if (row) {
    mergeMessage(work, account, row, message, people);
    return { id: row.id, added: false };
  }
  const conversation =
    message.conversation === undefined
      ? conversationByLinks(work, account, message.links ?? [])
      : conversationByKey(work, account, message.conversation);
  return { id: insertMessage(work, account, conversation, message, people), added: true };
}

const usual = ['id', 'account', 'key', 'conversation', 'at', 'state', 'author', 'author_is', 'author_name'];
const shown = ['flags', 'flags_at', 'shown', 'labels', 'subject', 'preview'];
/** What most messages do not have; the order of `seldomOf`. */
const seldom = ['ord', 'version', 'base_version', 'edited_at', 'flags_times', 'reply_to', 'thread_root', 'txn'];
const newMessage = insertion('messages', [...usual, ...shown], { ord: `''`, version: '0', base_version: '0' });
const newMessageWithMore = insertion('messages', [...usual, ...shown, ...seldom]);
const newBody = insertion('bodies', ['message', 'content', 'recipients', 'links']);
const newBodyWithMore = insertion('bodies', ['message', 'content', 'recipients', 'links', 'forwarded_from', 'raw']);

function seldomOf(message: PreparedMessage, flagTimes: string | null): readonly (string | number | null)[] | undefined {
  const { order = '', version = 0, editedAt = null, replyTo = null, threadRoot = null, txn = null } = message;
  const told = [editedAt, flagTimes, replyTo, threadRoot, txn];
  if (order === '' && version === 0 && told.every((value) => value === null)) return undefined;
  return [order, version, version, ...told];
}

export function insertMessage(
  work: Work,
  account: Account,
  conversation: Conversation,
  message: PreparedMessage,
  people: PeopleOfMessage,
): MessageId {
  const { sql } = work;
  const { content, texts } = message;
  const id = newMessageId(work, message.at);
  const observedAt = message.observedAt ?? message.at;
  const packed = mergeFlags(noFlags, message.flags ?? {}, observedAt);
  const position = { ord: message.order ?? '', at: message.at, key: message.key };
  joinConversation(work, conversation, message, people);

  const labels = new Map<number, LabelRow>();
  const placed = new Set<number>();
  let everPlaced = false;
  for (const placement of message.placements ?? []) {
    const label = labelByKey(work, account, placement.label);
    const ref = placement.ref ?? '';
    if (placed.has(label.id)) place(work, id, label, ref, true, observedAt);
    else if (placeFirst(work, id, label, ref, observedAt)) labels.set(label.id, label);
    placed.add(label.id);
    if (label.kind !== 'keyword') everPlaced = true;
  }
  const hasFiles = insertAttachments(work, id, content.attachments);
  const standing = [...labels.values()];
  const state = stateOf({
    authorIs: authorIs[message.from.is],
    removed: false,
    takenAway: false,
    linked: conversation.row.linked === 1,
    shown: packed.flags,
    labels: standing,
    everPlaced,
    hasFiles,
    failed: false,
    readUpTo: isReadUpTo(conversation, position),
    copy: isCopy(work, account, message.key),
  });
  const labelText = labelsText(state, standing);
  const row = [
    id,
    account.id,
    message.key,
    conversation.row.id,
    message.at,
    state,
    people.author?.id ?? null,
    authorIs[message.from.is],
    message.from.is === 'system' ? null : (message.from.name ?? null),
    packed.flags,
    packed.flags_at,
    packed.flags,
    labelText,
    content.subject,
    content.preview,
  ];
  const more = seldomOf(message, packed.flags_times);
  if (more) sql.later(newMessageWithMore, ...row, ...more);
  else sql.later(newMessage, ...row);
  const body = [id, pack(content.text), texts.recipients, texts.links];
  if (texts.forwardedFrom === null && texts.raw === null) sql.later(newBody, ...body);
  else sql.later(newBodyWithMore, ...body, texts.forwardedFrom, texts.raw === null ? null : pack(texts.raw));
  if (message.source) storeSource(work, id, message.source);
  countOnly(conversation, 0, state);
  countLabels(conversation, '[]', labelText);
  const added = {
    id,
    ...position,
    state,
    subject: content.subject,
    preview: content.preview,
    author: people.author?.id ?? null,
  };
  conversation.added?.messages.push(added);
  if (state & states.shown) {
    conversation.grown ??= { messages: [] };
    conversation.grown.messages.push(added);
  }
  queueIndex(work, account, id, message, people);
  return id;
}
