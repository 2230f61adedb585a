import type { MessageRow, VersionRow } from '../schema.ts';
import { pack, unpack } from '../text/pack.ts';
import { replaceAttachments } from './content.ts';
import type { PreparedContent } from './prepare.ts';
import { saysMore } from './registers.ts';
import type { Work } from './work.ts';

/** One text a message has, or had. */
export interface Offered extends Omit<PreparedContent, 'words'> {
  readonly version: number;
  /** Null for the text it came with. */
  readonly editedAt: number | null;
}
type Compared = Pick<Offered, 'editedAt' | 'subject' | 'text'>;
const wins = (a: Compared, b: Compared): boolean => {
  if (a.text !== b.text) return saysMore(a.text, b.text);
  if (a.subject !== b.subject) return saysMore(a.subject, b.subject);
  return (a.editedAt ?? -1) > (b.editedAt ?? -1);
};

/**
 * The highest version is shown, every other is kept beside it (SPEC, I-5). A removed message takes no content any more.
 * An echo's own text is version -1 and leaves no trace once the network has told the real one.
 */
export function offerContent(work: Work, row: MessageRow, offered: Offered): void {
  if (row.removed_at !== null) return;
  if (offered.version < row.version) {
    keepVersion(work, row, offered);
    return;
  }
  const body = work.sql.get<{ content: string | Uint8Array }>('SELECT content FROM bodies WHERE message = ?', row.id);
  if (!body) return;
  const current: Compared = { editedAt: row.edited_at, subject: row.subject, text: unpack(body.content) };
  if (offered.version === row.version) {
    if (!wins(offered, current)) return;
  } else if (row.version >= 0) keepVersion(work, row, { ...current, version: row.version });
  work.sql.run(
    'UPDATE messages SET version = ?, edited_at = ?, subject = ?, preview = ? WHERE id = ?',
    offered.version,
    offered.editedAt,
    offered.subject,
    offered.preview,
    row.id,
  );
  work.sql.run('UPDATE bodies SET content = ? WHERE message = ?', pack(offered.text), row.id);
  if (offered.text !== current.text) replaceAttachments(work, row.id, offered.attachments);
  work.reindex.set(row.id, false);
  work.conversation(row.conversation).changed = true;
}

function keepVersion(work: Work, row: MessageRow, version: Compared & { readonly version: number }): void {
  const kept = work.sql.get<VersionRow>(
    'SELECT * FROM versions WHERE message = ? AND version = ?',
    row.id,
    version.version,
  );
  if (
    kept &&
    !wins(version, { editedAt: kept.at < 0 ? null : kept.at, subject: kept.subject, text: unpack(kept.content) })
  )
    return;
  work.sql.run(
    'INSERT OR REPLACE INTO versions (message, version, at, subject, content) VALUES (?, ?, ?, ?, ?)',
    row.id,
    version.version,
    version.editedAt ?? -1,
    version.subject,
    pack(version.text),
  );
}
