import type { FileKind, FileRow, FilesQuery } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId } from '../../../src-shared/model/index.ts';
import type { Sql, Value } from '../connection/sql.ts';
import { authorIs, states } from '../model.ts';
import type { AttachmentRow } from '../schema.ts';
import { attachmentView } from './message-views.ts';
import type { Handlers } from './query.ts';

/** By media type; a file that came without one is known by its name's ending. */
const kinds: readonly { readonly kind: FileKind; readonly types: readonly string[]; readonly endings: string }[] = [
  { kind: 'image', types: ['image/%'], endings: 'png jpg jpeg gif webp heic svg bmp tiff avif' },
  { kind: 'video', types: ['video/%'], endings: 'mp4 mov webm mkv avi' },
  { kind: 'audio', types: ['audio/%'], endings: 'mp3 ogg opus wav m4a flac' },
  {
    kind: 'document',
    types: [
      'text/%',
      'application/pdf',
      'application/msword',
      'application/rtf',
      'application/vnd.ms-%',
      'application/vnd.openxmlformats-%',
      'application/vnd.oasis.%',
      'application/epub%',
      'application/json',
    ],
    endings: 'pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt md csv epub pages numbers key',
  },
  {
    kind: 'archive',
    types: ['application/zip', 'application/gzip', 'application/x-tar', 'application/x-7z%', 'application/%rar%'],
    endings: 'zip gz tgz tar 7z rar xz bz2',
  },
];
const like = (column: string, patterns: readonly string[]): string =>
  patterns.map((pattern) => `${column} LIKE '${pattern}'`).join(' OR ');
const endsIn = (endings: string): string =>
  like(
    'a.name',
    endings.split(' ').map((ending) => `%.${ending}`),
  );
const kindSql = `CASE ${kinds
  .map(({ kind, types }) => `WHEN ${like('a.mime', types)} THEN '${kind}'`)
  .concat(kinds.map(({ kind, endings }) => `WHEN ${endsIn(endings)} THEN '${kind}'`))
  .join(' ')} ELSE 'other' END`;

type Row = AttachmentRow & {
  kind: FileKind;
  conversation: ConversationId;
  account: AccountId;
  at: number;
  author_is: number;
  author: string | null;
  title: string;
};

export const filesPageQueries: Handlers<'files.page'> = {
  'files.page'(sql, query) {
    const rows = rowsOf(sql, query);
    const files = rows.slice(0, query.limit).map(fileRow);
    const last = files.at(-1);
    return rows.length > query.limit && last ? { files, next: `${last.message}.${last.id}` } : { files };
  },
};

function rowsOf(sql: Sql, query: FilesQuery): Row[] {
  const filters: string[] = [];
  const values: Value[] = [];
  const filter = (text: string, ...bound: Value[]): void => {
    filters.push(text);
    values.push(...bound);
  };
  if (query.conversation !== undefined) filter('m.conversation = ?', query.conversation);
  // The state names the index of a person's messages with files (messages_author_files).
  if (query.person !== undefined)
    filter(`m.state & ${states.files} AND m.author IN (SELECT id FROM identities WHERE person = ?)`, query.person);
  // With a plus: walking the files by time and skipping is quicker than sorting an account's every message.
  if (query.account !== undefined) filter('+m.account = ?', query.account);
  if (query.minBytes !== undefined) filter('a.bytes >= ?', query.minBytes);
  if (query.kind !== undefined) filter(`${kindSql} = ?`, query.kind);
  const text = query.text?.trim();
  if (text) filter(`a.name LIKE ? ESCAPE '\\'`, `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  if (query.cursor !== undefined) {
    const { message, id } = parseCursor(query.cursor);
    filter('a.message <= ? AND (a.message < ? OR a.id < ?)', message, message, id);
  }
  return sql.all<Row>(
    `SELECT a.*, ${kindSql} AS kind, m.conversation, m.account, m.at, m.author_is, c.title,
       coalesce(m.author_name, i.name) AS author
     FROM attachments a JOIN messages m ON m.id = a.message JOIN conversations c ON c.id = m.conversation
       LEFT JOIN identities i ON i.id = m.author
     WHERE a.inline = 0 AND m.state & ${states.plain} ${filters.map((one) => `AND ${one}`).join(' ')}
     ORDER BY a.message DESC, a.id DESC LIMIT ?`,
    ...values,
    query.limit + 1,
  );
}

const fileRow = (row: Row): FileRow => ({
  ...attachmentView(row),
  kind: row.kind,
  conversation: row.conversation,
  account: row.account,
  at: row.at,
  author: row.author_is === authorIs.me ? '' : (row.author ?? ''),
  fromMe: row.author_is === authorIs.me,
  title: row.title,
});

function parseCursor(cursor: string): { message: number; id: number } {
  const [message, id] = cursor.split('.').map(Number);
  if (message === undefined || id === undefined || !Number.isSafeInteger(message) || !Number.isSafeInteger(id))
    throw new RangeError('this is no cursor of a list of files');
  return { message, id };
}
