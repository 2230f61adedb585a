/** A draft of the network that is gone on with here knows which writing of it that is (SPEC, O-12). */
export const sql = `
ALTER TABLE drafts ADD COLUMN copy_version INTEGER;                   -- version of its copy that it goes on from; null: it was written here
`;
