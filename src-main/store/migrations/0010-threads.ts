/** Replies by what began their thread, and pinned messages by conversation: few of either, both asked for by name. */
export const sql = `
CREATE INDEX messages_thread ON messages (account, thread_root, at, state) WHERE thread_root IS NOT NULL;
CREATE INDEX messages_pinned ON messages (conversation) WHERE shown & 16384;
`;
