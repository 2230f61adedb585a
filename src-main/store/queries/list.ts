import type { ListFilter, ListQuery } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { views } from '../model.ts';
import { conversationRows } from './conversation-rows.ts';
import { type Cursor, cursorOf, parseCursor, pastCursor } from './list-cursor.ts';
import { type Source, sourcesOf } from './list-sources.ts';
import { type Handlers, idList } from './query.ts';

/** Where a conversation stands in a list. */
interface Place {
  readonly id: ConversationId;
  readonly sort_at: number;
}

export const listQueries: Handlers<
  'list.page' | 'list.total' | 'list.newer' | 'list.ids' | 'list.rows' | 'list.counts' | 'accounts.unread'
> = {
  'list.page'(sql, query) {
    const { places, more } = stretchOf(sql, query);
    const rows = conversationRows(
      sql,
      places.map(({ place }) => place.id),
    );
    const first = places.at(0);
    const last = places.at(-1);
    const { back = false, cursor, offset = 0 } = query;
    const onward = back ? cursor !== undefined : more;
    const backward = back ? more : cursor !== undefined || offset > 0;
    return {
      rows,
      ...(onward && last ? { next: cursorOf(last) } : {}),
      ...(backward && first ? { previous: cursorOf(first) } : {}),
    };
  },
  'list.total': (sql, filter) =>
    sourcesOf(sql, filter).reduce((sum, source) => sum + (sql.get<{ n: number }>(...count(source))?.n ?? 0), 0),
  'list.newer': (sql, { than, ...filter }) =>
    sourcesOf(sql, filter).reduce((sum, source) => {
      const [text, ...values] = count(source);
      return sum + (sql.get<{ n: number }>(`${text} AND ${source.time} > ?`, ...values, than)?.n ?? 0);
    }, 0),
  'list.ids': (sql, filter) => [
    ...new Set(
      sourcesOf(sql, filter).flatMap(({ from, where, values, id }) =>
        sql
          .all<{ id: ConversationId }>(`SELECT ${id} AS id FROM ${from} WHERE ${where}`, ...values)
          .map((row) => row.id),
      ),
    ),
  ],
  'list.rows': (sql, { conversations }) => conversationRows(sql, conversations),
  'list.counts'(sql, { reading }) {
    const accounts = sql.all<{ id: AccountId }>('SELECT id FROM accounts ORDER BY id');
    const read =
      reading === undefined
        ? undefined
        : sql.get<{ account: AccountId; views: number }>(
            'SELECT account, views FROM conversations WHERE id = ? AND unread > 0',
            reading,
          );
    const unread = (account: AccountId, bit: number, and = ''): number =>
      countOf(sql, account, bit, and) - (read?.account === account && (read.views & bit) !== 0 ? 1 : 0);
    const totalUnread = (bit: number, and = '') => accounts.reduce((sum, { id }) => sum + unread(id, bit, and), 0);
    const total = (bit: number) => accounts.reduce((sum, { id }) => sum + countOf(sql, id, bit, ''), 0);
    const loose = sql.get<{ n: number }>('SELECT count(*) AS n FROM drafts WHERE conversation IS NULL')?.n ?? 0;
    return {
      views: {
        inbox: totalUnread(views.inboxUnread),
        unread: totalUnread(views.unread),
        starred: total(views.starred),
        snoozed: total(views.snoozed),
        drafts: total(views.drafts) + loose,
        spam: totalUnread(views.spam, 'AND unread > 0'),
      },
      accounts: accounts.map(({ id }) => ({ id, unread: unread(id, views.inboxUnread) })),
      failed:
        sql.get<{ n: number }>(
          `SELECT count(*) AS n FROM outbox WHERE state NOT IN ('sent', 'cancelled') AND state = 'failed'`,
        )?.n ?? 0,
    };
  },
  'accounts.unread'(sql) {
    const accounts = sql.all<{ id: AccountId }>('SELECT id FROM accounts');
    return new Map(accounts.map(({ id }) => [id, countOf(sql, id, views.inboxUnread, '')]));
  },
};

const countOf = (sql: Sql, account: AccountId, bit: number, and: string): number =>
  sql.get<{ n: number }>(`SELECT count(*) AS n FROM conversations WHERE account = ? AND views & ${bit} ${and}`, account)
    ?.n ?? 0;
const count = ({ from, where, values }: Source): [string, ...Source['values']] => [
  `SELECT count(*) AS n FROM ${from} WHERE ${where}`,
  ...values,
];

/** "Unread first" is two lists, one after the other; everything else is one. */
const partsOf = (query: ListQuery): readonly ListQuery[] =>
  query.sort === 'unread' && query.unread === undefined
    ? [
        { ...query, unread: true },
        { ...query, unread: false },
      ]
    : [query];

/** The places a page shows, best first, and whether more lie beyond in the direction that was asked for. */
function stretchOf(
  sql: Sql,
  query: ListQuery,
): { places: readonly { readonly part: number; readonly place: Place }[]; more: boolean } {
  const { limit, back = false } = query;
  const cursor = query.cursor === undefined ? undefined : parseCursor(query.cursor);
  let skip = cursor ? 0 : (query.offset ?? 0);
  const found: { part: number; place: Place }[] = [];
  const parts = partsOf(query).map((part, index) => ({ part, index }));
  for (const { part, index } of back ? parts.toReversed() : parts) {
    // Parts before the cursor's are behind us.
    if (cursor && (back ? index > cursor.part : index < cursor.part)) continue;
    const wanted = limit + 1 - found.length;
    if (wanted <= 0) break;
    if (skip > 0 && parts.length > 1) {
      const size = listQueries['list.total'](sql, part);
      if (skip >= size) {
        skip -= size;
        continue;
      }
    }
    const from = cursor?.part === index ? cursor : undefined;
    for (const place of walk(sql, part, { from, back, skip, limit: wanted })) found.push({ part: index, place });
    skip = 0;
  }
  const places = found.slice(0, limit);
  return { places: back ? places.reverse() : places, more: found.length > limit };
}

interface Walk {
  readonly from: Cursor | undefined;
  readonly back: boolean;
  readonly skip: number;
  readonly limit: number;
}

/** The next places of one list, in the direction of the walk. */
function walk(sql: Sql, query: ListQuery, { from, back, skip, limit }: Walk): Place[] {
  const down = (query.sort !== 'oldest') !== back;
  const only = query.only === undefined ? undefined : idList(query.only);
  const sources = sourcesOf(sql, query);
  const select = (source: Source): string =>
    `SELECT ${source.id} AS id, ${source.time} AS sort_at FROM ${source.from} WHERE ${source.where}
     ${only === undefined ? '' : `AND ${source.id} IN (SELECT value FROM json_each(?))`}
     ${from ? pastCursor(source, down) : ''}`;
  const values = (source: Source) => [
    ...source.values,
    ...(only === undefined ? [] : [only]),
    ...(from ? [from.sortAt, from.id] : []),
  ];
  const [way, single] = [down ? 'DESC' : 'ASC', sources.length === 1 ? sources[0] : undefined];
  const ordered = (source: Source): string =>
    `${select(source)} ORDER BY ${source.time} ${way}, ${source.id} ${way} LIMIT ?`;
  if (single) return sql.all<Place>(`${ordered(single)} OFFSET ?`, ...values(single), limit, skip);
  // Far into several accounts at once: their indexes are sorted together, which a jump of the scroll bar can afford.
  if (skip > 0)
    return sql.all<Place>(
      `${sources.map(select).join(' UNION ALL ')} ORDER BY sort_at ${way}, id ${way} LIMIT ? OFFSET ?`,
      ...sources.flatMap(values),
      limit,
      skip,
    );
  return sources
    .flatMap((source) => sql.all<Place>(ordered(source), ...values(source), limit))
    .sort((a, b) => (down ? -1 : 1) * (a.sort_at - b.sort_at || a.id - b.id))
    .slice(0, limit);
}

/** The newest conversations a filter lets through. */
export const newestOf = (sql: Sql, filter: ListFilter, limit: number): Place[] =>
  stretchOf(sql, { ...filter, sort: 'newest', limit }).places.map(({ place }) => place);
