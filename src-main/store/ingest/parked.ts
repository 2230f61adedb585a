import { hash } from 'node:crypto';
import type { MessageKey } from '../../../src-shared/model/index.ts';
import type { MessageRow } from '../schema.ts';
import { type AboutMessage, applyAbout, targetOf } from './about.ts';
import type { Account, Work } from './work.ts';

/** Keeps an event until the message it is about comes; the same event once (SPEC, I-8). */
export function park(work: Work, account: Account, event: AboutMessage): void {
  const text = JSON.stringify(event);
  work.sql.run(
    'INSERT OR IGNORE INTO parked (account, target, digest, event) VALUES (?, ?, ?, ?)',
    account.id,
    targetOf(event),
    hash('sha1', text, 'buffer'),
    text,
  );
  waiting.set(work, true);
}

const waiting = new WeakMap<Work, boolean>();
const anyWaits = (work: Work): boolean => {
  let any = waiting.get(work);
  if (any === undefined) {
    any = work.sql.get('SELECT 1 FROM parked LIMIT 1') !== undefined;
    waiting.set(work, any);
  }
  return any;
};

/** Applies what waited for a message that has just come. */
export function unpark(work: Work, account: Account, key: string): void {
  if (!anyWaits(work)) return;
  const events = work.sql
    .all<{ event: string }>('SELECT event FROM parked WHERE account = ? AND target = ?', account.id, key)
    .map((row): AboutMessage => JSON.parse(row.event));
  if (events.length === 0) return;
  work.sql.run('DELETE FROM parked WHERE account = ? AND target = ?', account.id, key);
  for (const event of events) {
    const row = messageByKey(work, account, key);
    if (row) applyAbout(work, account, row, event);
  }
}

export const messageByKey = (work: Work, account: Account, key: string): MessageRow | undefined =>
  work.sql.get<MessageRow>('SELECT * FROM messages WHERE account = ? AND key = ?', account.id, key as MessageKey);
