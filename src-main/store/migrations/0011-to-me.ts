/**
 * Whether anything of an account was ever sent to the person by name. Chats know no recipients: then "to me, in a chat" is known
 * to find nothing, where walking two long lists of the index that never meet took 40 ms at a million messages.
 */
export const sql = `
ALTER TABLE accounts ADD COLUMN to_me INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET to_me = EXISTS (
  SELECT 1 FROM message_fts WHERE message_fts MATCH '"' || char(57360) || 'a' || id || '" AND "' || char(57360) || 'tm"'
);
`;
