import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Track } from '../api.ts';
import type { Work } from '../ingest/work.ts';
import type { OutboxRow } from '../schema.ts';
import { trackOf } from './tracks.ts';

/** Rows read at once; most often one of the first may go. */
const pageSize = 32;

/**
 * What is due, the first meant first, a few rows at a time: tens of thousands may wait, and the writer has others to serve.
 * `+not_before`: the index in turn is the one to use (`outbox_due`), not the one by time of the next try. An operation that
 * names no file is of the track its first word says; others have to be read.
 */
export const dueQuery = `
  SELECT * FROM outbox WHERE account = ? AND state IN ('queued', 'sending', 'unknown') AND state <> 'sending'
    AND +not_before <= ? AND (due_at, id) > (?, ?)
    AND (instr(operation, '"ref":') > 0 OR iif(operation GLOB '{"op":"send"*', ?, ?))
  ORDER BY due_at, id LIMIT ${pageSize}`;

/** Rows of tracks that are not `busy`. */
export function* dueInTurn(
  { sql }: Work,
  account: AccountId,
  now: number,
  busy: readonly Track[],
): Generator<OutboxRow> {
  const free = (track: Track): number => (busy.includes(track) ? 0 : 1);
  for (let [dueAt, id] = [Number.MIN_SAFE_INTEGER, 0]; ; ) {
    const rows = sql.all<OutboxRow>(dueQuery, account, now, dueAt, id, free('message'), free('change'));
    for (const row of rows) if (busy.length === 0 || free(trackOf(JSON.parse(row.operation))) === 1) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    [dueAt, id] = [last.due_at, last.id];
  }
}
