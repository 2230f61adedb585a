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

const newMessage = insertion(
  'messages',
  `id account key conversation ord at state author author_is author_name version base_version edited_at flags flags_at
   flags_times shown labels reply_to thread_root txn subject preview`.split(/\s+/),
);
const newBody = insertion('bodies', ['message', 'content', 'recipients', 'forwarded_from', 'links', 'raw']);

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
  const version = message.version ?? 0;
  sql.later(
    newMessage,
    id,
    account.id,
    message.key,
    conversation.row.id,
    position.ord,
    message.at,
    state,
    people.author?.id ?? null,
    authorIs[message.from.is],
    message.from.is === 'system' ? null : (message.from.name ?? null),
    version,
    version,
    message.editedAt ?? null,
    packed.flags,
    packed.flags_at,
    packed.flags_times,
    packed.flags,
    labelText,
    message.replyTo ?? null,
    message.threadRoot ?? null,
    message.txn ?? null,
    content.subject,
    content.preview,
  );
  sql.later(
    newBody,
    id,
    pack(content.text),
    texts.recipients,
    texts.forwardedFrom,
    texts.links,
    texts.raw === null ? null : pack(texts.raw),
  );
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
