import type { AccountId } from '../../../src-shared/model/index.ts';
import { refreshMine } from '../ingest/identities.ts';
import type { Work } from '../ingest/work.ts';
import { docSql } from '../search/doc.ts';
import type { Handlers } from './command.ts';
import { isNeeded } from './files.ts';

export const accountCommands: Handlers<'account.save' | 'account.update' | 'account.state' | 'account.remove'> = {
  'account.save'(work, { channel, description, inboxIsLabel }) {
    const values = [
      description.label,
      JSON.stringify(description.identities),
      JSON.stringify(description.config),
      inboxIsLabel ? 1 : 0,
    ];
    const before = work.sql.get<{ id: AccountId }>(
      'SELECT id FROM accounts WHERE channel = ? AND key = ?',
      channel,
      description.key,
    );
    const id =
      before?.id ??
      (work.sql.insert(
        'INSERT INTO accounts (channel, key, label, identities, config, inbox_is_label) VALUES (?, ?, ?, ?, ?, ?)',
        channel,
        description.key,
        ...values,
      ) as AccountId);
    if (before)
      work.sql.run(
        'UPDATE accounts SET label = ?, identities = ?, config = ?, inbox_is_label = ? WHERE id = ?',
        ...values,
        id,
      );
    refreshMine(work, work.account(id));
    work.touch('accounts');
    return { account: id, created: before === undefined };
  },
  'account.update'(work, { account, description, colour, paused }) {
    const set = (column: string, value: string | number | null) =>
      work.sql.run(`UPDATE accounts SET ${column} = ? WHERE id = ?`, value, account);
    if (description?.label !== undefined) set('label', description.label);
    if (description?.config !== undefined) set('config', JSON.stringify(description.config));
    if (colour !== undefined) set('colour', colour);
    if (paused !== undefined) set('paused', paused ? 1 : 0);
    if (description?.identities !== undefined) {
      set('identities', JSON.stringify(description.identities));
      refreshMine(work, work.account(account));
    }
    work.touch('accounts');
    return {};
  },
  'account.state'(work, { account, state, at }) {
    work.sql.run('UPDATE accounts SET last_state = ? WHERE id = ?', JSON.stringify({ state, at }), account);
    return {};
  },
  'account.remove'(work, { account }) {
    const hashes = work.sql.all<{ hash: string }>(
      `SELECT DISTINCT a.hash FROM attachments a JOIN messages m ON m.id = a.message
       WHERE m.account = ? AND a.hash IS NOT NULL`,
      account,
    );
    removeAccount(work, account);
    const orphans = hashes.map(({ hash }) => hash).filter((hash) => !isNeeded(work, hash));
    for (const topic of ['accounts', 'labels', 'outbox', 'drafts', 'imports', 'people'] as const) work.touch(topic);
    work.touchEveryConversation();
    return { orphans };
  },
};

function removeAccount(work: Work, account: AccountId): void {
  const { sql } = work;
  sql.run(`DELETE FROM message_fts WHERE rowid IN (SELECT ${docSql('id')} FROM messages WHERE account = ?)`, account);
  for (const table of [
    'bodies',
    'sources',
    'versions',
    'attachments',
    'reactions',
    'reaction_counts',
    'receipts',
    'placements',
    'notifications',
  ])
    sql.run(`DELETE FROM ${table} WHERE message IN (SELECT id FROM messages WHERE account = ?)`, account);
  sql.run('DELETE FROM masks WHERE outbox IN (SELECT id FROM outbox WHERE account = ?)', account);
  for (const table of ['conversation_told', 'participants', 'conversation_labels'])
    sql.run(`DELETE FROM ${table} WHERE conversation IN (SELECT id FROM conversations WHERE account = ?)`, account);
  sql.run('DELETE FROM import_damages WHERE import IN (SELECT id FROM imports WHERE account = ?)', account);
  sql.run('DELETE FROM addresses WHERE identity IN (SELECT id FROM identities WHERE account = ?)', account);
  for (const table of [
    'messages',
    'thread_links',
    'conversations',
    'labels',
    'parked',
    'drafts',
    'outbox',
    'backfill_tasks',
    'checkpoints',
    'imports',
    'pictures',
    'identities',
  ])
    sql.run(`DELETE FROM ${table} WHERE account = ?`, account);
  sql.run('DELETE FROM people WHERE id NOT IN (SELECT person FROM identities WHERE person IS NOT NULL)');
  sql.run('DELETE FROM accounts WHERE id = ?', account);
}
