import { z } from 'zod';
import { type BackfillPage, type BackfillQuery, ChannelError } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { fetchMessages } from '../fetch.ts';
import { historyScope, messageKey } from '../ids.ts';
import { MessageList } from '../wire.ts';
import type { Working } from '../working.ts';

/** A page costs its messages (20 units each): at most a thousand units, so that the first is here within seconds. */
const pageSize = 50;

/** Ids alone, for the look over the whole list at the end (5 units). */
const checkedAtOnce = 500;

const BackfillCursor = z.object({
  page: z.string().optional(),
  done: z.number().int().nonnegative(),
  /** It has been read to its end, and is looked over. */
  checking: z.boolean().optional(),
});
function readCursor(cursor: string | undefined): z.infer<typeof BackfillCursor> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return BackfillCursor.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}

/**
 * One page of the mailbox, newest first, spam and trash among it. What is known already is not fetched again. Google does not
 * say whether pages slip when messages are deleted meanwhile, and a large mailbox takes hours: so a list of several pages is
 * looked over once more by its ids.
 */
export async function backfillPage(
  working: Working,
  query: BackfillQuery,
  total: number | undefined,
): Promise<BackfillPage> {
  if (query.scope !== historyScope) throw new ChannelError('scope', 'refused', 'Gmail has one history only.');
  const call = { background: true, signal: query.signal };
  const cursor = readCursor(query.cursor);
  const checking = cursor?.checking === true;
  const maxResults = checking ? checkedAtOnce : Math.max(1, Math.min(query.limit, pageSize));
  const listed = await list(
    working,
    { maxResults, ...(cursor?.page === undefined ? {} : { pageToken: cursor.page }) },
    call,
  );
  const stubs = listed.messages ?? [];
  const known = await working.context.lookup.known(stubs.map(({ id }) => messageKey(id)));
  const fresh = stubs.filter(({ id }) => !known.has(messageKey(id)));
  const events = await fetchMessages(working, fresh, call);
  const done = (cursor?.done ?? 0) + (checking ? fresh : stubs).length;
  const page = listed.nextPageToken;
  const several = cursor !== undefined && !checking;
  if (page === undefined && !several) return { events, done, total: done };
  const next = page === undefined ? { done, checking: true } : { page, done, ...(checking && { checking }) };
  return { events, done, total: Math.max(total ?? 0, done), next: asCursor(JSON.stringify(next)) };
}

/** A token Gmail does not know any more begins the list anew, which costs little: what is here is passed over. */
async function list(
  { google }: Working,
  page: { readonly maxResults: number; readonly pageToken?: string },
  call: CallOptions,
): Promise<z.infer<typeof MessageList>> {
  const ask = (parameters: typeof page) =>
    google.call(MessageList, call, () =>
      google.users.messages.list({ userId: 'me', includeSpamTrash: true, ...parameters }),
    );
  try {
    return await ask(page);
  } catch (error) {
    const stale = error instanceof ChannelError && error.outcome === 'refused' && error.code === 'refused';
    if (page.pageToken === undefined || !stale) throw error;
    return await ask({ maxResults: page.maxResults });
  }
}
