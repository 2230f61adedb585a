import type { Sql, Value } from '../connection/sql.ts';
import { states, views } from '../model.ts';
import type { CandidateSource, RowFilter } from './filters.ts';
import type { Plan } from './plan.ts';

/** More than this and walking the index of words is the better way after all. */
const most = 20_000;

/** Which index to ask first: what is read as far as needed, then what is likely to be short. */
const rank: Readonly<Record<CandidateSource, number>> = {
  starred: 0,
  unread: 1,
  conversation: 2,
  drafts: 3,
  snoozed: 4,
  label: 5,
  inbox: 6,
};

export interface Candidates {
  /** The next ids below `below`, newest first, at most `limit` of them; fewer only when there are no more. */
  next(below: number, limit: number): readonly number[];
  /** None is below this one: what is older need not be looked through. */
  readonly oldest: number;
  /** Whether the id that stands in the SQL as `id` is one of them. */
  has(id: string): { readonly sql: string; readonly values: readonly Value[] };
}

/**
 * The ids of the plan's span that a filter's own index lists; null when no filter has an index or all have too many. A
 * superset of what passes: every other condition is still to be checked.
 */
export function candidates(sql: Sql, plan: Plan): Candidates | null {
  const flagged = inboxFlagged(sql, plan);
  if (flagged) return flagged;
  const usable = plan.selective.flatMap((filter) => (filter.candidates ? [{ filter, source: filter.candidates }] : []));
  for (const { filter, source } of usable.sort((a, b) => rank[a.source] - rank[b.source])) {
    const found =
      source === 'unread' || source === 'starred'
        ? walking(sql, plan, indexByTime[source])
        : listing(sql, plan, source, filter);
    if (found) return found;
  }
  return null;
}

type ByTime = 'unread' | 'starred';
/** Those whose index is by time: read as far as is needed. */
export const indexByTime: Readonly<Record<ByTime, string>> = {
  unread: `messages m INDEXED BY messages_unread_time WHERE m.state & ${states.unread}`,
  starred: `messages m INDEXED BY messages_starred_time WHERE m.state & ${states.starred}`,
};
function walking(sql: Sql, plan: Plan, from: string): Candidates | null {
  const last = plan.last + 1;
  const span = `FROM ${from} AND m.id >= ? AND m.id < ?`;
  const many = sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 ${span} LIMIT ?)`,
    plan.first,
    last,
    most + 1,
  );
  if ((many?.n ?? 0) > most) return null;
  const oldest = sql.get<{ id: number }>(`SELECT m.id ${span} ORDER BY m.id LIMIT 1`, plan.first, last);
  return {
    oldest: oldest?.id ?? last,
    next: (below, limit) =>
      sql
        .all<{ id: number }>(`SELECT m.id ${span} ORDER BY m.id DESC LIMIT ?`, plan.first, Math.min(below, last), limit)
        .map(({ id }) => id),
    // Asked of the index row by row: no list is made of it first.
    has: (id) => ({ sql: `EXISTS (SELECT 1 FROM ${from} AND m.id = ${id})`, values: [] }),
  };
}

/** Starred or unread in the inbox: its conversations know whether they have any. */
function inboxFlagged(sql: Sql, plan: Plan): Candidates | null {
  const asked = new Set(plan.selective.map(({ candidates: source }) => source));
  const flag = asked.has('starred') ? 'starred' : asked.has('unread') ? 'unread' : null;
  if (!flag || !asked.has('inbox')) return null;
  const which = `c.views & ${views.inbox} AND c.${flag} > 0`;
  return listed(sql, plan, inConversations('conversations_inbox', which, `m.state & ${states[flag]}`), []);
}

type Listed = Exclude<CandidateSource, ByTime>;
const listing = (sql: Sql, plan: Plan, source: Listed, filter: RowFilter): Candidates | null =>
  listed(sql, plan, list(source, filter), filter.values);
function listed(sql: Sql, plan: Plan, select: string, values: readonly Value[]): Candidates | null {
  const rows = sql.all<{ id: number }>(select, ...values, most + 1);
  if (rows.length > most) return null;
  const within = rows.map(({ id }) => id).filter((id) => id >= plan.first && id <= plan.last);
  const ids = [...new Set(within)].sort((a, b) => b - a);
  return {
    oldest: ids.at(-1) ?? plan.last,
    next(below, limit) {
      const from = ids.findIndex((id) => id < below);
      return from < 0 ? [] : ids.slice(from, from + limit);
    },
    has: (id) => ({ sql: `${id} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(ids)] }),
  };
}

const inConversations = (index: string, which: string, state = ''): string =>
  `SELECT m.id FROM conversations c INDEXED BY ${index} CROSS JOIN messages m ON m.conversation = c.id${state && ` AND ${state}`} WHERE ${which} LIMIT ?`;
/** Each reads one index, named because the planner takes the order index for a covering one; the last value is the limit. */
function list(source: Listed, filter: RowFilter): string {
  switch (source) {
    case 'inbox':
      return inConversations('conversations_inbox', `c.views & ${views.inbox}`);
    case 'drafts':
      return inConversations('conversations_drafts', `c.views & ${views.drafts}`, `m.state & ${states.draft}`);
    case 'snoozed':
      return inConversations('conversations_snoozed', `c.views & ${views.snoozed}`);
    case 'conversation':
      return 'SELECT m.id FROM messages m WHERE m.conversation = ? LIMIT ?';
    case 'label':
      return `SELECT p.message AS id FROM placements p WHERE p.live = 1 AND p.label IN (${filter.values.map(() => '?').join(', ')}) LIMIT ?`;
  }
}
