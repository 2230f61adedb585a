/** The state an account was last in, for when nobody connects it: JSON {state, at}. */
export const sql = `
ALTER TABLE accounts ADD COLUMN last_state TEXT;
`;
