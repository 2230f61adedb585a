import type { MessageId } from '../../../src-shared/model/index.ts';
import { applyAbout, targetOf } from './about.ts';
import { applyConversation } from './conversations.ts';
import { applyUser } from './identities.ts';
import { applyMessage } from './message.ts';
import { messageByKey, park, unpark } from './parked.ts';
import { applyLabel } from './placements.ts';
import type { PreparedEvent } from './prepare.ts';
import type { Account, Work } from './work.ts';

/** Applies events in the order given; what results does not depend on it (SPEC, I-*). Answers the messages that were new. */
export function applyEvents(work: Work, account: Account, events: readonly PreparedEvent[]): MessageId[] {
  const added: MessageId[] = [];
  for (const event of events) {
    switch (event.type) {
      case 'message': {
        const stored = applyMessage(work, account, event.message);
        if (stored.added) added.push(stored.id);
        unpark(work, account, event.message.key);
        break;
      }
      case 'edited':
      case 'removed':
      case 'reaction':
      case 'reaction-counts':
      case 'receipt':
      case 'flags':
      case 'placed': {
        const row = messageByKey(work, account, targetOf(event));
        if (row) applyAbout(work, account, row, event);
        else park(work, account, event);
        break;
      }
      case 'label':
        applyLabel(work, account, event.key, event.patch, event.at);
        break;
      case 'conversation':
        applyConversation(work, account, event.key, event.patch, event.at);
        break;
      case 'user':
        applyUser(work, account, event.key, event.patch, event.at);
        break;
      case 'history':
        openTask(work, account, event.scope, event.title ?? null, event.total ?? null);
        break;
      case 'gap':
        reopenTask(work, account, event.scope);
        break;
      case 'typing':
      case 'presence':
        break;
    }
  }
  return added;
}

function openTask(work: Work, account: Account, scope: string, title: string | null, total: number | null): void {
  work.sql.run(
    `INSERT INTO backfill_tasks (account, scope, title, total) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET title = coalesce(max(title, excluded.title), title, excluded.title),
       total = CASE WHEN finished THEN total ELSE coalesce(max(total, excluded.total), total, excluded.total) END`,
    account.id,
    scope,
    title,
    total,
  );
  work.touch('accounts');
}
function reopenTask(work: Work, account: Account, scope: string): void {
  work.sql.run(
    `INSERT INTO backfill_tasks (account, scope) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET cursor = NULL, done = 0, finished = 0, tries = 0, not_before = 0`,
    account.id,
    scope,
  );
  work.touch('accounts');
}
