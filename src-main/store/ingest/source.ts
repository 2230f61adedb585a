import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { MessageId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import type { Work } from './work.ts';

/** The bytes a message had in an archive; of two different ones the longer stays, then the greater (SPEC, I-3). */
export function storeSource(work: Work, id: MessageId, source: Uint8Array): void {
  const before = work.sql.get<{ size: number }>('SELECT size FROM sources WHERE message = ?', id);
  if (before) {
    if (before.size > source.length) return;
    const stored = before.size === source.length ? readSource(work.sql, id) : undefined;
    if (stored && Buffer.compare(stored, source) >= 0) return;
  }
  work.sql.run(
    'INSERT OR REPLACE INTO sources (message, bytes, size) VALUES (?, ?, ?)',
    id,
    zstdCompressSync(source),
    source.length,
  );
}

export function readSource(sql: Sql, id: MessageId): Uint8Array | null {
  const row = sql.get<{ bytes: Uint8Array }>('SELECT bytes FROM sources WHERE message = ?', id);
  return row ? zstdDecompressSync(row.bytes) : null;
}
