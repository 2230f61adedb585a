import type { BackfillPage } from '../../src-shared/channel.ts';
import { asCursor, type Cursor } from '../../src-shared/model/index.ts';
import { namedIn, toModel } from './fetch.ts';
import { messageKey } from './ids.ts';
import { messageProperties, Page } from './wire.ts';
import type { Working } from './working.ts';

const pageSize = 25;

/** Outlook's own search, for what history has not brought yet; what is here is not told again. */
export async function search(
  working: Working,
  text: string,
  cursor: Cursor | undefined,
  signal: AbortSignal,
): Promise<BackfillPage> {
  const { graph, context } = working;
  const at = context.clock.now();
  const query = { $search: `"${text.replace(/["\\]/g, ' ')}"`, $select: messageProperties, $top: String(pageSize) };
  const page = await graph.ask(Page, cursor === undefined ? { path: '/me/messages', query } : { path: cursor }, {
    signal,
  });
  const named = namedIn(page.value);
  const known = await context.lookup.known(named.map(({ id }) => messageKey(id)));
  const events = await toModel(
    working,
    named.filter(({ id }) => !known.has(messageKey(id))),
    at,
    { signal },
  );
  const next = page['@odata.nextLink'];
  return { events, done: named.length, ...(next === undefined ? {} : { next: asCursor(next) }) };
}
