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
  /** Whether the id that stands in the SQL as `id` is one of them. */
  has(id: string): { readonly sql: string; readonly values: readonly Value[] };
}

/**
 * The ids of the plan's span that a filter's own index lists; null when no filter has an index or all have too many. A
 * superset of what passes: every other condition is still to be checked.
 */
export function candidates(sql: Sql, plan: Plan): Candidates | null {
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
const indexByTime: Readonly<Record<ByTime, string>> = {
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
  return {
    next: (below, limit) =>
      sql
        .all<{ id: number }>(`SELECT m.id ${span} ORDER BY m.id DESC LIMIT ?`, plan.first, Math.min(below, last), limit)
        .map(({ id }) => id),
    // Asked of the index row by row: no list is made of it first.
    has: (id) => ({ sql: `EXISTS (SELECT 1 FROM ${from} AND m.id = ${id})`, values: [] }),
  };
}

type Listed = Exclude<CandidateSource, ByTime>;
function listing(sql: Sql, plan: Plan, source: Listed, filter: RowFilter): Candidates | null {
  const listed = sql.all<{ id: number }>(list(source, filter), ...filter.values, most + 1);
  if (listed.length > most) return null;
  const within = listed.map(({ id }) => id).filter((id) => id >= plan.first && id <= plan.last);
  const ids = [...new Set(within)].sort((a, b) => b - a);
  return {
    next(below, limit) {
      const from = ids.findIndex((id) => id < below);
      return from < 0 ? [] : ids.slice(from, from + limit);
    },
    has: (id) => ({ sql: `${id} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(ids)] }),
  };
}

/** Each reads one index, named because the planner takes the order index for a covering one; the last value is the limit. */
function list(source: Listed, filter: RowFilter): string {
  const inConversations = (index: string, which: string, state = '') =>
    `SELECT m.id FROM conversations c INDEXED BY ${index} CROSS JOIN messages m ON m.conversation = c.id${state && ` AND ${state}`} WHERE ${which} LIMIT ?`;
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
