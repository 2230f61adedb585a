import type { Work } from '../ingest/work.ts';
import { never } from '../model.ts';

/** What is due so soon after it was made is due after a pause (the time to undo); what is due later, at a time. Ms. */
const soon = 300_000;
/** No pause between two tries is longer, whatever a network asks for, ms. */
const longestPause = 2 * 86_400_000;
/** A clock put right by less is none that was wrong, ms. */
const much = 30_000;

const waits = `state IN ('queued', 'sending', 'awaiting-echo', 'unknown')`;

/**
 * The clock was put back by `by` ms (less than zero): pauses that have begun are as long as they were, and the order stays.
 * What the person wants at a certain time is left at that time.
 */
export function clockPutBack(work: Work, by: number): void {
  const { sql, now } = work;
  sql.run(
    `UPDATE outbox SET not_before = not_before + ?1
     WHERE ${waits} AND not_before > ?2 AND not_before < ${never} AND (tries > 0 OR not_before - created_at <= ${soon})`,
    by,
    now,
  );
  sql.run(
    `UPDATE outbox SET due_at = due_at + ?1 WHERE ${waits} AND due_at > ?2 AND due_at - created_at <= ${soon}`,
    by,
    now,
  );
  sql.run(`UPDATE outbox SET created_at = created_at + ?1 WHERE ${waits} AND created_at > ?2`, by, now);
  sql.run('UPDATE backfill_tasks SET not_before = not_before + ?1 WHERE finished = 0 AND not_before > ?2', by, now);
  work.touch('outbox');
}

/**
 * As this run begins: what was made by a clock that was ahead has waited long enough. Whether that one was ahead or this one is
 * behind, as many are until the network has told them the time, nobody knows yet: so nothing else is touched.
 */
export function clockWasAhead(work: Work): void {
  const { sql, now } = work;
  const newest = sql.get<{ at: number | null }>(`SELECT max(created_at) AS at FROM outbox WHERE ${waits}`)?.at;
  if (newest && newest > now + much) clockPutBack(work, now - newest);
  const [until, latest] = [now, now + longestPause];
  sql.run(
    `UPDATE outbox SET not_before = ?1 WHERE ${waits} AND tries > 0 AND not_before > ?2 AND not_before < ${never}`,
    until,
    latest,
  );
  sql.run('UPDATE backfill_tasks SET not_before = ?1 WHERE finished = 0 AND not_before > ?2', until, latest);
}
