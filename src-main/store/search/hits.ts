import { z } from 'zod';
import type { SearchHit } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId, MessageId, Part } from '../../../src-shared/model/index.ts';
import type { TextClause } from '../../../src-shared/search/index.ts';
import type { Sql } from '../connection/sql.ts';
import { states } from '../model.ts';
import { unpack } from '../text/pack.ts';
import { bodyText } from './index-row.ts';
import { fileNames } from './part-text.ts';
import { snippetMaker } from './snippet.ts';

interface HitRow {
  readonly id: number;
  readonly conversation: number;
  readonly account: number;
  readonly channel: string;
  readonly at: number;
  readonly state: number;
  readonly author: string | null;
  readonly title: string;
  readonly people: string;
  readonly preview: string;
  /** Only where words are to be marked. */
  readonly content: string | Uint8Array | null;
}
const Ids = z.array(z.number());

/** What the window shows of each id, in the same order. Where no word stands in the text itself, its beginning is shown. */
export function hitsOf(sql: Sql, ids: readonly number[], texts: readonly TextClause[]): SearchHit[] {
  const snippets = snippetMaker(
    texts.filter(({ field }) => field === 'any' || field === 'body' || field === 'filename'),
  );
  const [content, bodies] =
    texts.length > 0 ? ['b.content', 'LEFT JOIN bodies b ON b.message = m.id'] : ['NULL AS content', ''];
  const rows = sql.all<HitRow>(
    `SELECT m.id, m.conversation, m.account, a.channel, m.at, m.state, coalesce(m.author_name, i.name) AS author,
            coalesce(nullif(m.subject, ''), c.title) AS title, c.people, m.preview, ${content}
     FROM json_each(?) found CROSS JOIN messages m ON m.id = found.value
     JOIN conversations c ON c.id = m.conversation JOIN accounts a ON a.id = m.account
     LEFT JOIN identities i ON i.id = m.author ${bodies}`,
    JSON.stringify(ids),
  );
  return rows.map((row) => ({
    message: row.id as MessageId,
    conversation: row.conversation as ConversationId,
    account: row.account as AccountId,
    channel: row.channel,
    at: row.at,
    author: row.author ?? '',
    fromMe: (row.state & states.mine) !== 0,
    title: row.title || namesOf(sql, row.people),
    snippet: (row.content === null ? null : snippet(row.content, snippets.cut)) ?? row.preview,
    hasAttachment: (row.state & states.files) !== 0,
  }));
}

function snippet(packed: string | Uint8Array, cut: (text: string) => string | null): string | null {
  const { parts }: { readonly parts: readonly Part[] } = JSON.parse(unpack(packed));
  return cut(bodyText(parts)) ?? cut(parts.flatMap(fileNames).join(', '));
}

/** A conversation without a title goes by the people in it. */
function namesOf(sql: Sql, people: string): string {
  const names = Ids.parse(JSON.parse(people)).map(
    (id) => sql.get<{ name: string }>('SELECT name FROM identities WHERE id = ?', id)?.name,
  );
  return names.filter(Boolean).join(', ');
}
