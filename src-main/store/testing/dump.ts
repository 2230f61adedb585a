import type { Sql } from '../connection/sql.ts';
import { unpack } from '../text/pack.ts';

type Row = Record<string, unknown>;

/** Everything the network told and what follows from it, under names instead of row ids: equal databases dump alike. */
export function dump(sql: Sql): Record<string, readonly Row[]> {
  const keys = (table: string): Map<number, string> =>
    new Map(
      sql
        .all<{ id: number; account: number; key: string }>(`SELECT id, account, key FROM ${table}`)
        .map((row) => [row.id, `${row.account}/${row.key}`]),
    );
  const names = {
    conversation: keys('conversations'),
    message: keys('messages'),
    identity: keys('identities'),
    label: keys('labels'),
  };
  const name = (kind: keyof typeof names, id: unknown): string | null =>
    typeof id === 'number' ? (id === 0 ? 'me' : (names[kind].get(id) ?? `missing ${kind} ${id}`)) : null;
  const list = (kind: keyof typeof names, text: unknown): (string | null)[] => {
    const ids: number[] = JSON.parse(String(text));
    return ids.map((id) => name(kind, id));
  };
  const packed = (value: unknown): string | null =>
    typeof value === 'string' || value instanceof Uint8Array ? unpack(value) : null;
  const table = (from: string, change: (row: Row) => Row): Row[] =>
    sql
      .all<Row>(`SELECT * FROM ${from}`)
      .map((row) => change({ ...row }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const without = ({ ...row }: Row, ...columns: string[]): Row => {
    for (const column of columns) delete row[column];
    return row;
  };
  const about = (row: Row): Row => ({ ...row, message: name('message', row.message) });

  return {
    conversations: table('conversations', (row) => ({
      ...without(row, 'id'),
      last_message: name('message', row.last_message),
      people: list('identity', row.people),
    })),
    conversation_told: table('conversation_told', (row) => ({
      ...row,
      conversation: name('conversation', row.conversation),
    })),
    messages: table('messages', (row) => ({
      ...without(row, 'id'),
      conversation: name('conversation', row.conversation),
      author: name('identity', row.author),
      labels: list('label', row.labels).sort(),
    })),
    bodies: table('bodies', (row) => about({ ...row, content: packed(row.content), raw: packed(row.raw) })),
    sources: table('sources', (row) => about({ ...row, bytes: Buffer.from(row.bytes as Uint8Array).toString('hex') })),
    versions: table('versions', (row) => about({ ...row, content: packed(row.content) })),
    attachments: table('attachments', (row) => about(without(row, 'id'))),
    reactions: table('reactions', (row) => about({ ...row, who: name('identity', row.who) })),
    reaction_counts: table('reaction_counts', about),
    receipts: table('receipts', (row) =>
      about({ ...row, who: name('identity', row.who), conversation: name('conversation', row.conversation) }),
    ),
    labels: table('labels', (row) => without(row, 'id')),
    placements: table('placements', (row) => about({ ...row, label: name('label', row.label) })),
    conversation_labels: table('conversation_labels', (row) => ({
      ...row,
      conversation: name('conversation', row.conversation),
      label: name('label', row.label),
    })),
    participants: table('participants', (row) => ({
      conversation: name('conversation', row.conversation),
      identity: name('identity', row.identity),
    })),
    thread_links: table('thread_links', (row) => ({ ...row, conversation: name('conversation', row.conversation) })),
    identities: table('identities', (row) => without(row, 'id', 'person')),
    people: sql
      .all<{ keys: string }>(
        `SELECT group_concat(key, ' ') AS keys FROM (SELECT person, account || '/' || key AS key FROM identities
         WHERE person IS NOT NULL ORDER BY account, key) GROUP BY person ORDER BY keys`,
      )
      .map((row) => ({ ...row })),
    addresses: table('addresses', (row) => ({ ...row, identity: name('identity', row.identity) })),
    parked: table('parked', (row) => without(row, 'digest')),
    backfill_tasks: table('backfill_tasks', (row) => row),
    index: indexTerms(sql),
  };
}

/** People are indexed by the names known when their message was: only the other columns are sure to be alike. */
function indexTerms(sql: Sql): Row[] {
  sql.db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.message_columns USING fts5vocab ('main', 'message_fts', 'col')`);
  return sql.all<Row>(`SELECT * FROM message_columns WHERE col NOT IN ('author', 'recipients') ORDER BY term, col`);
}
