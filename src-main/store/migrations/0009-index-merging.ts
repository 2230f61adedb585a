/**
 * FTS5 merges its segments within the commit that happens to complete sixty-four pages: one message in fifty waits for 50 ms
 * of work that is not its own. Merging is asked for instead (ingest/merging.ts), of levels with eight segments as before.
 */
export const sql = `
INSERT INTO message_fts (message_fts, rank) VALUES ('automerge', 0);
INSERT INTO message_fts (message_fts, rank) VALUES ('usermerge', 8);
`;
