import type { Content, IdentityId, MessageId, Recipient } from '../../../src-shared/model/index.ts';
import { authorIs } from '../model.ts';
import type { BodyRow, MessageRow } from '../schema.ts';
import { docOf } from '../search/doc.ts';
import { contentWords, indexRow, personWords } from '../search/index-row.ts';
import { unpack } from '../text/pack.ts';
import type { KnownIdentity } from './identities.ts';
import { mergeShare } from './merging.ts';
import type { PeopleOfMessage } from './people-of.ts';
import type { PreparedMessage } from './prepare.ts';
import type { Account, Work } from './work.ts';

/** Makes the index row of a message that was never indexed, from what is at hand. */
export function queueIndex(
  work: Work,
  account: Account,
  id: MessageId,
  message: PreparedMessage,
  people: PeopleOfMessage,
): void {
  const { from, recipients } = message;
  const name = from.is === 'system' ? undefined : from.name;
  const toMe = people.recipients.some(({ me }) => me);
  if (toMe) metToMe(work, account);
  const row = indexRow(
    {
      account: account.id,
      fromMe: from.is === 'me',
      toMe,
      author: people.author ? wordsOf(people.author, name) : '',
      recipients: people.recipients.map((who, i) => wordsOf(who, recipients?.[i]?.name)).join(' '),
    },
    message.content.words,
  );
  // The id of a message dropped a moment ago may be given again while its index row is still there.
  work.index.set(id, { row, fresh: work.index.get(id)?.fresh ?? true });
}
/** The first message to the person by name: from now on their account has such. */
function metToMe(work: Work, account: Account): void {
  if (account.toMe) return;
  work.sql.run('UPDATE accounts SET to_me = 1 WHERE id = ?', account.id);
  account.toMe = true;
}
/** The words of somebody called so in a message: the same again and again. */
function wordsOf(who: KnownIdentity, called: string | undefined): string {
  const { name, words } = who;
  if (words && words.called === called && words.name === name) return words.text;
  const text = personWords([called, name, who.key]);
  who.words = { called, name, text };
  return text;
}

/** Makes index rows anew from the tables, for messages that changed. */
function reindexed(work: Work, id: MessageId, fresh: boolean): void {
  const message = work.sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', id);
  const body = work.sql.get<BodyRow>('SELECT * FROM bodies WHERE message = ?', id);
  if (!message || !body || message.removed_at !== null) {
    work.index.set(id, { row: null, fresh });
    return;
  }
  const account = work.account(message.account);
  const content: Content = JSON.parse(unpack(body.content));
  const recipients: Recipient[] = body.recipients === null ? [] : JSON.parse(body.recipients);
  const known = recipients.map(({ key }) =>
    work.sql.get<{ name: string; me: number }>(
      'SELECT name, me FROM identities WHERE account = ? AND key = ?',
      account.id,
      key,
    ),
  );
  const author = message.author === null ? undefined : identityOf(work, message.author);
  const toMe = known.some((who) => who?.me === 1);
  if (toMe) metToMe(work, account);
  work.index.set(id, {
    fresh,
    row: indexRow(
      {
        account: account.id,
        fromMe: message.author_is === authorIs.me,
        toMe,
        author: author ? personWords([message.author_name, author.name, author.key]) : '',
        recipients: recipients.map(({ key, name }, i) => personWords([name, known[i]?.name, key])).join(' '),
      },
      contentWords({ subject: message.subject ?? undefined, parts: content.parts }),
    ),
  });
}
const identityOf = (work: Work, id: IdentityId): { name: string; key: string } | undefined =>
  work.sql.get('SELECT name, key FROM identities WHERE id = ?', id);

const insertion = `INSERT INTO message_fts (rowid, subject, body, author, recipients, files, tags)
  VALUES (CAST(? AS INTEGER), ?, ?, ?, ?, ?, ?)`;
const deletion = 'DELETE FROM message_fts WHERE rowid = CAST(? AS INTEGER)';

/**
 * Writes the index rows of the transaction, by ascending row: FTS5 starts a new segment whenever a row id is smaller than
 * the one before it (https://www.sqlite.org/src/file/ext/fts5/fts5_index.c, sqlite3Fts5IndexBeginWrite).
 */
export function flushIndex(work: Work): void {
  for (const [id, fresh] of work.reindex) reindexed(work, id, fresh || (work.index.get(id)?.fresh ?? false));
  let units = 0;
  for (const id of [...work.index.keys()].sort((a, b) => docOf(a) - docOf(b))) {
    const entry = work.index.get(id);
    if (!entry) continue;
    const doc = docOf(id);
    if (!entry.fresh) work.sql.run(deletion, doc);
    const { row } = entry;
    if (!row) continue;
    work.sql.run(insertion, doc, row.subject, row.body, row.author, row.recipients, row.files, row.tags);
    units += row.subject.length + row.body.length + row.author.length + row.recipients.length;
  }
  mergeShare(work.sql, units);
  work.index.clear();
  work.reindex.clear();
}
