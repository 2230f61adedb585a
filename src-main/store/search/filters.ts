import type { SystemView } from '../../../src-shared/ipc/index.ts';
import type { FlagName } from '../../../src-shared/model/index.ts';
import type { FlagWord } from '../../../src-shared/search/index.ts';
import type { Value } from '../connection/sql.ts';
import { flagNames, states, views } from '../model.ts';

/** A condition over `messages m` joined with `conversations c`. */
export interface RowFilter {
  readonly sql: string;
  readonly values: readonly Value[];
  /** Which index lists the messages it holds for, where one does (candidates.ts). */
  readonly candidates?: CandidateSource;
}
export type CandidateSource = 'unread' | 'starred' | 'label' | 'conversation' | 'inbox' | 'snoozed' | 'drafts';

export const bindings = (filters: readonly RowFilter[]): RowFilter => ({
  sql: filters.map(({ sql }) => `(${sql})`).join(' AND '),
  values: filters.flatMap(({ values }) => values),
});

const state = (bit: number, candidates?: CandidateSource): RowFilter => ({
  sql: `m.state & ${bit}`,
  values: [],
  ...(candidates ? { candidates } : {}),
});
const conversation = (sql: string, candidates?: CandidateSource): RowFilter => ({
  sql,
  values: [],
  ...(candidates ? { candidates } : {}),
});

/** What `in:` asks. A view is about conversations; where the message itself knows better (sent, spam ...) it is asked. */
export function viewFilter(view: SystemView | 'anywhere'): RowFilter | null {
  switch (view) {
    case 'anywhere':
    case 'all':
      return null;
    case 'inbox':
      return conversation(`c.views & ${views.inbox}`, 'inbox');
    case 'done':
      return conversation(`c.views & ${views.done}`);
    case 'snoozed':
      return conversation(`c.views & ${views.snoozed}`, 'snoozed');
    case 'unread':
      return state(states.unread, 'unread');
    case 'starred':
      return state(states.starred, 'starred');
    case 'sent':
      return state(states.sent);
    case 'drafts':
      return state(states.draft, 'drafts');
    case 'spam':
      return state(states.spam);
    case 'trash':
      return state(states.trash);
  }
}

/** What `is:` asks. */
export function flagFilter(flag: FlagWord): RowFilter {
  switch (flag) {
    case 'unread':
      return state(states.unread, 'unread');
    case 'read':
      return { sql: `m.state & ${states.unread} = 0`, values: [] };
    case 'starred':
      return state(states.starred, 'starred');
    case 'draft':
      return state(states.draft, 'drafts');
    case 'answered':
    case 'forwarded':
    case 'important':
      return { sql: `m.shown & ${setBit(flag)}`, values: [] };
    case 'muted':
      return conversation('c.muted');
    case 'pinned':
      return conversation('c.pinned');
    case 'snoozed':
      return conversation(`c.views & ${views.snoozed}`, 'snoozed');
  }
}
/** See `messages.flags` in model.ts: bit 8 + i says the flag is set. */
const setBit = (flag: FlagName): number => 1 << (8 + flagNames.indexOf(flag));

const bytes = '(SELECT coalesce(sum(a.bytes), 0) FROM attachments a WHERE a.message = m.id)';
/** Bytes of all attachments together, both bounds inclusive. */
export function sizeFilter(least: number | null, most: number | null): RowFilter {
  const parts = [least === null ? null : `${bytes} >= ?`, most === null ? null : `${bytes} <= ?`];
  const values = [least, most].filter((value) => value !== null);
  return { sql: parts.filter(Boolean).join(' AND '), values };
}
