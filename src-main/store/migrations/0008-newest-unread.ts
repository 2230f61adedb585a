/**
 * Unread and starred messages by time: a question that names them walks these few from the newest on, and asks the index
 * of words about them alone (search/candidates.ts).
 */
export const sql = `
CREATE INDEX messages_unread_time ON messages (id) WHERE state & 2;
CREATE INDEX messages_starred_time ON messages (id) WHERE state & 4;
`;
