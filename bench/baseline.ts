import { open } from '../src-main/store/connection/open.ts';
import type { IncomingMessage } from '../src-shared/model/index.ts';
import { benchKey } from './context.ts';

/** What SQLite alone does with the same messages: one table, one FTS5 index, one transaction a batch. */
export interface Baseline {
  insert(messages: readonly IncomingMessage[]): void;
  close(): void;
}

export function openBaseline(file: string): Baseline {
  const sql = open({ file, key: benchKey, readonly: false, cacheKib: 65_536 });
  sql.db.exec(`
    CREATE TABLE message (id INTEGER PRIMARY KEY, key TEXT, author TEXT, at INTEGER, subject TEXT, body TEXT);
    CREATE VIRTUAL TABLE message_index USING fts5 (
      subject, body, author, content = 'message', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    );
  `);
  const row = sql.statement('INSERT INTO message (key, author, at, subject, body) VALUES (?, ?, ?, ?, ?)');
  const index = sql.statement('INSERT INTO message_index (rowid, subject, body, author) VALUES (?, ?, ?, ?)');
  return {
    insert: (messages) =>
      sql.transaction(() => {
        for (const { key, from, at, subject = null, parts } of messages) {
          const author = from.is === 'system' ? '' : `${from.name ?? ''} ${from.key ?? ''}`;
          const body = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
          const { lastInsertRowid } = row.run(key, author, at, subject, body);
          index.run(lastInsertRowid, subject, body, author);
        }
      }),
    close: () => sql.db.close(),
  };
}
