import { z } from 'zod';
import { type BackfillPage, type BackfillQuery, ChannelError } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { type Place, placeOf, placePath } from '../ids.ts';
import { type Seen, see } from '../map/message.ts';
import { Page, Thread } from '../wire.ts';
import type { Working } from '../working.ts';
import { beginChannel, threadsIn } from './channel.ts';
import { iso, pageSize } from './chat.ts';
import { somePage } from './page.ts';
import { channelMembers, isClosed } from './setting.ts';
import { tell } from './tell.ts';

/** First messages of a channel come with their answers: more at once would make the answers of Graph large. */
const threadsAtOnce = 20;

/** Where the history of a conversation is left. */
const Cursor = z.object({
  done: z.number().int().nonnegative(),
  /** Chats: down to when everything is here, Unix ms, and what of that very millisecond is. */
  until: z.number().optional(),
  at: z.array(z.string()),
  /** Channels: Graph's own way on, and further answers of threads that have more than come along. */
  link: z.string().optional(),
  answers: z.array(z.object({ root: z.string(), link: z.string() })),
});
type Cursor = z.infer<typeof Cursor>;
const start: Cursor = { done: 0, at: [], answers: [] };
function readCursor(cursor: string | undefined): Cursor {
  if (cursor === undefined) return start;
  try {
    return Cursor.safeParse(JSON.parse(cursor)).data ?? start;
  } catch {
    return start;
  }
}

/** How far the person has read, Unix ms by Teams' clock; 0 where that is not known. */
type ReadUpTo = (place: Place) => number;

/** One page of a conversation, newest first. */
export async function backfillPage(working: Working, query: BackfillQuery, readUpTo: ReadUpTo): Promise<BackfillPage> {
  const place = placeOf(query.scope);
  if (!place) throw new ChannelError('scope', 'refused', 'Teams has no such conversation.');
  const left = readCursor(query.cursor);
  const call = { background: true, signal: query.signal };
  try {
    return place.is === 'chat'
      ? await chatPage(working, place, left, query.limit, readUpTo(place), call)
      : await channelPage(working, place, left, query.limit, call);
  } catch (error) {
    // Left, or deleted: what was told stays, and there is no more of it.
    if (isClosed(error)) return { events: [], done: left.done, total: left.done };
    // Graph's own way on has run out: it begins anew, and what is here already changes nothing.
    if (error instanceof ChannelError && error.code === 'gone' && left.link !== undefined)
      return { events: [], done: 0, next: asCursor(JSON.stringify(start)) };
    throw error;
  }
}

async function chatPage(
  working: Working,
  place: Place & { is: 'chat' },
  left: Cursor,
  limit: number,
  read: number,
  call: CallOptions,
): Promise<BackfillPage> {
  const top = Math.max(1, Math.min(limit, pageSize));
  const query = {
    $top: String(top),
    $orderby: 'createdDateTime desc',
    // Not Graph's own link to the next page: a time is good for ever.
    ...(left.until === undefined ? {} : { $filter: `createdDateTime lt ${iso(left.until + 1)}` }),
  };
  const { value, more: further } = await somePage(working, placePath(place, '/messages'), query, call);
  const all = value.map((raw) => see(place, raw));
  const news = all.filter(({ key }) => !left.at.includes(key));
  const events = await told(working, place, news, left.until ?? newestOf(all));
  const times = all.flatMap(({ createdAt }) => (createdAt > 0 ? [createdAt] : []));
  const oldest = times.length === 0 ? undefined : Math.min(...times);
  const done = left.done + news.length;
  const more = further && oldest !== undefined;
  // A page of nothing but one millisecond, all of it known: on to the one before it.
  const stuck = news.length === 0 && oldest === left.until;
  const until = oldest === undefined ? undefined : stuck ? oldest - 1 : oldest;
  const next: Cursor = {
    ...start,
    done,
    ...(until === undefined ? {} : { until }),
    at: all.filter(({ createdAt }) => createdAt === until).map(({ key }) => key),
  };
  return {
    events: [...events, ...readEvent(all, left, read)],
    done,
    ...(more ? { next: asCursor(JSON.stringify(next)) } : { total: done }),
  };
}
const newestOf = (all: readonly Seen[]): number => Math.max(0, ...all.map(({ createdAt }) => createdAt));

/** The last message that was read, on the page it is on. */
function readEvent(all: readonly Seen[], { until }: Cursor, read: number): readonly ChannelEvent[] {
  if (read === 0 || (until !== undefined && until <= read)) return [];
  const [last] = all
    .filter(({ createdAt }) => createdAt > 0 && createdAt <= read)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return last ? [{ type: 'receipt', receipt: 'read', by: 'me', upTo: last.key, at: read }] : [];
}

async function channelPage(
  working: Working,
  place: Place & { is: 'channel' },
  left: Cursor,
  limit: number,
  call: CallOptions,
): Promise<BackfillPage> {
  const [thread, ...others] = left.answers;
  if (thread) {
    const page = await working.graph.ask(Page, { path: thread.link }, call);
    const all = page.value.map((raw) => see(place, raw, thread.root));
    const events = await told(working, place, all, newestOf(all));
    const link = page['@odata.nextLink'];
    const answers = link === undefined ? others : [{ root: thread.root, link }, ...others];
    return answer(events, { ...left, done: left.done + all.length, answers }, left.link === undefined && left.done > 0);
  }
  const first = left.link === undefined;
  if (first) await beginChannel(working, place, call);
  const members = first ? await channelMembers(working, place, call) : [];
  const query = { $top: String(Math.max(1, Math.min(limit, threadsAtOnce))), $expand: 'replies' };
  const page = await working.graph.ask(
    Page,
    left.link === undefined ? { path: placePath(place, '/messages'), query } : { path: left.link },
    call,
  );
  working.context.proven();
  const all = threadsIn(place, page.value);
  const events = await told(working, place, all, newestOf(all));
  const answers = page.value.flatMap((raw) => {
    const read = Thread.safeParse(raw).data;
    const more = read?.['replies@odata.nextLink'];
    return read && more !== undefined ? [{ root: read.id, link: more }] : [];
  });
  const link = page['@odata.nextLink'];
  const { link: _, ...rest } = left;
  const next: Cursor = { ...rest, done: left.done + all.length, answers, ...(link === undefined ? {} : { link }) };
  const read = first && left.done === 0 ? readBefore(all, working.places.get(place)?.since ?? 0) : [];
  return answer([...members, ...events, ...read], next, link === undefined);
}

/** Teams does not tell how far a channel was read: what had been said before it came here is taken for read. */
function readBefore(all: readonly Seen[], since: number): readonly ChannelEvent[] {
  const [last] = all
    .filter(({ createdAt, message }) => message && createdAt <= since)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return last ? [{ type: 'receipt', receipt: 'read', by: 'me', upTo: last.key, at: last.createdAt }] : [];
}

function answer(events: readonly ChannelEvent[], next: Cursor, ended: boolean): BackfillPage {
  const over = ended && next.answers.length === 0;
  return { events, done: next.done, ...(over ? { total: next.done } : { next: asCursor(JSON.stringify(next)) }) };
}

/** The events of a page, oldest first within it; the reactions it has are watched from here on. */
async function told(
  working: Working,
  place: Place,
  all: readonly Seen[],
  near: number,
): Promise<readonly ChannelEvent[]> {
  const { places } = working;
  await places.load(place);
  const before = places.get(place)?.marks;
  const events = await tell(working, place, all, near);
  if (places.get(place)?.marks !== before) await places.commit(place, [], 'history');
  return events;
}
