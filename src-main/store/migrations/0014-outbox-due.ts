/** What waits is claimed in turn: with ten thousand waiting, the first is found without reading the others. */
export const sql = `
CREATE INDEX outbox_due ON outbox (account, due_at, id) WHERE state IN ('queued', 'sending', 'unknown');
`;
