import type * as api from '../api.ts';
import type { OutboxRow } from '../schema.ts';

export const outboxRow = (row: OutboxRow): api.OutboxRow => ({
  id: row.id,
  txn: row.txn,
  account: row.account,
  conversation: row.conversation,
  message: row.message,
  operation: JSON.parse(row.operation),
  state: row.state as api.OutboxState,
  stage: row.stage,
  tries: row.tries,
  notBefore: row.not_before,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
});
