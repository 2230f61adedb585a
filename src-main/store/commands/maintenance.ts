import type { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import { deriveTold } from '../ingest/conversations.ts';
import { flushIndex } from '../ingest/indexing.ts';
import { readingChanged } from '../ingest/reading.ts';
import { refresh } from '../ingest/refresh.ts';
import type { Work } from '../ingest/work.ts';
import { counters } from '../model.ts';
import { flush, type Handlers } from './command.ts';

/** Messages indexed or conversations summed up at a time: memory stays bounded, the transaction is one. */
const portion = 500;

export const maintenanceCommands: Handlers<'settings.set' | 'maintenance.rebuild' | 'maintenance.checkpoint'> = {
  'settings.set'(work, { patch }) {
    for (const [key, value] of Object.entries(patch)) {
      if (value === undefined || value === null) work.sql.run('DELETE FROM settings WHERE key = ?', key);
      else
        work.sql.run(
          'INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2',
          key,
          JSON.stringify(value),
        );
    }
    work.touch('settings');
    return {};
  },
  'maintenance.rebuild'(work) {
    rebuildCounters(work);
    rebuildIndex(work);
    work.touch('labels');
    work.touchEveryConversation();
    return {};
  },
  'maintenance.checkpoint': () => ({}),
};

function rebuildCounters(work: Work): void {
  const { sql } = work;
  const zero = [...counters.map(([counter]) => counter), 'drafts', 'people_count'].map((column) => `${column} = 0`);
  sql.run(`UPDATE conversations SET ${zero.join(', ')}`);
  sql.run(`UPDATE conversations SET
    people_count = (SELECT count(*) FROM participants p WHERE p.conversation = conversations.id),
    drafts = (SELECT count(*) FROM drafts d WHERE d.conversation = conversations.id)`);
  sql.run('DELETE FROM conversation_labels');
  sql.run('UPDATE labels SET conversations = 0, unread = 0');
  sql.run(`UPDATE messages SET state = 0, labels = '[]'`);
  const ids = sql.all<{ id: ConversationId }>('SELECT id FROM conversations ORDER BY id');
  for (const [i, { id }] of ids.entries()) {
    const conversation = work.conversation(id);
    const account = work.account(conversation.row.account);
    deriveTold(work, conversation);
    conversation.row.read_ord = null;
    conversation.row.read_at = null;
    conversation.row.read_key = null;
    readingChanged(work, account, conversation);
    for (const message of sql.all<{ id: MessageId }>('SELECT id FROM messages WHERE conversation = ?', id))
      refresh(work, account, message.id);
    conversation.changed = true;
    if (i % portion === portion - 1) release(work);
  }
  release(work);
}
/** Writes what is gathered so far and forgets it. */
function release(work: Work): void {
  flush(work);
  work.conversations.clear();
}

function rebuildIndex(work: Work): void {
  const { sql } = work;
  sql.run(`INSERT INTO message_fts (message_fts) VALUES ('delete-all')`);
  let after = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = sql.all<{ id: MessageId }>(
      `SELECT id FROM messages WHERE id < ? AND removed_at IS NULL ORDER BY id DESC LIMIT ${portion}`,
      after,
    );
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
    for (const { id } of page) work.reindex.set(id, true);
    flushIndex(work);
  }
}
