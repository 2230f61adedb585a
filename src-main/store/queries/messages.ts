import type { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { readSource } from '../ingest/source.ts';
import { states } from '../model.ts';
import type { BodyRow, ConversationRow, MessageRow, VersionRow } from '../schema.ts';
import { unpack } from '../text/pack.ts';
import { messageViews } from './message-views.ts';
import type { Handlers } from './query.ts';

interface Place {
  readonly id: MessageId;
  readonly ord: string;
  readonly at: number;
  readonly key: string;
}

export const messageQueries: Handlers<
  'conversation.page' | 'message' | 'message.version' | 'message.source' | 'message.versions' | 'message.thread'
> = {
  'conversation.page'(sql, { conversation, around, at, cursor, limit }) {
    const start = around ?? (at === undefined ? undefined : notBefore(sql, conversation, at));
    const { places, older, newer } = pageOf(sql, conversation, start, cursor, limit);
    return {
      messages: messageViews(
        sql,
        places.map((place) => place.id),
      ),
      ...(older && { older }),
      ...(newer && { newer }),
      incomplete: isIncomplete(sql, conversation),
    };
  },
  message: (sql, { message }) => messageViews(sql, [message])[0] ?? null,
  'message.version': (sql, { message }) =>
    sql.get<{ version: number }>('SELECT version FROM messages WHERE id = ?', message)?.version ?? null,
  'message.source'(sql, { message }) {
    const body = sql.get<BodyRow>('SELECT * FROM bodies WHERE message = ?', message);
    if (!body) return null;
    return { source: readSource(sql, message), raw: body.raw === null ? null : JSON.parse(unpack(body.raw)) };
  },
  'message.versions'(sql, { message }) {
    const row = sql.get<MessageRow>('SELECT * FROM messages WHERE id = ?', message);
    const body = sql.get<BodyRow>('SELECT * FROM bodies WHERE message = ?', message);
    if (!row || !body) return [];
    const former = sql.all<VersionRow>('SELECT * FROM versions WHERE message = ? ORDER BY version', message);
    return [
      ...former.map(({ version, at, content }) => ({ version, at, content })),
      { version: row.version, at: row.edited_at ?? -1, content: body.content },
    ]
      .sort((a, b) => a.version - b.version)
      .map(({ at, content }) => ({ at: at < 0 ? row.at : at, parts: JSON.parse(unpack(content)).parts }));
  },
  'message.thread'(sql, { message }) {
    const row = sql.get<MessageRow & { conversation_key: ConversationRow['key'] }>(
      `SELECT m.*, c.key AS conversation_key FROM messages m JOIN conversations c ON c.id = m.conversation WHERE m.id = ?`,
      message,
    );
    if (!row) return null;
    const text = sql.get<{ links: string | null }>('SELECT links FROM bodies WHERE message = ?', message)?.links;
    const [own, ...others]: string[] = text ? JSON.parse(text) : [];
    const root = (row.thread_root ?? row.key) as MessageRow['key'];
    return { key: row.key, root, links: own === undefined ? [] : [...others, own], conversation: row.conversation_key };
  },
};

/** The first message shown that is not before a time; undefined when all are older, then the newest is what to show. */
const notBefore = (sql: Sql, conversation: ConversationId, at: number): MessageId | undefined =>
  sql.get<{ id: MessageId }>(
    `SELECT id FROM messages WHERE conversation = ? AND at >= ? AND state & ${states.shown} ORDER BY ord, at, key LIMIT 1`,
    conversation,
    at,
  )?.id;

interface Page {
  readonly places: readonly Place[];
  readonly older: string | undefined;
  readonly newer: string | undefined;
}
const before = `SELECT id, ord, at, key FROM messages WHERE conversation = ? AND state & ${states.shown}
  AND (ord, at, key) < (?, ?, ?) ORDER BY ord DESC, at DESC, key DESC LIMIT ?`;
const after = `SELECT id, ord, at, key FROM messages WHERE conversation = ? AND state & ${states.shown}
  AND (ord, at, key) > (?, ?, ?) ORDER BY ord, at, key LIMIT ?`;
const newest = `SELECT id, ord, at, key FROM messages WHERE conversation = ? AND state & ${states.shown}
  ORDER BY ord DESC, at DESC, key DESC LIMIT ?`;

/** One page, oldest first. One more than asked for is looked at, to know whether there is more. */
function pageOf(
  sql: Sql,
  conversation: ConversationId,
  around: MessageId | undefined,
  cursor: string | undefined,
  limit: number,
): Page {
  const older = (from: Place, count: number) =>
    sql.all<Place>(before, conversation, from.ord, from.at, from.key, count + 1);
  const newer = (from: Place, count: number) =>
    sql.all<Place>(after, conversation, from.ord, from.at, from.key, count + 1);

  if (cursor !== undefined) {
    const [way, ord, at, key] = parseCursor(cursor);
    const from = { id: 0 as MessageId, ord, at, key };
    const found = way === 'older' ? older(from, limit) : newer(from, limit);
    const page = found.slice(0, limit);
    const more = found.length > limit;
    if (way === 'newer') return bounded(page, newer(from, 0).length > 0 || page.length > 0, more);
    return bounded(page.reverse(), more, true);
  }
  const middle =
    around === undefined
      ? undefined
      : sql.get<Place>('SELECT id, ord, at, key FROM messages WHERE id = ? AND conversation = ?', around, conversation);
  if (!middle) {
    const found = sql.all<Place>(newest, conversation, limit + 1);
    return bounded(found.slice(0, limit).reverse(), found.length > limit, false);
  }
  const half = Math.floor((limit - 1) / 2);
  const past = older(middle, half);
  const future = newer(middle, limit - 1 - half);
  return bounded(
    [...past.slice(0, half).reverse(), middle, ...future.slice(0, limit - 1 - half)],
    past.length > half,
    future.length > limit - 1 - half,
  );
}
function bounded(places: readonly Place[], hasOlder: boolean, hasNewer: boolean): Page {
  const [first, last] = [places.at(0), places.at(-1)];
  return {
    places,
    older: hasOlder && first ? cursorAt('older', first) : undefined,
    newer: hasNewer && last ? cursorAt('newer', last) : undefined,
  };
}
type Way = 'older' | 'newer';
const cursorAt = (way: Way, { ord, at, key }: Place): string => JSON.stringify([way, ord, at, key]);
function parseCursor(cursor: string): [way: Way, ord: string, at: number, key: string] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(cursor);
  } catch {
    parsed = undefined;
  }
  if (Array.isArray(parsed)) {
    const [way, ord, at, key]: unknown[] = parsed;
    if (
      (way === 'older' || way === 'newer') &&
      typeof ord === 'string' &&
      typeof at === 'number' &&
      typeof key === 'string'
    )
      return [way, ord, at, key];
  }
  throw new RangeError('this is no cursor of a conversation');
}

/** Whether history of it may still be on its way: mail's is spread over folders, elsewhere each conversation is a scope. */
const isIncomplete = (sql: Sql, conversation: ConversationId): boolean =>
  sql.get(
    `SELECT 1 FROM conversations c JOIN backfill_tasks t ON t.account = c.account AND t.finished = 0
     WHERE c.id = ? AND (c.linked = 1 OR t.scope = c.key) LIMIT 1`,
    conversation,
  ) !== undefined;
