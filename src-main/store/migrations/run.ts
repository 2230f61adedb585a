import { StoreError } from '../connection/errors.ts';
import type { Sql } from '../connection/sql.ts';
import { migrations } from './index.ts';

/** "Cari" in ASCII: tells the file apart from other SQLite databases (PRAGMA application_id). */
const applicationId = 0x43617269;

export const schemaVersion = (sql: Sql): number => Number(sql.db.pragma('user_version', { simple: true }));

/**
 * Brings the database to the newest schema, each migration in a transaction of its own.
 * A database written by a newer version is refused with `newer-schema` before anything is touched.
 */
export function migrate(
  sql: Sql,
  steps: readonly { readonly name: string; readonly sql: string }[] = migrations,
): void {
  const version = schemaVersion(sql);
  if (version > steps.length)
    throw new StoreError(
      'newer-schema',
      `This database was written by a newer Carillon (schema ${version}, this one knows ${steps.length}). It was left untouched; please update Carillon.`,
    );
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    sql.transaction(() => {
      sql.db.exec(step.sql);
      sql.db.pragma(`user_version = ${index + 1}`);
      sql.db.pragma(`application_id = ${applicationId}`);
    });
  }
}
