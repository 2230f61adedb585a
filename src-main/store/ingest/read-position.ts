import { comparePositions, type Position } from './position.ts';
import type { Conversation } from './work.ts';

/** The point up to which the person has read, by receipts. */
export const readPosition = ({ row }: Conversation): Position | undefined =>
  row.read_ord === null || row.read_at === null || row.read_key === null
    ? undefined
    : { ord: row.read_ord, at: row.read_at, key: row.read_key };

/** Whether a message at this position is at or before the point the person has read up to. */
export function isReadUpTo(conversation: Conversation, position: Position): boolean {
  const read = readPosition(conversation);
  return read !== undefined && comparePositions(position, read) <= 0;
}
