/** Drafts written here have a copy on the network where it keeps drafts (SPEC, O-10 to O-12). */
export const sql = `
ALTER TABLE drafts ADD COLUMN kept_at INTEGER NOT NULL DEFAULT -1;    -- updated_at of what its copy says; -1: it has none
ALTER TABLE drafts ADD COLUMN saving INTEGER;                         -- the work in the outbox that makes its copy
ALTER TABLE drafts ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;   -- 1: its copy was changed elsewhere meanwhile
ALTER TABLE outbox ADD COLUMN copy_key TEXT;                          -- the copy it makes, takes away, or was written from
ALTER TABLE outbox ADD COLUMN copy_saving INTEGER;                    -- of what is sent: the saving of its draft, still under way
CREATE INDEX drafts_copy ON drafts (account, network_key) WHERE network_key IS NOT NULL;
CREATE INDEX drafts_saving ON drafts (saving) WHERE saving IS NOT NULL;
CREATE INDEX outbox_copy ON outbox (account, copy_key) WHERE copy_key IS NOT NULL;
`;
