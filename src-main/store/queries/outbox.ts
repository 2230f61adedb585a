import type { Composition, DraftView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId, DraftId, MessageId } from '../../../src-shared/model/index.ts';
import { mediaOf } from '../../../src-shared/model/media-of.ts';
import { states, views } from '../model.ts';
import type { DraftRow, OutboxRow } from '../schema.ts';
import { outboxRow } from './outbox-rows.ts';
import type { Handlers } from './query.ts';

interface RemoteRow {
  readonly id: MessageId;
  readonly account: AccountId;
  readonly conversation: ConversationId;
  readonly subject: string | null;
  readonly preview: string;
  readonly at: number;
  readonly recipients: string | null;
}

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
    thread: composition.thread ?? null,
    mentions: composition.mentions ?? [],
    updatedAt: row.updated_at,
    elsewhere: row.elsewhere === 1,
  };
}

type Names = 'outbox' | 'outbox.get' | 'drafts' | 'draft' | 'draft.composition' | 'drafts.unkept' | 'drafts.remote';

export const outboxQueries: Handlers<Names> = {
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
  draft(sql, { draft, conversation, thread }) {
    const row =
      draft !== undefined
        ? sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', draft)
        : conversation === null || conversation === undefined
          ? sql.get<DraftRow>('SELECT * FROM drafts WHERE conversation IS NULL ORDER BY updated_at DESC LIMIT 1')
          : sql.get<DraftRow>(
              `SELECT * FROM drafts WHERE conversation = ? AND composition ->> '$.thread' IS ? ORDER BY updated_at DESC LIMIT 1`,
              conversation,
              thread ?? null,
            );
    return row ? draftView(row) : null;
  },
  'draft.composition'(sql, { draft }) {
    const row = sql.get<DraftRow>('SELECT * FROM drafts WHERE id = ?', draft);
    return row ? { composition: JSON.parse(row.composition), updatedAt: row.updated_at } : null;
  },
  // What waits untried can still be made to say the newer words; what failed or was called back is not tried again unasked.
  'drafts.unkept': (sql) =>
    sql.all<{ draft: DraftId; account: AccountId; updatedAt: number }>(
      `SELECT d.id AS draft, d.account, d.updated_at AS updatedAt FROM drafts d LEFT JOIN outbox o ON o.id = d.saving
       WHERE d.kept_at < d.updated_at AND (o.id IS NULL OR o.state = 'sent'
         OR ((o.state IN ('failed', 'cancelled') OR (o.state = 'queued' AND o.tries = 0 AND o.stage IS NULL))
           AND o.operation ->> '$.at' < d.updated_at))
       ORDER BY d.updated_at`,
    ),
  // The few conversations with drafts first: the planner would begin with every message there is.
  'drafts.remote': (sql, { limit, conversation }) =>
    sql
      .all<RemoteRow>(
        `SELECT m.id, m.account, m.conversation, m.subject, m.preview, m.at, b.recipients
         FROM conversations c ${conversation === undefined ? 'INDEXED BY conversations_drafts' : ''}
         CROSS JOIN messages m INDEXED BY messages_order ON m.conversation = c.id
         CROSS JOIN bodies b ON b.message = m.id
         WHERE c.views & ${views.drafts} AND c.draft > 0 AND m.state & ${states.draft}
           ${conversation === undefined ? '' : 'AND c.id = ?2'}
         ORDER BY m.at DESC, m.id DESC LIMIT ?1`,
        limit,
        ...(conversation === undefined ? [] : [conversation]),
      )
      .map(({ id, recipients, ...row }) => ({
        ...row,
        message: id,
        recipients: recipients === null ? [] : JSON.parse(recipients),
      })),
};
