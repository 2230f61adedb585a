import { z } from 'zod';
import { type BackfillPage, type BackfillQuery, ChannelError } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import { namedIn, toModel } from '../fetch.ts';
import { historyScope, messageKey } from '../ids.ts';
import { messageProperties, Page, State } from '../wire.ts';
import type { Working } from '../working.ts';

/** Messages come with their bodies: more at once would make Graph's answers slow and large. */
const pageSize = 50;

/**
 * Down to when everything is here (as Graph writes times), and how many of the very same second are behind us. Not
 * Graph's own link to the next page: that counts places in a list which grows and shrinks meanwhile.
 */
const BackfillCursor = z.object({
  until: z.string(),
  skip: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  /** Graph's own link after all, where a page told of nothing one could count by. */
  link: z.string().optional(),
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
const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** One page of the mailbox, newest first, whatever folder it lies in. What is known already is not told again. */
export async function backfillPage(
  working: Working,
  query: BackfillQuery,
  total: number | undefined,
): Promise<BackfillPage> {
  if (query.scope !== historyScope) throw new ChannelError('scope', 'refused', 'Outlook has one history only.');
  const call = { background: true, signal: query.signal };
  const left = readCursor(query.cursor);
  const top = Math.max(1, Math.min(query.limit, pageSize));
  const at = working.context.clock.now();
  const first = {
    path: '/me/messages',
    query: {
      $select: messageProperties,
      $top: String(top),
      $orderby: 'receivedDateTime desc',
      // Exchange wants a filter to begin with what the order is by.
      ...(left ? { $filter: `receivedDateTime le ${left.until}` } : {}),
      ...(left && left.skip > 0 ? { $skip: String(left.skip) } : {}),
    },
  };
  const { value, '@odata.nextLink': link } = await working.graph.ask(
    Page,
    left?.link === undefined ? first : { path: left.link },
    call,
  );
  const named = namedIn(value);
  const known = await working.context.lookup.known(named.map(({ id }) => messageKey(id)));
  const fresh = named.filter(({ id }) => !known.has(messageKey(id)));
  const events = await toModel(working, fresh, at, call);
  const done = (left?.done ?? 0) + fresh.length;
  // A page may hold fewer than were asked for; the list ends where no link leads on (https://learn.microsoft.com/en-us/graph/paging).
  const next = link === undefined ? undefined : nextOf(value, left, done, link);
  return {
    events,
    done,
    total: next === undefined ? done : Math.max(total ?? 0, done),
    ...(next === undefined ? {} : { next: asCursor(JSON.stringify(next)) }),
  };
}

/** Those of the oldest second are asked for again, for there may be more of them; pages of that second alone are counted. */
function nextOf(
  value: readonly unknown[],
  left: BackfillCursor | undefined,
  done: number,
  link: string,
): BackfillCursor {
  const { until = '9999-12-31T00:00:00Z', skip = 0 } = left ?? {};
  if (value.length === 0) return { until, skip, done, link };
  const times = value.flatMap((one) => State.safeParse(one).data?.receivedDateTime ?? []);
  const oldest = times.length === 0 ? undefined : iso(Math.min(...times));
  return oldest === undefined || oldest === left?.until
    ? { until, skip: skip + value.length, done }
    : { until: oldest, skip: 0, done };
}
