import type { Check } from '../../../src-shared/ipc/index.ts';
import type { Sql } from '../connection/sql.ts';
import { schemaVersion } from '../migrations/run.ts';
import { counters } from '../model.ts';
import type { Handlers } from './query.ts';

const one = (sql: Sql, query: string): number => sql.get<{ n: number }>(query)?.n ?? 0;

export const checkQueries: Handlers<'stats' | 'check'> = {
  stats: (sql) => ({
    accounts: one(sql, 'SELECT count(*) AS n FROM accounts'),
    conversations: one(sql, 'SELECT count(*) AS n FROM conversations WHERE messages > 0'),
    messages: one(sql, 'SELECT count(*) AS n FROM messages'),
    attachments: one(sql, 'SELECT count(*) AS n FROM attachments'),
    people: one(sql, 'SELECT count(*) AS n FROM people'),
    outboxWaiting: one(sql, `SELECT count(*) AS n FROM outbox WHERE state IN ('queued', 'sending', 'unknown')`),
    databaseBytes: one(sql, 'SELECT page_count * page_size AS n FROM pragma_page_count(), pragma_page_size()'),
    schemaVersion: schemaVersion(sql),
  }),
  check: (sql) => [integrity(sql), countersHold(sql), labelsHold(sql), indexIsWhole(sql)],
};

/** Pages, tables and, since SQLite 3.44, the structure of the FTS5 index. */
function integrity(sql: Sql): Check {
  const found = sql.all<{ quick_check: string }>('PRAGMA quick_check(5)').map((row) => row.quick_check);
  const ok = found.length === 1 && found[0] === 'ok';
  return { name: 'database', ok, detail: ok ? 'The file is whole.' : found.join('; ') };
}
function countersHold(sql: Sql): Check {
  const sums = counters.map(([counter, bit]) => `sum((state & ${bit}) <> 0) AS ${counter}`);
  const differs = counters.map(([counter]) => `c.${counter} <> coalesce(m.${counter}, 0)`);
  const wrong = one(
    sql,
    `SELECT count(*) AS n FROM conversations c LEFT JOIN (
       SELECT conversation, ${sums.join(', ')} FROM messages GROUP BY conversation
     ) m ON m.conversation = c.id WHERE ${differs.join(' OR ')}`,
  );
  const detail =
    wrong === 0 ? 'Every conversation counts its messages rightly.' : `${wrong} conversations count wrongly.`;
  return { name: 'counters', ok: wrong === 0, detail };
}
function labelsHold(sql: Sql): Check {
  const wrong = one(
    sql,
    `SELECT count(*) AS n FROM labels l LEFT JOIN (
       SELECT label, count(*) AS conversations, sum(unread) AS unread FROM conversation_labels GROUP BY label
     ) c ON c.label = l.id WHERE l.conversations <> coalesce(c.conversations, 0) OR l.unread <> coalesce(c.unread, 0)`,
  );
  const detail = wrong === 0 ? 'Every label counts its conversations rightly.' : `${wrong} labels count wrongly.`;
  return { name: 'labels', ok: wrong === 0, detail };
}
function indexIsWhole(sql: Sql): Check {
  const messages = one(sql, 'SELECT count(*) AS n FROM messages WHERE removed_at IS NULL');
  const indexed = one(sql, 'SELECT count(*) AS n FROM message_fts_docsize');
  const ok = messages === indexed;
  return {
    name: 'search index',
    ok,
    detail: ok ? `${indexed} messages are indexed.` : `${indexed} of ${messages} messages are indexed.`,
  };
}
