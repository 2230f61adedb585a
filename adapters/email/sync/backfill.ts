import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { BackfillPage, BackfillQuery } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import { type Connection, demand, priorities } from '../imap/connection.ts';
import { type Fetching, fetchMessages } from './fetch.ts';
import type { Folder } from './folders.ts';

/** Most messages of one page; also within what servers with a message limit allow (RFC 9738). */
const pageSize = 200;

/** Where a folder's backfill stands: everything at or above `below` has been fetched. */
const BackfillCursor = z.object({
  uidValidity: z.string(),
  below: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
});
type BackfillCursor = z.infer<typeof BackfillCursor>;

function readCursor(cursor: string | undefined): BackfillCursor | undefined {
  if (cursor === undefined) return undefined;
  try {
    return BackfillCursor.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}

/** UIDs below `below`, newest first: asked for once and then used up page by page. */
interface Window {
  readonly uidValidity: string;
  readonly below: number;
  readonly uids: readonly number[];
}
export interface Backfill {
  page(connection: Connection, folder: Folder, query: BackfillQuery): Promise<BackfillPage>;
}

export function folderBackfill(fetching: Fetching): Backfill {
  const windows = new Map<string, Window>();

  /**
   * All UIDs below `below`, in falling order. What is left of the last answer serves only the very next page: a page that
   * is asked for again (its events were never committed) asks the server again.
   */
  const uidsBelow = async (client: ImapFlow, path: string, uidValidity: string, below: number) => {
    const window = windows.get(path);
    if (window?.uidValidity === uidValidity && window.below === below && window.uids.length > 0) return window.uids;
    const found = below > 1 ? await client.search({ uid: `1:${below - 1}` }, { uid: true }) : [];
    return demand(client, found, 'list its messages')
      .filter((uid) => uid < below)
      .sort((a, b) => b - a);
  };

  return {
    page: (connection, folder, query) =>
      connection.use(
        priorities.history,
        async (client) => {
          const mailbox = await client.mailboxOpen(folder.path);
          const uidValidity = String(mailbox.uidValidity);
          const former = readCursor(query.cursor);
          // After a change of UIDVALIDITY the old numbers mean nothing: begin again, what is known is only placed.
          const start: BackfillCursor =
            former?.uidValidity === uidValidity ? former : { uidValidity, below: 2 ** 32, done: 0 };
          const limit = Math.max(1, Math.min(query.limit, pageSize, connection.abilities.messageLimit ?? pageSize));
          const uids = await uidsBelow(client, folder.path, uidValidity, start.below);
          const page = uids.slice(0, limit);
          const events = await fetchMessages(client, folder, mailbox.uidValidity, page, fetching);
          const done = start.done + page.length;
          const total = Math.max(mailbox.exists, done);
          const lowest = page.at(-1);
          if (lowest === undefined) {
            windows.delete(folder.path);
            return { events, done, total: done };
          }
          windows.set(folder.path, { uidValidity, below: lowest, uids: uids.slice(limit) });
          return { events, done, total, next: asCursor(JSON.stringify({ uidValidity, below: lowest, done })) };
        },
        { signal: query.signal, limitMs: 300_000 },
      ),
  };
}
