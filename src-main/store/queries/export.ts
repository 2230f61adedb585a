import type {
  ChannelEvent,
  Content,
  IdentityId,
  IncomingMessage,
  Recipient,
  UserKey,
} from '../../../src-shared/model/index.ts';
import { mediaOf } from '../../../src-shared/model/media-of.ts';
import type { ExportItem } from '../api.ts';
import type { Sql } from '../connection/sql.ts';
import { readSource } from '../ingest/source.ts';
import type { AttachmentRow, BodyRow, MessageRow, VersionRow } from '../schema.ts';
import { unpack } from '../text/pack.ts';
import { Described } from './export-described.ts';
import { eventsAbout } from './export-events.ts';
import type { Handlers } from './query.ts';

/**
 * What is exported of a message: what the network said, as events that say it again. Unsent and failed messages, drafts
 * and snoozes are of this machine and stay here (SPEC, E-*).
 */
export const exportQueries: Handlers<'export.page'> = {
  'export.page'(sql, { account, conversation, after, limit }) {
    const rows = sql.all<MessageRow>(
      `SELECT * FROM messages WHERE id > ?1 AND (?2 IS NULL OR account = ?2)
       ${conversation === undefined ? '' : 'AND conversation = ?4'} ORDER BY id LIMIT ?3`,
      after === undefined ? 0 : Number(after),
      account ?? null,
      limit,
      ...(conversation === undefined ? [] : [conversation]),
    );
    const described = new Described(sql);
    const items = rows.flatMap((row) => (isOnNetwork(sql, row) ? itemOf(sql, row, described) : []));
    const last = rows.at(-1);
    return { items, next: rows.length === limit && last ? String(last.id) : null };
  },
};

const isOnNetwork = (sql: Sql, row: MessageRow): boolean =>
  row.echo === 0 || sql.get(`SELECT 1 FROM outbox WHERE message = ? AND state = 'sent'`, row.id) !== undefined;

function itemOf(sql: Sql, row: MessageRow, described: Described): ExportItem[] {
  const body = sql.get<BodyRow>('SELECT * FROM bodies WHERE message = ?', row.id);
  const account = sql.get<ExportItem['account']>('SELECT channel, key, label FROM accounts WHERE id = ?', row.account);
  if (!body || !account) return [];
  const content: Content = JSON.parse(unpack(body.content));
  const recipients: Recipient[] = body.recipients === null ? [] : JSON.parse(body.recipients);
  const media = new Map(content.parts.flatMap(mediaOf).map((found) => [found.ref, found]));
  return [
    {
      id: row.id,
      account,
      events: [...described.before(row, recipients), ...messageEvents(sql, row, body), ...eventsAbout(sql, row)],
      source: readSource(sql, row.id),
      attachments: sql
        .all<AttachmentRow>('SELECT * FROM attachments WHERE message = ? ORDER BY position', row.id)
        .flatMap(({ id, ref, hash }) => {
          const found = media.get(ref);
          return found ? [{ id, media: found, hash }] : [];
        }),
      recipients,
    },
  ];
}

/** The message under the version the network last gave it whole, then its other texts. */
function messageEvents(sql: Sql, row: MessageRow, body: BodyRow): ChannelEvent[] {
  const base = baseOf(sql, row, body);
  const baseVersion = Math.max(0, row.base_version);
  const texts = [
    ...sql
      .all<VersionRow>('SELECT * FROM versions WHERE message = ?', row.id)
      .map(({ version, at, subject, content }) => ({ version, editedAt: at < 0 ? null : at, subject, content })),
    { version: Math.max(0, row.version), editedAt: row.edited_at, subject: row.subject, content: body.content },
  ];
  const own = texts.find((text) => text.version === baseVersion) ?? texts.at(-1);
  const events: ChannelEvent[] = [];
  for (const text of own ? [own, ...texts.filter((other) => other !== own)] : texts) {
    const content: Content = JSON.parse(unpack(text.content));
    const whole: Content = { ...(text.subject !== null && { subject: text.subject }), ...content };
    if (text !== own && text.version > 0)
      events.push({
        type: 'edited',
        target: row.key,
        content: whole,
        at: text.editedAt ?? row.at,
        version: text.version,
        ...(text.editedAt === null && { quiet: true }),
      });
    else
      events.push({
        type: 'message',
        message: {
          ...base,
          ...whole,
          version: row.removed_at === null ? text.version : baseVersion,
          ...(text.editedAt !== null && { editedAt: text.editedAt }),
        },
      });
  }
  return events;
}

function baseOf(sql: Sql, row: MessageRow, body: BodyRow): Omit<IncomingMessage, 'parts'> {
  const conversation = sql.get<{ key: IncomingMessage['conversation'] & string; linked: number }>(
    'SELECT key, linked FROM conversations WHERE id = ?',
    row.conversation,
  );
  const links: string[] | null = body.links === null ? null : JSON.parse(body.links);
  return {
    key: row.key,
    ...(conversation?.linked === 0 && { conversation: conversation.key }),
    ...(links !== null && { links }),
    from: authorOf(sql, row),
    at: row.at,
    ...(row.ord !== '' && { order: row.ord }),
    ...(row.txn !== null && { txn: row.txn as NonNullable<IncomingMessage['txn']> }),
    ...(body.recipients !== null && { recipients: JSON.parse(body.recipients) }),
    ...(row.reply_to !== null && { replyTo: row.reply_to as IncomingMessage['key'] }),
    ...(row.thread_root !== null && { threadRoot: row.thread_root as IncomingMessage['key'] }),
    ...(body.forwarded_from !== null && { forwardedFrom: JSON.parse(body.forwarded_from) }),
    ...(body.raw !== null && { raw: JSON.parse(unpack(body.raw)) }),
  };
}
function authorOf(sql: Sql, row: MessageRow): IncomingMessage['from'] {
  if (row.author === null || row.author_is === 2) return { is: 'system' };
  const key = keyOf(sql, row.author);
  const name = row.author_name === null ? {} : { name: row.author_name };
  return row.author_is === 1 ? { is: 'me', key, ...name } : { is: 'user', key, ...name };
}
const keyOf = (sql: Sql, id: IdentityId): UserKey => {
  const row = sql.get<{ key: UserKey }>('SELECT key FROM identities WHERE id = ?', id);
  if (!row) throw new Error(`there is no identity ${id}`);
  return row.key;
};
