import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { Sort } from './filter.ts';

/** Whether a row comes after another in a list. */
export const isBehind =
  (sort: Sort) =>
  (row: ConversationRow, last: ConversationRow): boolean =>
    sort === 'oldest' ? row.lastAt > last.lastAt : row.lastAt < last.lastAt;

/** Whether a row's place in the list may be another than before; one that was not there has none yet. */
export const isElsewhere = (sort: Sort, before: ConversationRow | undefined, now: ConversationRow): boolean =>
  !before || before.lastAt !== now.lastAt || (sort === 'unread' && before.unread > 0 !== now.unread > 0);
