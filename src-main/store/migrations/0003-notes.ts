/** What the person noted about people, for their own eyes. */
export const sql = `
CREATE TABLE notes (
  person INTEGER PRIMARY KEY REFERENCES people (id),
  text TEXT NOT NULL
) STRICT;
`;
