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

/** Each reads one index, named because the planner takes the order index for a covering one; the last value is the limit. */
function listing(source: CandidateSource, filter: RowFilter): string {
  const inConversations = (index: string, which: string, state = '') =>
    `SELECT m.id FROM conversations c INDEXED BY ${index} CROSS JOIN messages m ON m.conversation = c.id${state && ` AND ${state}`} WHERE ${which} LIMIT ?`;
  switch (source) {
    case 'unread':
      return `SELECT m.id FROM messages m INDEXED BY messages_unread WHERE m.state & ${states.unread} LIMIT ?`;
    case 'starred':
      return inConversations('conversations_starred', `c.views & ${views.starred}`, `m.state & ${states.starred}`);
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
