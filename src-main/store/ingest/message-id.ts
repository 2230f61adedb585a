import type { MessageId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';

const perSecond = 2 ** 20;
const lastSecond = 2 ** 32 - 1;

/** The smallest id a message of that time (Unix ms) can have; times beyond the year 2106 share the last second. */
export const firstIdAt = (at: number): number => Math.min(Math.floor(at / 1000), lastSecond) * perSecond;

/** The next free id of a message of that time. Ids stay below 2^53. */
export function newMessageId(sql: Sql, at: number): MessageId {
  const first = firstIdAt(at);
  const last = sql.get<{ id: number | null }>(
    'SELECT max(id) AS id FROM messages WHERE id >= ? AND id < ?',
    first,
    first + perSecond,
  );
  const id = Math.max(last?.id ?? 0, first) + 1;
  if (id >= first + perSecond) throw new RangeError(`more than ${perSecond - 1} messages within one second`);
  return id as MessageId;
}
