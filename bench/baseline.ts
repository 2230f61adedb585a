import { open } from '../src-main/store/connection/open.ts';
import type { IncomingMessage } from '../src-shared/model/index.ts';
import { benchKey } from './context.ts';

/**
 * What SQLite alone does with the same messages: a table with a unique key, an FTS5 index over the same fields as ours,
 * one transaction a batch. No threads, no people, no labels, no counters, no folding of text.
 */
export interface Baseline {
  insert(messages: readonly IncomingMessage[]): void;
  close(): void;
}

export function openBaseline(file: string): Baseline {
  const sql = open({ file, key: benchKey, readonly: false, cacheKib: 65_536 });
  sql.db.exec(`
    CREATE TABLE message (
      id INTEGER PRIMARY KEY, key TEXT UNIQUE, at INTEGER, author TEXT, recipients TEXT, subject TEXT, body TEXT, files TEXT
    );
    CREATE VIRTUAL TABLE message_index USING fts5 (
      subject, body, author, recipients, files,
      content = 'message', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    );
  `);
  const row = sql.statement(
    'INSERT OR IGNORE INTO message (key, at, subject, body, author, recipients, files) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const index = sql.statement(
    'INSERT INTO message_index (rowid, subject, body, author, recipients, files) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    insert: (messages) =>
      sql.transaction(() => {
        for (const message of messages) {
          const texts = textsOf(message);
          const { lastInsertRowid } = row.run(message.key, message.at, ...texts);
          index.run(lastInsertRowid, ...texts);
        }
      }),
    close: () => sql.db.close(),
  };
}

function textsOf({ from, subject = '', parts, recipients = [] }: IncomingMessage): string[] {
  const author = from.is === 'system' ? '' : `${from.name ?? ''} ${from.key ?? ''}`;
  const body = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
  const files = parts.flatMap((part) =>
    'media' in part && typeof part.media === 'object' ? [part.media.name ?? ''] : [],
  );
  return [subject, body, author, recipients.map(({ name, key }) => `${name ?? ''} ${key}`).join(' '), files.join(' ')];
}
