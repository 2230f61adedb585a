import type { Delivery, DeliveryState } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, IdentityId, MessageId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { comparePositions, type Position } from '../ingest/position.ts';
import { never } from '../model.ts';
import type { OutboxRow } from '../schema.ts';

const isTriedAgain = ({ state, tries, not_before }: OutboxRow): boolean =>
  (state === 'queued' || state === 'unknown') && tries > 0 && not_before < never;

/** Where something on its way out stands. `retryAt` only after a first try. */
const deliveryView = (row: OutboxRow): Delivery => ({
  outbox: row.id,
  state: row.state as DeliveryState,
  error: row.error_message,
  notBefore: row.state === 'queued' && row.tries === 0 ? row.not_before : null,
  retryAt: isTriedAgain(row) ? row.not_before : null,
});

/** What the outbox knows of messages sent from here. `ids`: JSON. */
export function deliveries(sql: Sql, ids: string): Map<MessageId, Delivery> {
  const rows = sql.all<OutboxRow>(
    `SELECT * FROM outbox WHERE message IN (SELECT value FROM json_each(?)) AND operation ->> '$.op' = 'send' ORDER BY id`,
    ids,
  );
  return new Map(rows.flatMap((row) => (row.message === null ? [] : [[row.message, deliveryView(row)]])));
}

export interface Readers {
  readonly people: readonly IdentityId[];
  /** Who has read a message at this position, and whether it has reached anyone. */
  upTo(position: Position): { readonly read: readonly IdentityId[]; readonly delivered: boolean };
}
/** Receipts looked at in one conversation; beyond, only the furthest readers are named. */
const mostReaders = 100;

export function readersOf(sql: Sql, conversation: ConversationId): Readers {
  const rows = sql.all<Position & { who: IdentityId; receipt: string }>(
    `SELECT m.ord, m.at, m.key, r.who, r.receipt FROM receipts r JOIN messages m ON m.id = r.message
     WHERE r.conversation = ? AND r.who <> 0 ORDER BY m.ord DESC, m.at DESC, m.key DESC LIMIT ${mostReaders}`,
    conversation,
  );
  return {
    people: rows.map((row) => row.who),
    upTo(position) {
      const reached = rows.filter((row) => comparePositions(row, position) >= 0);
      return {
        read: reached.filter((row) => row.receipt === 'read').map((row) => row.who),
        delivered: reached.length > 0,
      };
    },
  };
}
