/** What state work had when it was claimed: it has it again when nobody heard of the claim. */
export const sql = `
ALTER TABLE outbox ADD COLUMN claimed_from TEXT;
`;
