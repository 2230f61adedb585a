import type {
  IncomingMessage,
  MessageId,
  MessageKey,
  OutgoingMessage,
  TxnId,
} from '../../../src-shared/model/index.ts';
import type { Commands } from '../api.ts';
import { conversationByKey, createConversation } from '../ingest/conversations.ts';
import { conversationByLinks } from '../ingest/links.ts';
import { insertMessage } from '../ingest/message.ts';
import { peopleOf } from '../ingest/people-of.ts';
import { prepareMessage } from '../ingest/prepare.ts';
import type { Account, Conversation, Work } from '../ingest/work.ts';

type Enqueue = Commands['outbox.enqueue']['input'];

/** The key of an echo whose channel cannot say before sending what its key will be. */
const localKey = (txn: TxnId): string => `local:${txn}`;

/**
 * The message as it shows while it is on its way: part of its conversation, marked as made here. Whatever the network
 * later tells of it wins (its versions are below any the network has).
 */
export function insertEcho(
  work: Work,
  account: Account,
  input: Enqueue,
  message: OutgoingMessage,
): { readonly conversation: Conversation; readonly id: MessageId } {
  const { identity, txn } = input;
  const conversation = conversationFor(work, account, input, message);
  const incoming: IncomingMessage = {
    key: identity?.key ?? (localKey(txn) as MessageKey),
    ...(conversation.row.linked === 1
      ? { links: [...(identity?.links ?? [conversation.row.key])] }
      : { conversation: conversation.row.key }),
    from: {
      is: 'me',
      ...(message.from !== undefined && { key: message.from }),
      ...(message.fromName !== undefined && { name: message.fromName }),
    },
    at: message.at,
    // After everything there: the network's own order is not known yet.
    order: lastOrder(work, conversation),
    parts: message.parts,
    ...(message.subject !== undefined && { subject: message.subject }),
    ...(message.mentions !== undefined && { mentions: message.mentions }),
    ...(message.recipients !== undefined && { recipients: message.recipients }),
    ...(message.replyTo !== undefined && { replyTo: message.replyTo }),
    ...(message.threadRoot !== undefined && { threadRoot: message.threadRoot }),
    flags: { read: true },
    version: 0,
  };
  const id = insertMessage(work, account, conversation, prepareMessage(incoming), peopleOf(work, account, incoming));
  work.sql.run('UPDATE messages SET echo = 1, version = -1, base_version = -1, flags_at = -1 WHERE id = ?', id);
  adoptUploads(work, id, message.forwards);
  return { conversation, id };
}

function conversationFor(work: Work, account: Account, input: Enqueue, message: OutgoingMessage): Conversation {
  const own = input.conversation === null ? undefined : work.conversation(input.conversation);
  const links = input.identity?.links;
  if (own && own.row.linked === 0) return own;
  if (links && links.length > 0) return conversationByLinks(work, account, links, own);
  if (own) return own;
  if (message.conversation !== undefined) return conversationByKey(work, account, message.conversation);
  return createConversation(work, account, localKey(input.txn), false);
}

const lastOrder = (work: Work, conversation: Conversation): string =>
  work.sql.get<{ ord: string }>(
    'SELECT ord FROM messages WHERE conversation = ? ORDER BY ord DESC, at DESC, key DESC LIMIT 1',
    conversation.row.id,
  )?.ord ?? '';

/** Bytes of what goes out are here already: uploads, and what is forwarded where it has been fetched. */
function adoptUploads(work: Work, id: MessageId, forwards: MessageKey | undefined): void {
  work.sql.run(
    `UPDATE attachments SET state = 'local', hash = u.hash FROM uploads u WHERE u.ref = attachments.ref AND attachments.message = ?`,
    id,
  );
  if (forwards === undefined) return;
  work.sql.run(
    `UPDATE attachments SET state = 'local', hash = o.hash FROM attachments o JOIN messages m ON m.id = o.message
     WHERE m.key = ? AND o.ref = attachments.ref AND o.hash IS NOT NULL AND attachments.hash IS NULL
       AND attachments.message = ? AND m.account = (SELECT account FROM messages WHERE id = attachments.message)`,
    forwards,
    id,
  );
}
