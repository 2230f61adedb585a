/** Networks that name some of those who reacted, or nobody, tell how many there are. */
export const sql = `
CREATE TABLE reaction_counts (
  message INTEGER PRIMARY KEY REFERENCES messages (id),
  told TEXT NOT NULL,                   -- JSON: counts by emoji, and which are mine where that was said
  at INTEGER NOT NULL
) STRICT;
`;
