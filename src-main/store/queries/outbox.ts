import type { Composition } from '../../../src-shared/ipc/contract.ts';
import type { DraftView } from '../../../src-shared/ipc/view.ts';
import { mediaOf } from '../../../src-shared/model/media-of.ts';
import type { DraftRow, OutboxRow } from '../schema.ts';
import { outboxRow } from './outbox-rows.ts';
import type { Handlers } from './query.ts';

function draftView(row: DraftRow): DraftView {
  const composition: Composition = JSON.parse(row.composition);
  return {
    id: row.id,
    account: row.account,
    conversation: row.conversation,
    from: composition.from,
    recipients: composition.recipients,
    subject: composition.subject,
    text: composition.text,
    format: composition.format,
    attachments: composition.parts.flatMap(mediaOf),
    replyTo: composition.replyTo,
    forwards: composition.forwards,
    updatedAt: row.updated_at,
  };
}

export const outboxQueries: Handlers<'outbox' | 'outbox.get' | 'drafts' | 'draft'> = {
  outbox: (sql) =>
    sql
      .all<OutboxRow & { title: string }>(
        `SELECT o.*, coalesce(nullif(o.operation ->> '$.message.subject', ''), c.title, '') AS title
         FROM outbox o LEFT JOIN conversations c ON c.id = o.conversation
         WHERE o.state NOT IN ('sent', 'cancelled') ORDER BY o.id`,
      )
      .map((row) => ({ ...outboxRow(row), title: row.title, createdAt: row.created_at })),
  'outbox.get'(sql, { outbox }) {
    const row = sql.get<OutboxRow>('SELECT * FROM outbox WHERE id = ?', outbox);
    return row ? outboxRow(row) : null;
  },
  drafts: (sql, { limit }) =>
    sql.all<DraftRow>('SELECT * FROM drafts ORDER BY updated_at DESC LIMIT ?', limit).map(draftView),
  draft(sql, { draft, conversation }) {
    const row =
      draft !== undefined
        ? sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', draft)
        : conversation === null || conversation === undefined
          ? sql.get<DraftRow>('SELECT * FROM drafts WHERE conversation IS NULL ORDER BY updated_at DESC LIMIT 1')
          : sql.get<DraftRow>(
              'SELECT * FROM drafts WHERE conversation = ? ORDER BY updated_at DESC LIMIT 1',
              conversation,
            );
    return row ? draftView(row) : null;
  },
};
