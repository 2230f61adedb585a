import type { PersonRow } from '../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import type { IdentityRow } from '../schema.ts';
import { named } from './people-named.ts';
import { isGone, personRef } from './people-refs.ts';
import { type Handlers, idList } from './query.ts';

/** Addresses shown in a line; the person's own page has them all. */
const mostAddresses = 4;

export const peoplePageQueries: Handlers<'people.page'> = {
  /** By words of a name, key or address (people-named.ts). */
  'people.page'(sql, { text, sort, cursor, limit, language = 'en' }) {
    const from = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isSafeInteger(from) || from < 0) throw new RangeError('this is no cursor of a list of people');
    const found =
      sort === 'name' ? byName(sql, text, language).slice(from, from + limit + 1) : lately(sql, text, from, limit + 1);
    const people = personRows(sql, found.slice(0, limit));
    return found.length > limit ? { people, next: String(from + limit) } : { people };
  },
};

function lately(sql: Sql, text: string, from: number, limit: number): PersonId[] {
  const { where, values } = named(sql, text);
  const [most, past] = [values.length + 1, values.length + 2];
  return sql
    .all<{ person: PersonId }>(
      `SELECT person FROM identities WHERE person IS NOT NULL AND ${where}
       GROUP BY person ORDER BY max(seen_at) DESC, min(${isGone}), person LIMIT ?${most} OFFSET ?${past}`,
      ...values,
      limit,
      from,
    )
    .map(({ person }) => person);
}

/**
 * By the name each is shown with, in the order of an alphabet SQLite does not know: in Polish, Ł stands between L and M.
 * All of them are looked at, some tens of milliseconds for ten thousand.
 */
function byName(sql: Sql, text: string, language: string): PersonId[] {
  const { where, values } = named(sql, text);
  const names = new Map<PersonId, string>();
  for (const { person, name } of sql.all<{ person: PersonId; name: string }>(
    `SELECT person, name FROM identities
     WHERE person IN (SELECT person FROM identities WHERE person IS NOT NULL AND ${where})
     ORDER BY name = key, seen_at DESC, id`,
    ...values,
  ))
    if (!names.has(person)) names.set(person, name);
  const alphabet = new Intl.Collator(language);
  return [...names].sort(([a, one], [b, other]) => alphabet.compare(one, other) || a - b).map(([person]) => person);
}

/** Lines in the order of `ids`. */
function personRows(sql: Sql, ids: readonly PersonId[]): PersonRow[] {
  const identities = new Map<PersonId, (IdentityRow & { channel: string })[]>(ids.map((id) => [id, []]));
  for (const row of sql.all<IdentityRow & { channel: string; person: PersonId }>(
    `SELECT i.*, a.channel FROM identities i JOIN accounts a ON a.id = i.account
     WHERE i.person IN (SELECT value FROM json_each(?)) ORDER BY i.seen_at DESC, i.id`,
    idList(ids),
  ))
    identities.get(row.person)?.push(row);
  return [...identities].map(([id, rows]) => {
    const face = rows.map(personRef).find(({ picture }) => picture !== undefined);
    const lastAt = Math.max(-1, ...rows.map((row) => row.seen_at));
    return {
      id,
      name: (rows.find((row) => row.name !== row.key) ?? rows[0])?.name ?? '',
      addresses: [...new Set(rows.map((row) => row.address ?? row.key))].slice(0, mostAddresses),
      channels: [...new Set(rows.map((row) => row.channel))],
      lastAt: lastAt < 0 ? null : lastAt,
      ...(face && { face }),
    };
  });
}
