import type { ConversationId, ImportId, MessageId } from '../../../src-shared/model/index.ts';
import type { Work } from '../ingest/work.ts';
import type { Handlers } from './command.ts';

export const fileCommands: Handlers<
  'attachment.stored' | 'attachment.failed' | 'upload.stored' | 'uploads.collect' | 'import.create' | 'import.state'
> = {
  'attachment.stored'(work, { attachment, hash, bytes }) {
    work.sql.run(
      `UPDATE attachments SET hash = ?, bytes = ?, state = 'local', error = NULL WHERE id = ?`,
      hash,
      bytes,
      attachment,
    );
    touchAttachment(work, attachment);
    return {};
  },
  'attachment.failed'(work, { attachment, reason }) {
    work.sql.run(`UPDATE attachments SET state = 'failed', error = ? WHERE id = ?`, reason, attachment);
    touchAttachment(work, attachment);
    return {};
  },
  'upload.stored'(work, { ref, hash, name, mime, bytes }) {
    work.sql.run(
      'INSERT OR REPLACE INTO uploads (ref, hash, name, mime, bytes) VALUES (?, ?, ?, ?, ?)',
      ref,
      hash,
      name,
      mime,
      bytes,
    );
    return {};
  },
  'uploads.collect'(work, { refs }) {
    const hashes = new Set<string>();
    for (const ref of refs) {
      const needed = work.sql.get(
        `SELECT 1 FROM drafts WHERE instr(composition, ?1)
         UNION ALL SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'cancelled') AND instr(operation, ?1) LIMIT 1`,
        ref,
      );
      const upload = work.sql.get<{ hash: string }>('SELECT hash FROM uploads WHERE ref = ?', ref);
      if (needed || !upload) continue;
      work.sql.run('DELETE FROM uploads WHERE ref = ?', ref);
      hashes.add(upload.hash);
    }
    return { orphans: [...hashes].filter((hash) => !isNeeded(work, hash)) };
  },
  /** An import of the same path that has not come to its end goes on where it was. */
  'import.create'(work, { account, channel, path }) {
    work.touch('imports');
    const before = work.sql.get<{ id: ImportId }>(
      `SELECT id FROM imports WHERE account = ? AND channel = ? AND path = ? AND state <> 'done' ORDER BY id DESC LIMIT 1`,
      account,
      channel,
      path,
    );
    if (before) {
      work.sql.run(`UPDATE imports SET state = 'running', error = NULL WHERE id = ?`, before.id);
      return { import: before.id, resumed: true };
    }
    const id = work.sql.insert(
      `INSERT INTO imports (account, channel, path, state) VALUES (?, ?, ?, 'running')`,
      account,
      channel,
      path,
    );
    return { import: id as ImportId, resumed: false };
  },
  'import.state'(work, { import: id, state, error }) {
    work.sql.run('UPDATE imports SET state = ?, error = ? WHERE id = ?', state, error ?? null, id);
    work.touch('imports');
    return {};
  },
};

/** A message or an upload names the file. */
export const isNeeded = (work: Work, hash: string): boolean =>
  work.sql.get(
    'SELECT 1 FROM attachments WHERE hash = ?1 UNION ALL SELECT 1 FROM uploads WHERE hash = ?1 LIMIT 1',
    hash,
  ) !== undefined;

function touchAttachment(work: Work, attachment: number): void {
  const row = work.sql.get<{ conversation: ConversationId; message: MessageId }>(
    'SELECT m.conversation, m.id AS message FROM attachments a JOIN messages m ON m.id = a.message WHERE a.id = ?',
    attachment,
  );
  if (row) work.conversation(row.conversation);
}
