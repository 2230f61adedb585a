import type { Mention, MessageId, PersonId } from '../../../src-shared/model/index.ts';
import type { Arrival, BackfillStep, Commands } from '../api.ts';
import { applyEvents } from '../ingest/apply.ts';
import { foresee } from '../ingest/foresight.ts';
import { type PreparedIngest, prepareIngest } from '../ingest/prepare.ts';
import type { Account, Work } from '../ingest/work.ts';
import { states } from '../model.ts';
import type { BodyRow, ConversationRow, MessageRow } from '../schema.ts';
import { unpack } from '../text/pack.ts';
import type { Answer, Handlers } from './command.ts';

export const ingestCommands: Handlers<'ingest' | 'backfill.postpone'> = {
  ingest: (work, input) => ingestPrepared(work, prepareIngest(input)),
  'backfill.postpone'(work, { account, scope, notBefore }) {
    work.sql.run(
      'UPDATE backfill_tasks SET not_before = ?, tries = tries + 1 WHERE account = ? AND scope = ?',
      notBefore,
      account,
      scope,
    );
    return {};
  },
};

export function ingestPrepared(
  work: Work,
  { account: id, batch, following, task, import: step }: PreparedIngest,
): () => Answer<'ingest'> {
  const account = work.account(id);
  const batches = [batch, ...following];
  const added: MessageId[] = [];
  const news: MessageId[] = [];
  foresee(
    work,
    account,
    batches.flatMap(({ events }) => events),
  );
  for (const { events, origin, checkpoint } of batches) {
    const here = applyEvents(work, account, events);
    added.push(...here);
    if (origin === 'live') news.push(...here);
    if (checkpoint) saveCheckpoint(work, account, checkpoint.scope, checkpoint.cursor);
  }
  if (task) saveStep(work, account, task);
  if (step) saveImport(work, step, batch.events.filter((event) => event.type === 'message').length, added.length);
  return () => ({
    added: added.length,
    arrivals: arrivalsAmong(work, account, news),
    settled: [...work.settled],
  });
}

function saveCheckpoint(work: Work, account: Account, scope: string, cursor: string | undefined): void {
  if (cursor === undefined) work.sql.run('DELETE FROM checkpoints WHERE account = ? AND scope = ?', account.id, scope);
  else
    work.sql.run(
      'INSERT INTO checkpoints (account, scope, cursor) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET cursor = ?3',
      account.id,
      scope,
      cursor,
    );
}

function saveStep(work: Work, account: Account, step: BackfillStep): void {
  work.sql.run(
    `UPDATE backfill_tasks SET cursor = ?, finished = ?, done = ?, total = coalesce(?, total), not_before = ?, tries = 0
     WHERE account = ? AND scope = ?`,
    step.cursor,
    step.finished ? 1 : 0,
    step.done,
    step.total,
    step.notBefore,
    account.id,
    step.scope,
  );
  work.touch('accounts');
}

function saveImport(
  work: Work,
  step: NonNullable<Commands['ingest']['input']['import']>,
  messages: number,
  added: number,
): void {
  let damages = 0;
  for (const { number, reason } of step.damaged)
    damages += work.sql.run(
      'INSERT OR IGNORE INTO import_damages (import, number, reason) VALUES (?, ?, ?)',
      step.id,
      number,
      reason,
    );
  work.sql.run(
    `UPDATE imports SET cursor = ?, messages = messages + ?, added = added + ?, done = ?, total = ?,
       damaged_count = damaged_count + ? WHERE id = ?`,
    step.cursor,
    messages,
    added,
    step.done,
    step.total,
    damages,
    step.id,
  );
  work.touch('imports');
}

/** New, unread, from somebody else and in the inbox: worth telling the person about (SPEC, I-17). */
function arrivalsAmong(work: Work, account: Account, added: readonly MessageId[]): Arrival[] {
  const wanted = states.unread | states.received | (account.inboxIsLabel ? states.inbox : 0);
  const arrivals: Arrival[] = [];
  for (const id of added) {
    const message = work.sql.get<MessageRow & { author_named: string | null; person: PersonId | null }>(
      `SELECT m.*, i.person, coalesce(m.author_name, i.name) AS author_named FROM messages m LEFT JOIN identities i ON i.id = m.author
       WHERE m.id = ?`,
      id,
    );
    if (!message || (message.state & wanted) !== wanted) continue;
    const conversation = work.sql.get<ConversationRow>(
      'SELECT * FROM conversations WHERE id = ?',
      message.conversation,
    );
    if (!conversation) continue;
    const muted = conversation.muted === 1;
    if (!muted) {
      work.touch('notifications');
      work.sql.run(
        'INSERT OR IGNORE INTO notifications (message, conversation, at) VALUES (?, ?, ?)',
        id,
        message.conversation,
        message.at,
      );
    }
    arrivals.push({
      message: id,
      conversation: message.conversation,
      account: account.id,
      author: message.author_named ?? '',
      person: message.person,
      title: conversation.title,
      preview: message.preview,
      mentionsMe: mentionsMe(work, account, id),
      muted,
    });
  }
  return arrivals;
}
function mentionsMe(work: Work, account: Account, id: MessageId): boolean {
  const body = work.sql.get<BodyRow>('SELECT * FROM bodies WHERE message = ?', id);
  if (!body) return false;
  const { mentions }: { mentions?: readonly Mention[] } = JSON.parse(unpack(body.content));
  return mentions?.some((mention) => mention.me === true || account.mine.has(mention.key)) ?? false;
}
