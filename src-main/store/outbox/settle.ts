import type { ChannelEvent, EventOf, MessageKey } from '../../../src-shared/model/index.ts';
import type { Operation, Settlement } from '../api.ts';
import { applyEvents } from '../ingest/apply.ts';
import { rekey, settleSent } from '../ingest/echo.ts';
import { unpark } from '../ingest/parked.ts';
import { prepareEvents } from '../ingest/prepare.ts';
import { readingChanged } from '../ingest/reading.ts';
import { refresh } from '../ingest/refresh.ts';
import type { Account, Work } from '../ingest/work.ts';
import type { MessageRow, OutboxRow } from '../schema.ts';
import { copySaved, letCopyShow } from './copies.ts';
import { takeOff } from './masks.ts';

type Sent = Extract<Settlement, { as: 'sent' }>;

/** It is done: the network's words about it are ingested, and what it left unsaid is taken as asked for (SPEC, O-6). */
export function settleAsSent(work: Work, row: OutboxRow, operation: Operation, settlement: Sent): void {
  const account = work.account(row.account);
  settleSent(work, row.id);
  if (operation.op === 'send') confirmEcho(work, account, row, settlement);
  // Before the copy it replaces is told to be gone, which would else be somebody's else doing.
  if (operation.op === 'draft-save' && settlement.key !== null) {
    work.ownCopy = settlement.key;
    copySaved(work, account, row, {
      key: settlement.key,
      at: operation.at,
      elsewhere: settlement.elsewhere ?? false,
    });
  }
  applyEvents(work, account, prepareEvents([...unsaid(work, operation, settlement.events), ...settlement.events]));
  if (operation.op === 'draft-discard') letCopyShow(work, account, row);
  takeOff(work, account, row.id);
}

function confirmEcho(work: Work, account: Account, row: OutboxRow, { key, at, order }: Sent): void {
  const echo =
    row.message === null ? undefined : work.sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', row.message);
  if (!echo || echo.echo === 0) return;
  const message = key === null ? echo : rekey(work, account, echo, key);
  if (message.echo === 1 && (at !== null || order !== null)) {
    work.sql.run(
      'UPDATE messages SET at = ?, ord = ? WHERE id = ?',
      at ?? message.at,
      order ?? message.ord,
      message.id,
    );
    const conversation = work.conversation(message.conversation);
    conversation.changed = true;
    readingChanged(work, account, conversation);
  }
  refresh(work, account, message.id);
  unpark(work, account, message.key);
}

/** What the operation asked for, as the network would have told it now, where its own answer is silent about it. */
function unsaid(work: Work, operation: Operation, said: readonly ChannelEvent[]): ChannelEvent[] {
  const at = work.now;
  const about = new Set(said.flatMap((event) => ('target' in event ? [`${event.type} ${event.target}`] : [])));
  const silent = (
    type: EventOf<'flags' | 'placed' | 'removed' | 'edited' | 'reaction' | 'reaction-counts'>['type'],
    target: MessageKey,
  ) => !about.has(`${type} ${target}`);
  switch (operation.op) {
    case 'flag':
      return operation.targets
        .filter(({ key }) => silent('flags', key))
        .map(({ key }) => ({ type: 'flags', target: key, flags: operation.flags, at }));
    case 'label':
      return operation.targets
        .filter(({ key }) => silent('placed', key))
        .flatMap(({ key }) => [
          ...operation.remove.map((label) => ({ type: 'placed' as const, target: key, label, on: false, at })),
          ...operation.add.map((label) => ({ type: 'placed' as const, target: key, label, on: true, at })),
        ]);
    case 'remove':
      return operation.targets
        .filter(({ key }) => silent('removed', key) && silent('placed', key))
        .map(({ key }) => ({ type: 'removed', target: key, at }));
    case 'react':
      return silent('reaction', operation.target.key) && silent('reaction-counts', operation.target.key)
        ? [{ type: 'reaction', target: operation.target.key, by: 'me', emoji: operation.emoji, on: operation.on, at }]
        : [];
    case 'edit': {
      const { target, content } = operation;
      const version =
        work.sql.get<{ version: number }>('SELECT version FROM messages WHERE id = ?', target.id)?.version ?? 0;
      return silent('edited', target.key)
        ? [{ type: 'edited', target: target.key, content, at, version: Math.max(0, version) + 1 }]
        : [];
    }
    case 'mark-read':
      return [{ type: 'receipt', receipt: 'read', by: 'me', upTo: operation.upTo.key, at }];
    case 'archive':
      return [{ type: 'conversation', key: operation.conversation, patch: { archived: operation.on }, at }];
    case 'mute':
      return [{ type: 'conversation', key: operation.conversation, patch: { muted: operation.on }, at }];
    case 'draft-discard':
      return silent('removed', operation.key) ? [{ type: 'removed', target: operation.key, at }] : [];
    case 'send':
    case 'draft-save':
      return [];
  }
}
