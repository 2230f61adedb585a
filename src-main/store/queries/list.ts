import type { ListQuery } from '../../../src-shared/ipc/contract.ts';
import type { SystemView } from '../../../src-shared/ipc/view.ts';
import type { AccountId, ConversationId } from '../../../src-shared/model/index.ts';
import type { Sql, Value } from '../connection/sql.ts';
import { views } from '../model.ts';
import { conversationRows } from './conversation-rows.ts';
import type { Handlers } from './query.ts';

/** Where a conversation stands in a list. */
interface Place {
  readonly id: ConversationId;
  readonly sort_at: number;
}
type Direction = ListQuery['sort'];

export const listQueries: Handlers<'list.page' | 'list.counts' | 'accounts.unread'> = {
  'list.page'(sql, query) {
    const places = placesOf(sql, { ...query, limit: query.limit + 1 });
    const page = places.slice(0, query.limit);
    const rows = conversationRows(
      sql,
      page.map((place) => place.id),
    );
    const last = page.at(-1);
    return places.length > query.limit && last ? { rows, next: `${last.sort_at}.${last.id}` } : { rows };
  },
  'list.counts'(sql) {
    const accounts = sql.all<{ id: AccountId }>('SELECT id FROM accounts ORDER BY id');
    const total = (bit: number, and = '') => accounts.reduce((sum, { id }) => sum + countOf(sql, id, bit, and), 0);
    const loose = sql.get<{ n: number }>('SELECT count(*) AS n FROM drafts WHERE conversation IS NULL')?.n ?? 0;
    return {
      views: {
        inbox: total(views.inboxUnread),
        unread: total(views.unread),
        starred: total(views.starred, 'AND unread > 0'),
        snoozed: total(views.snoozed),
        drafts: total(views.drafts) + loose,
        spam: total(views.spam, 'AND unread > 0'),
      },
      accounts: accounts.map(({ id }) => ({ id, unread: countOf(sql, id, views.inboxUnread, '') })),
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

/** The view's bit, with `unread` and `hasAttachment` taken into it where a list of its own exists for them. */
function bitOf(query: ListQuery): { bit: number; filters: string[] } {
  const view: SystemView | undefined = query.view ?? (query.label || query.person ? undefined : 'all');
  const filters: string[] = [];
  if (query.unread && view === 'inbox') {
    if (query.hasAttachment) filters.push('c.files > 0');
    return { bit: views.inboxUnread, filters };
  }
  if (query.unread !== undefined) filters.push(query.unread ? 'c.unread > 0' : 'c.unread = 0');
  if (query.hasAttachment && view === 'all') return { bit: views.files, filters };
  if (query.hasAttachment !== undefined) filters.push(query.hasAttachment ? 'c.files > 0' : 'c.files = 0');
  return { bit: view ? views[view] : 0, filters };
}

/** The next places of a list, best first. A malformed cursor is a RangeError. */
export function placesOf(sql: Sql, query: ListQuery): Place[] {
  const { sort, limit } = query;
  const after = query.cursor === undefined ? undefined : parseCursor(query.cursor);
  const { bit, filters } = bitOf(query);
  if (query.label !== undefined) return byLabel(sql, query, bit, filters, after);
  if (query.person !== undefined) return byPerson(sql, query, bit, filters, after);

  const accounts = sql.all<{ id: AccountId }>(
    'SELECT id FROM accounts WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR channel = ?2)',
    query.account ?? null,
    query.channel ?? null,
  );
  const statement = `SELECT c.id, c.sort_at FROM conversations c WHERE c.account = ? AND c.views & ${bit}
    ${filters.map((filter) => `AND ${filter}`).join(' ')} ${pastCursor('c.sort_at', 'c.id', after, sort)} LIMIT ?`;
  const pages = accounts.map(({ id }) => sql.all<Place>(statement, id, ...cursorValues(after), limit));
  if (pages.length === 1) return pages[0] ?? [];
  return pages.flat().sort(byPlace(sort)).slice(0, limit);
}

function byLabel(sql: Sql, query: ListQuery, bit: number, filters: string[], after: Place | undefined): Place[] {
  const onlyUnread = query.unread ? 'AND l.unread = 1' : '';
  const more = [...filters, ...(bit ? [`c.views & ${bit}`] : []), ...(query.account ? ['c.account = ?'] : [])];
  const join = more.length > 0 ? 'JOIN conversations c ON c.id = l.conversation' : '';
  return sql.all<Place>(
    `SELECT l.conversation AS id, l.sort_at FROM conversation_labels l ${join} WHERE l.label = ? ${onlyUnread}
     ${more.map((filter) => `AND ${filter}`).join(' ')} ${pastCursor('l.sort_at', 'l.conversation', after, query.sort)} LIMIT ?`,
    query.label ?? 0,
    ...(query.account ? [query.account] : []),
    ...cursorValues(after),
    query.limit,
  );
}
function byPerson(sql: Sql, query: ListQuery, bit: number, filters: string[], after: Place | undefined): Place[] {
  const more = [...filters, bit ? `c.views & ${bit}` : 'c.messages > 0', ...(query.account ? ['c.account = ?'] : [])];
  return sql.all<Place>(
    `SELECT c.id, c.sort_at FROM conversations c WHERE c.id IN (
       SELECT p.conversation FROM identities i JOIN participants p ON p.identity = i.id WHERE i.person = ?)
     ${more.map((filter) => `AND ${filter}`).join(' ')} ${pastCursor('c.sort_at', 'c.id', after, query.sort)} LIMIT ?`,
    query.person ?? 0,
    ...(query.account ? [query.account] : []),
    ...cursorValues(after),
    query.limit,
  );
}

function pastCursor(time: string, id: string, after: Place | undefined, sort: Direction): string {
  const [than, way] = sort === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
  const past = after ? `AND (${time}, ${id}) ${than} (?, ?)` : '';
  return `${past} ORDER BY ${time} ${way}, ${id} ${way}`;
}
const cursorValues = (after: Place | undefined): Value[] => (after ? [after.sort_at, after.id] : []);
const byPlace = (sort: Direction) => (a: Place, b: Place) => {
  const order = a.sort_at - b.sort_at || a.id - b.id;
  return sort === 'newest' ? -order : order;
};
function parseCursor(cursor: string): Place {
  const [sortAt, id] = cursor.split('.').map(Number);
  if (sortAt === undefined || id === undefined || !Number.isSafeInteger(sortAt) || !Number.isSafeInteger(id))
    throw new RangeError('this is no cursor of a list');
  return { sort_at: sortAt, id: id as ConversationId };
}
