import type { PersonView, ReachView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, PersonId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import type { IdentityRow } from '../schema.ts';
import { conversationRows } from './conversation-rows.ts';
import { newestOf } from './list.ts';
import { type Named, named, nearlyNamed } from './people-named.ts';
import { isGone, personRef } from './people-refs.ts';
import type { Handlers } from './query.ts';

/** Conversations shown with a person; the list has the rest. */
const withPerson = 10;

export const peopleQueries: Handlers<'people.find' | 'people.get' | 'people.reach'> = {
  /**
   * By words of a name, key or address (people-named.ts); those heard of last first, whatever became of their account. Of those
   * never heard of, closed accounts come last.
   */
  'people.find': (sql, { text, limit }) =>
    calledOrNearly(sql, text, ({ where, values }) =>
      sql.all<{ person: PersonId }>(
        `SELECT person FROM identities WHERE person IS NOT NULL AND ${where}
         GROUP BY person ORDER BY max(seen_at) DESC, min(${isGone}), person LIMIT ?${values.length + 1}`,
        ...values,
        limit,
      ),
    ).flatMap(({ person }) => personView(sql, person, false) ?? []),
  /** Everybody but oneself, each by every account that knows them: who is named on one network is found on all. */
  'people.reach': (sql, { text, account, limit }): ReachView[] =>
    calledOrNearly(sql, text, ({ where, values }) =>
      sql.all<IdentityRow & { channel: string }>(
        `SELECT i.*, a.channel FROM identities i JOIN accounts a ON a.id = i.account
         WHERE i.me = 0 AND i.person IN (SELECT person FROM identities WHERE me = 0 AND person IS NOT NULL AND ${where})
           AND (?${values.length + 1} IS NULL OR i.account = ?${values.length + 1})
         ORDER BY i.seen_at DESC, ${isGone}, i.id LIMIT ?${values.length + 2}`,
        ...values,
        account ?? null,
        limit,
      ),
    ).map((row) => ({ ...personRef(row), account: row.account as AccountId, channel: row.channel })),
  'people.get': (sql, { person }) => personView(sql, person, true),
};

function calledOrNearly<T>(sql: Sql, text: string, find: (named: Named) => T[]): T[] {
  const found = find(named(sql, text));
  const nearly = found.length === 0 ? nearlyNamed(sql, text) : undefined;
  return nearly ? find(nearly) : found;
}

function personView(sql: Sql, id: PersonId, withConversations: boolean): PersonView | null {
  const identities = sql.all<IdentityRow>('SELECT * FROM identities WHERE person = ? ORDER BY seen_at DESC, id', id);
  if (identities.length === 0) return null;
  const named = identities.find((row) => row.name !== row.key) ?? identities[0];
  const places = newestOf(sql, { person: id }, withConversations ? withPerson : 1);
  const conversations = conversationRows(
    sql,
    places.map((place) => place.id),
  );
  return {
    id,
    name: named?.name ?? '',
    identities: identities.map(personRef),
    conversations: withConversations ? conversations : [],
    lastAt: conversations[0]?.lastAt ?? null,
    note: sql.get<{ text: string }>('SELECT text FROM notes WHERE person = ?', id)?.text ?? '',
  };
}
