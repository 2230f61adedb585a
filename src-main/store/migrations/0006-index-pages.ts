/**
 * How the index of words lies on pages, and two indexes less to write for each message.
 *
 * - FTS5 cuts its lists into leaves of 4,050 bytes, which fill a page of 4,096 exactly
 *   (https://www.sqlite.org/src/file/ext/fts5/fts5Int.h, FTS5_DEFAULT_PAGE_SIZE). The cipher keeps the last bytes of every page
 *   for itself, so that each leaf ran over onto a second page: twice the pages to read, one page in eight more to write.
 * - Whose message it is, is asked for the sake of files alone: so those with files are listed.
 */
export const sql = `
INSERT INTO message_fts (message_fts, rank) VALUES ('pgsz', 3980);
DROP INDEX messages_author;
CREATE INDEX messages_author_files ON messages (author) WHERE state & 8;
`;
