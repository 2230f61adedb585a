/** What the person may look at to see whom this computer talked to. Names of accounts stand as they were then. */
export const sql = `
CREATE TABLE hosts (
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  why TEXT NOT NULL,
  who TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (host, port, why, who)
) STRICT, WITHOUT ROWID;
`;
