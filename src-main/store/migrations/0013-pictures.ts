/**
 * Faces and emoji as their networks gave them, and that there is none: after a restart nobody is asked for them again. Some
 * kilobytes each, so they lie in the encrypted file itself and go with their rows. The index is summed up to keep them few.
 */
export const sql = `
CREATE TABLE pictures (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  subject TEXT NOT NULL,      -- what it is of: "user <key>", "conversation <key>", "emoji <name>"
  ref TEXT NOT NULL,          -- the network's word for this very picture
  fetched_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,     -- of the whole row, about
  mime TEXT,                  -- null, as is the content: there is none
  content BLOB,
  UNIQUE (account, subject)
) STRICT;
CREATE INDEX pictures_seen ON pictures (seen_at, bytes);
`;
