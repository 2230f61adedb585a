import { ChannelError } from '../../../src-shared/channel.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { conversationKey, type Place, placePath } from '../ids.ts';
import { type Seen, see } from '../map/message.ts';
import { Page, Thread } from '../wire.ts';
import type { Working } from '../working.ts';
import { iso, pageSize } from './chat.ts';
import { fresh, tellNews } from './news.ts';
import { overlapMs } from './places.ts';

type Channel = Place & { is: 'channel' };
/** Threads looked through for answers, and how many more every now and then. */
const threadsAtOnce = 20;
const deepPages = 5;
/** Pages of changes fetched one after the other; where there are more, the history begins anew. */
const mostPages = 10;

/** First messages with the answers that come along (a thousand of each, https://learn.microsoft.com/en-us/graph/api/channel-list-messages). */
export function threadsIn(place: Channel, value: readonly unknown[]): readonly Seen[] {
  return value.flatMap((raw) => {
    const { replies = [], id } = Thread.safeParse(raw).data ?? {};
    const first = see(place, withoutReplies(raw));
    return [first, ...(id === undefined ? [] : replies.map((reply) => see(place, reply, id)))];
  });
}
const withoutReplies = (raw: unknown): unknown => {
  if (typeof raw !== 'object' || raw === null) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !name.startsWith('replies')));
};

/** What there is now, for a channel that was never looked into: from here on it is news. Answers whether it was. */
export async function beginChannel(working: Working, place: Channel, call: CallOptions): Promise<boolean> {
  if (await working.places.load(place)) return false;
  const query = { $top: String(threadsAtOnce), $expand: 'replies' };
  const { value } = await working.graph.ask(Page, { path: placePath(place, '/messages'), query }, call);
  const since = Math.max(0, ...threadsIn(place, value).map(({ modifiedAt }) => modifiedAt));
  await working.places.begin(place, since);
  return true;
}

export interface Look extends CallOptions {
  /** Answers are looked for as well; deeply: in more threads than the last. */
  readonly answers: 'none' | 'last' | 'deep';
}
/**
 * What has happened in a channel since it was left. The delta tells of first messages alone (chatmessage-delta); answers
 * are found by listing the threads of late.
 */
export async function lookIntoChannel(working: Working, place: Channel, look: Look): Promise<boolean> {
  const { context } = working;
  const { answers, ...call } = look;
  const begun = await beginChannel(working, place, call);
  const { changed, delta, gap } = await changes(working, place, call);
  const listed =
    begun || (answers === 'none' && changed.length === 0)
      ? []
      : await lately(working, place, answers === 'deep' ? deepPages : 1, call);
  const all = [...fresh(working, place, changed, true), ...fresh(working, place, listed)];
  const news = [...new Map(all.map((seen) => [seen.key, seen])).values()];
  const moved = delta !== working.places.get(place)?.delta;
  working.places.change(place, { delta });
  if (gap) await context.emit({ events: [{ type: 'gap', scope: conversationKey(place) }], origin: 'history' });
  if (news.length > 0) await tellNews(working, place, news);
  else if (moved) await working.places.commit(place, [], 'history');
  return news.length > 0;
}

interface Changes {
  readonly changed: readonly Seen[];
  readonly delta: string | undefined;
  readonly gap: boolean;
}
async function changes(working: Working, place: Channel, call: CallOptions): Promise<Changes> {
  const { graph, context, places } = working;
  const left = places.get(place);
  const first = {
    path: placePath(place, '/messages/delta'),
    query: { $top: String(pageSize), $filter: `lastModifiedDateTime gt ${iso((left?.through ?? 0) - overlapMs)}` },
  };
  const changed: Seen[] = [];
  let link = left?.delta;
  let gap = false;
  for (let pages = 1; ; pages++) {
    let page: Page;
    try {
      page = await graph.ask(Page, link === undefined ? first : { path: link }, call);
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'gone' || link === undefined) throw error;
      context.log.info('Teams has forgotten where a channel was left; its history begins anew');
      gap = true;
      link = undefined;
      continue;
    }
    context.proven();
    changed.push(...page.value.map((raw) => see(place, withoutReplies(raw))));
    const next = page['@odata.nextLink'];
    if (next === undefined) return { changed, delta: page['@odata.deltaLink'], gap };
    link = next;
    // The next look goes on from there.
    if (pages >= mostPages) return { changed, delta: link, gap: true };
  }
}

async function lately(working: Working, place: Channel, pages: number, call: CallOptions): Promise<readonly Seen[]> {
  const found: Seen[] = [];
  const query = { $top: String(threadsAtOnce), $expand: 'replies' };
  let link: string | undefined;
  for (let done = 0; done < pages; done++) {
    const page: Page = await working.graph.ask(
      Page,
      link === undefined ? { path: placePath(place, '/messages'), query } : { path: link },
      call,
    );
    found.push(...threadsIn(place, page.value));
    link = page['@odata.nextLink'];
    if (link === undefined) break;
  }
  working.context.proven();
  return found;
}
