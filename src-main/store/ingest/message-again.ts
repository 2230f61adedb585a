import type { ConversationKey } from '../../../src-shared/model/index.ts';
import { authorIs } from '../model.ts';
import type { BodyRow, IdentityRow, MessageRow } from '../schema.ts';
import { pack, unpack } from '../text/pack.ts';
import { offerContent } from './content-versions.ts';
import { conversationByKey } from './conversations.ts';
import { copyTold } from './draft-copies.ts';
import { echoSeen } from './echo.ts';
import { mergeFlags } from './flag-registers.ts';
import { conversationByLinks } from './links.ts';
import { joinConversation, type PeopleOfMessage } from './people-of.ts';
import { labelByKey, place } from './placements.ts';
import type { PreparedMessage } from './prepare.ts';
import { readingChanged } from './reading.ts';
import { count, countLabels, refresh } from './refresh.ts';
import { saysMore } from './registers.ts';
import { storeSource } from './source.ts';
import type { Account, Conversation, Work } from './work.ts';

/** A message met again: each part of it merges by its own rule, so that meeting order does not matter (SPEC, I-1 to I-9). */
export function mergeMessage(
  work: Work,
  account: Account,
  row: MessageRow,
  message: PreparedMessage,
  people: PeopleOfMessage,
): void {
  const { sql } = work;
  const { id } = row;
  let conversation = work.conversation(row.conversation);
  if (message.conversation === undefined && conversation.row.linked === 1)
    conversation = conversationByLinks(work, account, message.links ?? [], conversation);
  joinConversation(work, conversation, message, people);

  copyTold(work, account, row, message);
  if (mergeBase(work, account, row, message, people)) {
    work.reindex.set(id, false);
    conversation.changed = true;
  }
  offerContent(work, row, {
    ...message.content,
    version: message.version ?? 0,
    editedAt: message.editedAt ?? null,
  });
  if (message.source && row.removed_at === null) storeSource(work, id, message.source);
  const observedAt = message.observedAt ?? message.at;
  const flags = mergeFlags(row, message.flags ?? {}, observedAt);
  if (flags !== row)
    sql.run(
      'UPDATE messages SET flags = ?, flags_at = ?, flags_times = ? WHERE id = ?',
      flags.flags,
      flags.flags_at,
      flags.flags_times,
      id,
    );
  for (const { label, ref } of message.placements ?? [])
    place(work, id, labelByKey(work, account, label), ref ?? '', true, observedAt);
  if (row.echo === 1) {
    sql.run('UPDATE messages SET echo = 0 WHERE id = ?', id);
    echoSeen(work, row, message.flags?.draft === true);
  }
  refresh(work, account, id);
}

/** Everything but content, flags and places, as texts that can be compared. */
interface Base {
  readonly conversation: string | null;
  readonly ord: string;
  readonly at: number;
  readonly author: string;
  readonly txn: string | null;
  readonly recipients: string | null;
  readonly replyTo: string | null;
  readonly threadRoot: string | null;
  readonly forwardedFrom: string | null;
  readonly links: string | null;
  readonly raw: string | null;
}

/** A later version wins whole; within one version each field by itself, the one that says more (SPEC, I-3). */
function mergeBase(
  work: Work,
  account: Account,
  row: MessageRow,
  message: PreparedMessage,
  people: PeopleOfMessage,
): boolean {
  const version = message.version ?? 0;
  if (version < row.base_version) return false;
  const { from, texts } = message;
  const told: Base = {
    conversation: message.conversation ?? null,
    ord: message.order ?? '',
    at: message.at,
    author: JSON.stringify([authorIs[from.is], people.author?.key, from.is === 'system' ? null : (from.name ?? null)]),
    txn: message.txn ?? null,
    recipients: texts.recipients,
    replyTo: message.replyTo ?? null,
    threadRoot: message.threadRoot ?? null,
    forwardedFrom: texts.forwardedFrom,
    links: texts.links,
    raw: row.removed_at === null ? texts.raw : null,
  };
  const stored = storedBase(work, row);
  const base = version > row.base_version ? told : richer(stored, told);
  if (version === row.base_version && JSON.stringify(base) === JSON.stringify(stored)) return false;
  saveBase(work, account, row, base, version);
  return true;
}

const pick = <T extends string | null>(a: T, b: T): T => (saysMore(b, a) ? b : a);
const richer = (a: Base, b: Base): Base => ({
  conversation: pick(a.conversation, b.conversation),
  ord: pick(a.ord, b.ord),
  at: Math.max(a.at, b.at),
  author: pick(a.author, b.author),
  txn: pick(a.txn, b.txn),
  recipients: pick(a.recipients, b.recipients),
  replyTo: pick(a.replyTo, b.replyTo),
  threadRoot: pick(a.threadRoot, b.threadRoot),
  forwardedFrom: pick(a.forwardedFrom, b.forwardedFrom),
  links: pick(a.links, b.links),
  raw: pick(a.raw, b.raw),
});

function storedBase(work: Work, row: MessageRow): Base {
  const body = work.sql.get<BodyRow>('SELECT * FROM bodies WHERE message = ?', row.id);
  const author =
    row.author === null
      ? undefined
      : work.sql.get<IdentityRow>('SELECT * FROM identities WHERE id = ?', row.author)?.key;
  const { row: conversation } = work.conversation(row.conversation);
  return {
    conversation: conversation.linked === 1 ? null : conversation.key,
    ord: row.ord,
    at: row.at,
    author: JSON.stringify([row.author_is, author, row.author_name]),
    txn: row.txn,
    recipients: body?.recipients ?? null,
    replyTo: row.reply_to,
    threadRoot: row.thread_root,
    forwardedFrom: body?.forwarded_from ?? null,
    links: body?.links ?? null,
    raw: body?.raw == null ? null : unpack(body.raw),
  };
}

function saveBase(work: Work, account: Account, row: MessageRow, base: Base, version: number): void {
  const [is, key, name]: [number, string | null, string | null] = JSON.parse(base.author);
  const author =
    key === null
      ? null
      : (work.sql.get<{ id: number }>('SELECT id FROM identities WHERE account = ? AND key = ?', account.id, key)?.id ??
        null);
  work.sql.run(
    `UPDATE messages SET ord = ?, at = ?, author = ?, author_is = ?, author_name = ?, txn = ?, reply_to = ?,
       thread_root = ?, base_version = ? WHERE id = ?`,
    base.ord,
    base.at,
    author,
    is,
    name,
    base.txn,
    base.replyTo,
    base.threadRoot,
    version,
    row.id,
  );
  work.sql.run(
    'UPDATE bodies SET recipients = ?, forwarded_from = ?, links = ?, raw = ? WHERE message = ?',
    base.recipients,
    base.forwardedFrom,
    base.links,
    base.raw === null ? null : pack(base.raw),
    row.id,
  );
  const from = work.conversation(row.conversation);
  if (base.conversation !== null && (from.row.linked === 1 || from.row.key !== base.conversation))
    moveMessage(work, account, row, from, conversationByKey(work, account, base.conversation as ConversationKey));
  else if (base.ord !== row.ord || base.at !== row.at) readingChanged(work, account, from);
}

/** The network says it belongs elsewhere: an echo of the first message of a conversation it has now named, for one. */
function moveMessage(work: Work, account: Account, row: MessageRow, from: Conversation, to: Conversation): void {
  if (from.row.id === to.row.id) return;
  work.sql.run('UPDATE messages SET conversation = ? WHERE id = ?', to.row.id, row.id);
  work.sql.run('UPDATE OR IGNORE receipts SET conversation = ? WHERE message = ?', to.row.id, row.id);
  work.sql.run('DELETE FROM receipts WHERE message = ? AND conversation <> ?', row.id, to.row.id);
  count(from, row.state, 0);
  count(to, 0, row.state);
  countLabels(from, row.labels, '[]');
  countLabels(to, '[]', row.labels);
  from.added = undefined;
  to.added = undefined;
  from.changed = true;
  to.changed = true;
  readingChanged(work, account, from);
  readingChanged(work, account, to);
}
