import type { ConversationId } from '../../../src-shared/model/index.ts';
import { rememberConversation } from './conversations.ts';
import { candidateId } from './message-id.ts';
import type { PreparedEvent } from './prepare.ts';
import type { Account, Work } from './work.ts';

/** So many messages are looked up by themselves just as well. */
const few = 4;
/** JSON carries no half of a surrogate pair, and what it makes of control characters is not worth relying on. */
const plain = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

/**
 * Asks once for a whole batch what is asked of every message: is it here, which conversation do its links belong to, is its
 * id free. A question for one costs ten times what it costs among others, and for nearly all messages the answer is no.
 */
export function foresee(work: Work, account: Account, events: readonly PreparedEvent[]): void {
  const messages = events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
  if (messages.length < few) return;
  const { sql, foreseen } = work;

  const keys = new Set(messages.map(({ key }) => key).filter(plain));
  const here = sql.all<{ key: string }>(
    'SELECT m.key FROM json_each(?) asked CROSS JOIN messages m ON m.account = ? AND m.key = asked.value',
    JSON.stringify([...keys]),
    account.id,
  );
  for (const key of keys) foreseen.noMessage.add(key);
  for (const { key } of here) foreseen.noMessage.delete(key);

  const links = new Set<string>();
  const conversations = new Set<string>();
  for (const message of messages) {
    if (message.conversation !== undefined) conversations.add(message.conversation);
    else for (const link of message.links ?? []) links.add(link);
  }
  lookUpLinks(work, account, [...links, ...conversations].filter(plain), links);
  lookUpKeys(work, account, [...conversations].filter(plain));

  const { least, most } = work.messageIds;
  const ids = new Set(messages.map(({ at }) => candidateId(at)));
  const doubtful = [...ids].filter((id) => id >= least && id <= most);
  const taken = sql.all<{ id: number }>(
    'SELECT id FROM messages WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(doubtful),
  );
  for (const { id } of taken) ids.delete(id);
  for (const id of ids) foreseen.freeIds.add(id);
}

/** Where links belong to. */
function lookUpLinks(work: Work, account: Account, texts: readonly string[], links: ReadonlySet<string>): void {
  if (texts.length === 0) return;
  const found = work.sql.all<{ link: string; id: ConversationId }>(
    `SELECT l.link, l.conversation AS id FROM json_each(?) asked CROSS JOIN thread_links l
     ON l.account = ? AND l.link = asked.value`,
    JSON.stringify(texts),
    account.id,
  );
  for (const text of texts) if (links.has(text)) work.foreseen.noLink.add(text);
  for (const { link, id } of found) {
    work.foreseen.noLink.delete(link);
    rememberConversation(work, account, link, id);
  }
}

/** Conversations by the network's own keys, where no link says otherwise. */
function lookUpKeys(work: Work, account: Account, texts: readonly string[]): void {
  if (texts.length === 0) return;
  for (const { key, id } of work.sql.all<{ key: string; id: ConversationId }>(
    `SELECT c.key, c.id FROM json_each(?) asked CROSS JOIN conversations c ON c.account = ? AND c.key = asked.value`,
    JSON.stringify(texts),
    account.id,
  ))
    rememberConversation(work, account, key, id, false);
}
