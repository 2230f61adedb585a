import type { AccountDescription } from '../../../src-shared/channel.ts';
import type { BackfillTask } from '../api.ts';
import type { AccountRow, BackfillTaskRow, ImportDamageRow, ImportRow } from '../schema.ts';
import type { Handlers } from './query.ts';

const taskOf = (row: BackfillTaskRow): BackfillTask => ({
  account: row.account,
  scope: row.scope,
  title: row.title,
  cursor: row.cursor,
  done: row.done,
  total: row.total,
  notBefore: row.not_before,
  tries: row.tries,
});
/** Damages named with an import; `damagedCount` counts all. */
const mostDamages = 200;

export const accountQueries: Handlers<
  'accounts' | 'backfill.next' | 'backfill.unguarded' | 'backfill.progress' | 'imports' | 'settings'
> = {
  accounts: (sql) =>
    sql.all<AccountRow>('SELECT * FROM accounts ORDER BY id').map((row) => {
      const description: AccountDescription = {
        key: row.key,
        label: row.label,
        identities: JSON.parse(row.identities),
        config: JSON.parse(row.config),
      };
      return {
        id: row.id,
        channel: row.channel,
        description,
        colour: row.colour,
        paused: row.paused === 1,
        last: row.last_state === null ? null : JSON.parse(row.last_state),
      };
    }),
  'backfill.next'(sql, { account, now }) {
    const due = sql.get<BackfillTaskRow>(
      `SELECT * FROM backfill_tasks WHERE account = ? AND finished = 0 AND not_before <= ?
       ORDER BY not_before, done, rowid LIMIT 1`,
      account,
      now,
    );
    const next = sql.get<{ at: number | null }>(
      'SELECT min(not_before) AS at FROM backfill_tasks WHERE account = ? AND finished = 0 AND not_before > ?',
      account,
      now,
    );
    return { task: due ? taskOf(due) : null, nextAt: next?.at ?? null };
  },
  'backfill.unguarded': (sql, { account }) =>
    sql
      .all<{ scope: string }>(
        `SELECT scope FROM backfill_tasks WHERE account = ?1
         AND NOT EXISTS (SELECT 1 FROM checkpoints WHERE account = ?1) ORDER BY scope`,
        account,
      )
      .map(({ scope }) => scope),
  'backfill.progress'(sql, { account }) {
    const sum = sql.get<{ open: number; done: number; total: number; known: number; tasks: number }>(
      `SELECT count(*) FILTER (WHERE finished = 0) AS open, coalesce(sum(done), 0) AS done,
         coalesce(sum(max(coalesce(total, 0), done)), 0) AS total, count(*) FILTER (WHERE total > 0 OR finished) AS known,
         count(*) AS tasks
       FROM backfill_tasks WHERE account = ?`,
      account,
    );
    if (!sum) return { running: false, done: 0, total: null };
    return {
      running: sum.open > 0,
      done: sum.done,
      total: sum.known === sum.tasks && sum.tasks > 0 ? sum.total : null,
    };
  },
  imports: (sql) =>
    sql.all<ImportRow>('SELECT * FROM imports ORDER BY id DESC').map((row) => ({
      id: row.id,
      account: row.account,
      channel: row.channel,
      path: row.path,
      cursor: row.cursor,
      state: row.state as 'running' | 'paused' | 'done' | 'cancelled' | 'failed',
      messages: row.messages,
      added: row.added,
      done: row.done,
      total: row.total,
      damaged: sql
        .all<ImportDamageRow>(
          `SELECT * FROM import_damages WHERE import = ? ORDER BY number LIMIT ${mostDamages}`,
          row.id,
        )
        .map(({ number, reason }) => ({ number, reason })),
      damagedCount: row.damaged_count,
      error: row.error,
    })),
  settings: (sql) =>
    Object.fromEntries(
      sql
        .all<{ key: string; value: string }>('SELECT key, value FROM settings')
        .map(({ key, value }) => [key, JSON.parse(value)]),
    ),
};
