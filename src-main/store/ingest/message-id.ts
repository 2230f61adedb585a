import type { MessageId } from '../../../src-shared/model/index.ts';
import type { Work } from './work.ts';

const perSecond = 2 ** 20;
const lastSecond = 2 ** 32 - 1;

/** The smallest id a message of that time (Unix ms) can have; times beyond the year 2106 share the last second. */
export const firstIdAt = (at: number): number => Math.min(Math.floor(at / 1000), lastSecond) * perSecond;

/** The id a message of that time is given when nobody has it. */
export const candidateId = (at: number): number => firstIdAt(at) + 1;

/** The next free id of a message of that time. Ids stay below 2^53. */
export function newMessageId(work: Work, at: number): MessageId {
  const first = firstIdAt(at);
  const ids = work.messageIds;
  const free = first > ids.most || first + perSecond <= ids.least || work.foreseen.freeIds.has(first + 1);
  const id = (free ? first : lastIdWithin(work, first)) + 1;
  if (id >= first + perSecond) throw new RangeError(`more than ${perSecond - 1} messages within one second`);
  work.foreseen.freeIds.delete(id);
  ids.least = Math.min(ids.least, id);
  ids.most = Math.max(ids.most, id);
  return id as MessageId;
}

function lastIdWithin({ sql }: Work, first: number): number {
  const last = sql.get<{ id: number | null }>(
    'SELECT max(id) AS id FROM messages WHERE id >= ? AND id < ?',
    first,
    first + perSecond,
  );
  return Math.max(last?.id ?? 0, first);
}
