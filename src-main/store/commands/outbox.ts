import type { ConversationId, MessageId, OutboxId } from '../../../src-shared/model/index.ts';
import type * as api from '../api.ts';
import { dropMessage } from '../ingest/echo.ts';
import { refresh } from '../ingest/refresh.ts';
import { restamp } from '../ingest/restamp.ts';
import type { Work } from '../ingest/work.ts';
import {
  begun,
  type Copy,
  letCopyShow,
  refreshKey,
  releaseCopy,
  takeOverSave,
  withReplaced,
} from '../outbox/copies.ts';
import { compositionOf, restoreDraft, takeDraft } from '../outbox/drafts.ts';
import { dueInTurn } from '../outbox/due.ts';
import { insertEcho } from '../outbox/echo.ts';
import { putOn, takeOff } from '../outbox/masks.ts';
import { settleAsSent } from '../outbox/settle.ts';
import { trackOf } from '../outbox/tracks.ts';
import { clockPutBack, clockWasAhead } from '../outbox/wrong-clock.ts';
import { outboxRow } from '../queries/outbox-rows.ts';
import type { MessageRow, OutboxRow } from '../schema.ts';
import type { Handlers } from './command.ts';

/** Messages and what changes them are one line of work, everything else another; neither waits for the other (SPEC, O-2). */
const laneOf = (operation: api.Operation): 'content' | 'state' =>
  operation.op === 'send' || operation.op === 'edit' ? 'content' : 'state';

const find = (work: Work, id: OutboxId): OutboxRow => {
  const row = work.sql.get<OutboxRow>('SELECT * FROM outbox WHERE id = ?', id);
  if (!row) throw new RangeError(`there is nothing in the outbox under ${id}`);
  return row;
};

export const outboxCommands: Handlers<
  | 'outbox.enqueue'
  | 'outbox.claim'
  | 'outbox.release'
  | 'outbox.stage'
  | 'outbox.settle'
  | 'outbox.cancel'
  | 'outbox.retry'
  | 'outbox.recover'
  | 'clock.putBack'
> = {
  'outbox.enqueue'(work, input) {
    const known = work.sql.get<OutboxRow>('SELECT * FROM outbox WHERE txn = ?', input.txn);
    if (known) return { outbox: known.id, conversation: known.conversation, message: known.message };
    const account = work.account(input.account);
    const { operation } = input;
    const before = operation.op === 'draft-save' ? takeOverSave(work, operation) : undefined;
    if (before) return { outbox: before.row.id, conversation: before.row.conversation, message: null };
    let conversation = input.conversation;
    let message: MessageId | null = null;
    let composition: string | null = null;
    let copy: Copy = { copy_key: null, copy_saving: null };
    if (operation.op === 'draft-save') copy = { copy_key: input.identity?.key ?? null, copy_saving: null };
    if (operation.op === 'draft-discard') copy = { copy_key: operation.key, copy_saving: null };
    if (operation.op === 'send') {
      const draft = takeDraft(work, input.draft);
      if (draft) copy = releaseCopy(work, draft);
      composition = draft?.composition ?? compositionOf(work, input, operation.message);
      const echo = insertEcho(work, account, input, operation.message);
      conversation = echo.conversation.row.id;
      message = echo.id;
    }
    const outbox = work.sql.insert(
      `INSERT INTO outbox (txn, account, conversation, message, lane, operation, state, due_at, not_before, composition,
         created_at, copy_key, copy_saving)
       VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)`,
      input.txn,
      account.id,
      conversation,
      message,
      laneOf(operation),
      JSON.stringify(operation),
      input.notBefore,
      input.notBefore,
      composition,
      work.now,
      copy.copy_key,
      copy.copy_saving,
    ) as OutboxId;
    if (operation.op === 'draft-save')
      work.sql.run('UPDATE drafts SET saving = ? WHERE id = ?', outbox, operation.draft);
    if (copy.copy_key !== null) refreshKey(work, account, copy.copy_key);
    putOn(work, account, outbox, operation, conversation);
    work.touch('outbox');
    return () => ({ outbox, conversation: conversation === null ? null : survivor(work, conversation), message });
  },

  'outbox.claim'(work, { account, now, busy = [], except = [] }) {
    const row = dueInTurn(work, account, now, busy).find(
      (candidate) => !except.includes(candidate.id) && !isHeldUp(work, candidate),
    );
    if (row) {
      work.sql.run(
        `UPDATE outbox SET state = 'sending', claimed_from = state, tries = tries + 1,
           stage = iif(operation ->> '$.op' = 'draft-save', ?, stage) WHERE id = ?`,
        begun,
        row.id,
      );
      if (row.conversation !== null) work.conversation(row.conversation);
      work.touch('outbox');
      const claimed = outboxRow(withReplaced(work, row));
      return { row: { ...claimed, tries: row.tries + 1 }, track: trackOf(claimed.operation), nextAt: null };
    }
    const next = work.sql.get<{ at: number | null }>(
      `SELECT min(not_before) AS at FROM outbox WHERE account = ? AND state IN ('queued', 'sending', 'unknown')
       AND state <> 'sending' AND not_before > ?`,
      account,
      now,
    );
    return { row: null, track: null, nextAt: next?.at ?? null };
  },

  'outbox.release'(work, { account, except }) {
    const lost = work.sql
      .all<OutboxRow>(
        `SELECT * FROM outbox WHERE account = ? AND state IN ('queued', 'sending', 'unknown') AND state = 'sending'`,
        account,
      )
      .filter(({ id }) => !except.includes(id));
    for (const row of lost) {
      // Nobody knew of the claim, so nothing was tried.
      work.sql.run(
        `UPDATE outbox SET state = coalesce(claimed_from, 'unknown'), tries = max(0, tries - 1) WHERE id = ?`,
        row.id,
      );
      if (row.message !== null) refresh(work, work.account(account), row.message);
      if (row.conversation !== null) work.conversation(row.conversation);
    }
    if (lost.length > 0) work.touch('outbox');
    return { released: lost.map(({ id }) => id) };
  },

  'outbox.stage'(work, { outbox, stage }) {
    work.sql.run('UPDATE outbox SET stage = ? WHERE id = ?', stage, outbox);
    return {};
  },

  'outbox.settle'(work, { outbox, settlement }) {
    const row = find(work, outbox);
    const operation: api.Operation = JSON.parse(row.operation);
    work.touch('outbox');
    // What the network has shown to be sent stays sent, whatever this try believes (SPEC, O-7).
    if (settlement.as === 'sent') settleAsSent(work, row, operation, settlement);
    else if (row.state !== 'sent' && row.state !== 'cancelled') settleOtherwise(work, row, settlement);
    return () => ({ conversation: row.conversation === null ? null : survivor(work, row.conversation) });
  },

  'outbox.cancel'(work, { outbox }) {
    const row = find(work, outbox);
    if (row.state !== 'queued' && row.state !== 'failed') return { cancelled: false, draft: null };
    work.sql.run(`UPDATE outbox SET state = 'cancelled', message = NULL WHERE id = ?`, outbox);
    takeOff(work, work.account(row.account), outbox);
    const message =
      row.message === null ? undefined : work.sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', row.message);
    if (message?.echo === 1) dropMessage(work, message);
    work.touch('outbox');
    const draft = row.composition === null ? null : restoreDraft(work, row);
    if (row.copy_key !== null) refreshKey(work, work.account(row.account), row.copy_key);
    return { cancelled: true, draft };
  },

  'outbox.retry'(work, { outbox, now }) {
    const row = find(work, outbox);
    if (row.state === 'unknown') work.sql.run('UPDATE outbox SET not_before = ? WHERE id = ?', now, outbox);
    if (row.state !== 'failed' && row.state !== 'queued') return {};
    work.sql.run(
      `UPDATE outbox SET state = 'queued', not_before = ?, tries = 0, error_code = NULL, error_message = NULL WHERE id = ?`,
      now,
      outbox,
    );
    const account = work.account(row.account);
    if (row.state === 'failed') putOn(work, account, outbox, JSON.parse(row.operation), row.conversation);
    if (row.message !== null) refresh(work, account, row.message);
    if (row.conversation !== null) work.conversation(row.conversation);
    work.touch('outbox');
    return {};
  },

  'clock.putBack'(work, { by }) {
    clockPutBack(work, by);
    restamp(work, by);
    return {};
  },

  'outbox.recover'(work, { idempotentChannels }) {
    clockWasAhead(work);
    const rows = work.sql.all<OutboxRow & { channel: string }>(
      `SELECT o.*, a.channel FROM outbox o JOIN accounts a ON a.id = o.account
       WHERE o.state IN ('queued', 'sending', 'unknown') AND o.state = 'sending'`,
    );
    const unknown: OutboxId[] = [];
    for (const row of rows) {
      // Everything but sending says how things shall be: done twice, it does no harm.
      const safe = JSON.parse(row.operation).op !== 'send' || idempotentChannels.includes(row.channel);
      if (!safe) unknown.push(row.id);
      // What our own death cut off was no try: it says nothing of the message, and must not use up the patience with it.
      work.sql.run(
        'UPDATE outbox SET state = ?, tries = max(0, tries - 1) WHERE id = ?',
        safe ? 'queued' : 'unknown',
        row.id,
      );
      if (row.conversation !== null) work.conversation(row.conversation);
    }
    if (rows.length > 0) work.touch('outbox');
    return { unknown };
  },
};

const survivor = (work: Work, id: ConversationId): ConversationId => work.merged.get(id) ?? id;

/**
 * Something it must not overtake is not settled yet: a message in the same conversation, a change of the same
 * conversation or messages. What fails for one leaves the others in peace. What is meant for later does not hold up what
 * is due now.
 */
const isHeldUp = (work: Work, row: OutboxRow): boolean =>
  row.lane === 'content'
    ? work.sql.get(
        `SELECT 1 FROM outbox WHERE conversation = ? AND lane = 'content' AND state IN ('queued', 'sending', 'unknown')
         AND (due_at, id) < (?, ?) LIMIT 1`,
        row.conversation,
        row.due_at,
        row.id,
      ) !== undefined
    : work.sql.get(
        `SELECT 1 FROM outbox WHERE account = ?1 AND lane = 'state' AND state IN ('queued', 'sending', 'unknown')
         AND (due_at, id) < (?2, ?3) AND (
           conversation = ?4
           OR id IN (SELECT b.outbox FROM masks a JOIN masks b ON b.message = a.message WHERE a.outbox = ?3)
           OR id IN (SELECT b.outbox FROM masks a JOIN masks b ON b.conversation = a.conversation WHERE a.outbox = ?3)
           OR (operation ->> '$.op' LIKE 'draft-%' AND ?5)
         ) LIMIT 1`,
        row.account,
        row.due_at,
        row.id,
        row.conversation,
        row.operation.startsWith('{"op":"draft-') ? 1 : 0,
      ) !== undefined;

function settleOtherwise(work: Work, row: OutboxRow, settlement: Exclude<api.Settlement, { as: 'sent' }>): void {
  const account = work.account(row.account);
  const set = (state: api.OutboxState, notBefore: number, error: { code: string; message: string } | null) =>
    work.sql.run(
      'UPDATE outbox SET state = ?, not_before = ?, error_code = ?, error_message = ? WHERE id = ?',
      state,
      notBefore,
      error?.code ?? null,
      error?.message ?? null,
      row.id,
    );
  switch (settlement.as) {
    case 'awaiting-echo':
      set('awaiting-echo', row.not_before, null);
      break;
    case 'retry':
      set('queued', settlement.notBefore, settlement.error);
      break;
    case 'unknown':
      set('unknown', settlement.notBefore, settlement.error);
      if (settlement.uncounted) work.sql.run('UPDATE outbox SET tries = max(0, tries - 1) WHERE id = ?', row.id);
      break;
    case 'failed':
      set('failed', row.not_before, settlement.error);
      takeOff(work, account, row.id);
      if (row.operation.startsWith('{"op":"draft-')) letCopyShow(work, account, row);
      break;
  }
  if (row.message !== null) refresh(work, account, row.message);
  if (row.conversation !== null) work.conversation(row.conversation);
}
