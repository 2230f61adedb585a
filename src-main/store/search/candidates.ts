import type { Sql } from '../connection/sql.ts';
import { states, views } from '../model.ts';
import type { CandidateSource, RowFilter } from './filters.ts';
import type { Plan } from './plan.ts';

/** More than this and walking the index of words is the better way after all. */
const most = 20_000;

/**
 * Ids of the plan's span below `below` that a filter's own index lists, newest first; null when no filter has an index or
 * all have too many. A superset of what passes: every other condition is still to be checked.
 */
export function candidates(sql: Sql, plan: Plan, below: number): readonly number[] | null {
  for (const filter of plan.selective) {
    const listed =
      filter.candidates && sql.all<{ id: number }>(listing(filter.candidates, filter), ...filter.values, most + 1);
    if (listed && listed.length <= most) {
      const ids = new Set(listed.map(({ id }) => id).filter((id) => id >= plan.first && id < below));
      return [...ids].sort((a, b) => b - a);
    }
  }
  return null;
}

/** Each reads one index and nothing more; the last value is the limit. */
function listing(source: CandidateSource, filter: RowFilter): string {
  const inConversations = (which: string, state = '') =>
    `SELECT m.id FROM conversations c CROSS JOIN messages m ON m.conversation = c.id${state && ` AND ${state}`} WHERE ${which} LIMIT ?`;
  switch (source) {
    case 'unread':
      return `SELECT m.id FROM messages m WHERE m.state & ${states.unread} LIMIT ?`;
    case 'starred':
      return inConversations(`c.views & ${views.starred}`, `m.state & ${states.starred}`);
    case 'drafts':
      return inConversations(`c.views & ${views.drafts}`, `m.state & ${states.draft}`);
    case 'snoozed':
      return inConversations(`c.views & ${views.snoozed}`);
    case 'conversation':
      return 'SELECT m.id FROM messages m WHERE m.conversation = ? LIMIT ?';
    case 'label':
      return `SELECT p.message AS id FROM placements p WHERE p.live = 1 AND p.label IN (${filter.values.map(() => '?').join(', ')}) LIMIT ?`;
  }
}
