import type { CallOptions } from '../../_kit/http/index.ts';
import { paddedId, placePath, userKey } from '../ids.ts';
import { type Seen, see } from '../map/message.ts';
import { Page } from '../wire.ts';
import type { Working } from '../working.ts';
import type { Composed } from './compose.ts';

const pageSize = 50;
const mostPages = 10;

/** One's own messages in the same chat, channel or thread that are newer than `after`, oldest first. */
export async function recentOwn(
  working: Working,
  { place, root }: Composed,
  after: string,
  call: CallOptions,
): Promise<readonly Seen[]> {
  const path = placePath(place, root === undefined ? '/messages' : `/messages/${encodeURIComponent(root)}/replies`);
  const query = { $top: String(pageSize), ...(place.is === 'chat' && { $orderby: 'createdDateTime desc' }) };
  const found: Seen[] = [];
  let link: string | undefined;
  for (let pages = 1; pages <= mostPages; pages++) {
    const page: Page = await working.graph.ask(Page, link === undefined ? { path, query } : { path: link }, call);
    const seen = page.value.map((raw) => see(place, raw, root));
    const newer = seen.filter(({ message }) => message && paddedId(message.id) > paddedId(after));
    found.push(...newer.filter(({ message }) => message?.from?.user && userKey(message.from.user.id) === working.me));
    link = page['@odata.nextLink'];
    // First messages of a channel stand in an order of their own, so a page of old ones says nothing there; nor does an
    // empty one anywhere.
    const old = page.value.length > 0 && newer.length === 0 && (place.is === 'chat' || root !== undefined);
    if (link === undefined || old) break;
  }
  return found
    .filter(({ message }) => message?.deletedDateTime === undefined)
    .toSorted((a, b) => a.createdAt - b.createdAt);
}
