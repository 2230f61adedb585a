import type { ConversationId } from '../../../src-shared/model/index.ts';
import { insertion } from '../connection/insertion.ts';
import { createConversation, lowerKey, rememberedLink, rememberLink } from './conversations.ts';
import { merge } from './merge.ts';
import type { Account, Conversation, Work } from './work.ts';

const newLink = insertion('thread_links', ['account', 'link', 'conversation']);

/**
 * The conversation of a message that names its links: messages that share any, however indirectly, are one. Where links
 * join conversations that were apart, those are merged (SPEC, I-6).
 */
export function conversationByLinks(
  work: Work,
  account: Account,
  links: readonly string[],
  own?: Conversation,
): Conversation {
  const missing: string[] = [];
  let conversation = own;
  for (const link of new Set(links)) {
    const found = findLink(work, account, link);
    if (!found) missing.push(link);
    else if (!conversation) conversation = found;
    else if (conversation.row.id !== found.row.id) conversation = merge(work, account, conversation, found);
  }
  const [first] = links;
  if (first === undefined) throw new RangeError('a linked message has no links');
  conversation ??= createConversation(work, account, first, true);
  conversation.row.linked = 1;
  for (const link of missing) {
    work.sql.later(newLink, account.id, link, conversation.row.id);
    rememberLink(work, account, link, conversation);
    lowerKey(conversation, link);
  }
  return conversation;
}

function findLink(work: Work, account: Account, link: string): Conversation | undefined {
  const remembered = rememberedLink(work, account, link);
  if (remembered && remembered.row.linked === 1) return remembered;
  const row = work.foreseen.noLink.has(link)
    ? undefined
    : work.sql.get<{ id: ConversationId }>(
        'SELECT conversation AS id FROM thread_links WHERE account = ? AND link = ?',
        account.id,
        link,
      );
  if (row) {
    const conversation = work.conversation(row.id);
    rememberLink(work, account, link, conversation);
    return conversation;
  }
  return named(work, account, link, remembered);
}

/** Something was said about the conversation under this link before any of its messages came: it becomes the linked one. */
function named(work: Work, account: Account, link: string, remembered?: Conversation): Conversation | undefined {
  const row = work.anyUnlinked(account.id)
    ? work.sql.get<{ id: ConversationId }>(
        'SELECT id FROM conversations WHERE account = ? AND key = ? AND linked = 0',
        account.id,
        link,
      )
    : undefined;
  const conversation = remembered ?? (row && work.conversation(row.id));
  if (!conversation) return undefined;
  conversation.row.linked = 1;
  conversation.changed = true;
  work.sql.run(
    'INSERT OR IGNORE INTO thread_links (account, link, conversation) VALUES (?, ?, ?)',
    account.id,
    link,
    conversation.row.id,
  );
  rememberLink(work, account, link, conversation);
  return conversation;
}
