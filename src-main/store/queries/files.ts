import type { AccountId, AttachmentId, BlobRef, MessageKey } from '../../../src-shared/model/index.ts';
import type { AttachmentRow } from '../schema.ts';
import { attachmentView } from './message-views.ts';
import type { Handlers } from './query.ts';

export const fileQueries: Handlers<'attachment' | 'blob.find' | 'uploads' | 'blobs.unnamed'> = {
  attachment(sql, { attachment }) {
    const row = sql.get<AttachmentRow & { account: AccountId; key: MessageKey }>(
      'SELECT a.*, m.account, m.key FROM attachments a JOIN messages m ON m.id = a.message WHERE a.id = ?',
      attachment,
    );
    return row ? { view: attachmentView(row), account: row.account, key: row.key, hash: row.hash } : null;
  },
  uploads: (sql) => sql.all<{ ref: BlobRef; hash: string }>('SELECT ref, hash FROM uploads ORDER BY ref'),
  'blobs.unnamed': (sql, { hashes }) =>
    sql
      .all<{ hash: string }>(
        `SELECT value AS hash FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM attachments WHERE hash = value)
         AND NOT EXISTS (SELECT 1 FROM uploads WHERE hash = value)`,
        JSON.stringify(hashes),
      )
      .map(({ hash }) => hash),
  'blob.find'(sql, { account, ref, message }) {
    const upload = sql.get<{ hash: string; name: string; mime: string }>(
      'SELECT hash, name, mime FROM uploads WHERE ref = ?',
      ref,
    );
    if (upload) return { ...upload, attachment: null };
    if (message === undefined) return null;
    return (
      sql.get<{ hash: string | null; attachment: AttachmentId; name: string; mime: string }>(
        `SELECT a.hash, a.id AS attachment, a.name, a.mime FROM messages m JOIN attachments a ON a.message = m.id
         WHERE m.account = ? AND m.key = ? AND a.ref = ?`,
        account,
        message,
        ref,
      ) ?? null
    );
  },
};
