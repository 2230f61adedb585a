import type { CallOptions } from '../../_kit/http/index.ts';
import { type Place, placePath } from '../ids.ts';
import { type Seen, see } from '../map/message.ts';
import { Page } from '../wire.ts';
import type { Working } from '../working.ts';
import { fresh, tellNews } from './news.ts';
import { overlapMs } from './places.ts';

/** https://learn.microsoft.com/en-us/graph/api/chat-list-messages: 50 at most. */
export const pageSize = 50;
/** So many pages of changes are fetched one after the other; where there are more, the history begins anew. */
const mostPages = 10;
export const iso = (at: number): string => new Date(Math.max(0, at)).toISOString();

/** What has happened in a chat since it was left: written, changed, reacted to, deleted. Answers whether anything had. */
export async function lookIntoChat(
  working: Working,
  place: Place & { is: 'chat' },
  call: CallOptions,
): Promise<boolean> {
  const { graph, places, context } = working;
  const left = places.get(place);
  if (!left) return false;
  // A filter is ignored in silence unless the order is by the same property (the page named above).
  const query = {
    $top: String(pageSize),
    $orderby: 'lastModifiedDateTime desc',
    $filter: `lastModifiedDateTime gt ${iso(left.through - overlapMs)}`,
  };
  const found: Seen[] = [];
  let link: string | undefined;
  for (let pages = 1; ; pages++) {
    const page: Page = await graph.ask(
      Page,
      link === undefined ? { path: placePath(place, '/messages'), query } : { path: link },
      call,
    );
    context.proven();
    found.push(...page.value.map((raw) => see(place, raw)));
    link = page['@odata.nextLink'];
    if (link === undefined) break;
    if (pages === mostPages) {
      context.log.info('more happened in a chat than is caught up with; its history begins anew');
      await context.emit({ events: [{ type: 'gap', scope: place.chat }], origin: 'history' });
      break;
    }
  }
  const news = fresh(working, place, found);
  if (news.length > 0) await tellNews(working, place, news);
  return news.length > 0;
}

/** The last message up to a moment; undefined where there is none. Unix ms. */
export async function lastUpTo(
  working: Working,
  place: Place & { is: 'chat' },
  at: number,
  call: CallOptions,
): Promise<Seen | undefined> {
  const query = {
    $top: '1',
    $orderby: 'createdDateTime desc',
    $filter: `createdDateTime lt ${iso(at + 1)}`,
  };
  const { value } = await working.graph.ask(Page, { path: placePath(place, '/messages'), query }, call);
  const [raw] = value;
  return raw === undefined ? undefined : see(place, raw);
}
