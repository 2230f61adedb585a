import type { MentionView, ThreadView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, Mention, MessageId, MessageKey, PersonId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { states } from '../model.ts';
import type { MessageRow } from '../schema.ts';
import { authorName } from './author-name.ts';

interface Counted {
  readonly key: MessageKey;
  readonly replies: number;
  readonly unread: number;
  readonly lastAt: number | null;
}
/**
 * The threads that messages begin or answer in, by the key of what each began with. A message nobody answered is in none.
 * Each costs a look into an index that holds replies alone.
 */
export function threadsOf(sql: Sql, rows: readonly MessageRow[]): ReadonlyMap<string, ThreadView> {
  const threads = new Map<string, ThreadView>();
  for (const account of new Set(rows.map((row) => row.account))) {
    const keys = new Set(rows.filter((row) => row.account === account).map((row) => row.thread_root ?? row.key));
    const counted = sql.all<Counted>(
      `SELECT json_each.value AS key,
         (SELECT count(*) FROM messages WHERE account = ?1 AND thread_root = json_each.value AND state & ${states.shown}) AS replies,
         (SELECT count(*) FROM messages WHERE account = ?1 AND thread_root = json_each.value AND state & ${states.unread}) AS unread,
         (SELECT max(at) FROM messages WHERE account = ?1 AND thread_root = json_each.value AND state & ${states.shown}) AS lastAt
       FROM json_each(?2)`,
      account,
      JSON.stringify([...keys]),
    );
    for (const { key, ...counts } of counted)
      if (counts.replies > 0) threads.set(nameOf(account, key), { ...beginning(sql, account, key), ...counts });
  }
  return threads;
}
export const threadOf = (threads: ReadonlyMap<string, ThreadView>, row: MessageRow): ThreadView | undefined =>
  threads.get(nameOf(row.account, row.thread_root ?? row.key));

const nameOf = (account: AccountId, key: string): string => `${account} ${key}`;

function beginning(sql: Sql, account: AccountId, key: MessageKey): Pick<ThreadView, 'root' | 'author' | 'snippet'> {
  const row = sql.get<{ root: MessageId; author: string; snippet: string }>(
    `SELECT m.id AS root, ${authorName} AS author, m.preview AS snippet
     FROM messages m LEFT JOIN identities i ON i.id = m.author WHERE m.account = ? AND m.key = ?`,
    account,
    key,
  );
  return row ?? { root: null, author: '', snippet: '' };
}

/** Whom messages name, by account and key. Those the text says nothing of (a call to everybody) have no name to show. */
export function mentionViews(
  sql: Sql,
  account: AccountId,
  mentions: readonly Mention[] | undefined,
): readonly MentionView[] | undefined {
  const named = mentions?.filter(({ name }) => name !== undefined && name !== '') ?? [];
  if (named.length === 0) return undefined;
  const people = new Map(
    sql
      .all<{ key: string; person: PersonId | null; me: number }>(
        'SELECT key, person, me FROM identities WHERE account = ? AND key IN (SELECT value FROM json_each(?))',
        account,
        JSON.stringify(named.map(({ key }) => key)),
      )
      .map((row) => [row.key, row]),
  );
  return named.map(({ key, name = '', me }) => {
    const known = people.get(key);
    return { key, name, me: me === true || known?.me === 1, person: known?.person ?? null };
  });
}
