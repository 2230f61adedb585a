import type { BackfillPage } from '../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type Cursor } from '../../src-shared/model/index.ts';
import { isChatId, isMessageId, messageKey, type Place, placeOf, type Spot } from './ids.ts';
import { readOne, tellOne } from './sync/one.ts';
import { Found, Message } from './wire.ts';
import type { Working } from './working.ts';

/** https://learn.microsoft.com/en-us/graph/search-concept-chat-messages: 25 at once. */
const pageSize = 25;

/** Microsoft's own search, for what history has not brought yet; what is here is not told again. The cursor counts hits. */
export async function search(
  working: Working,
  text: string,
  cursor: Cursor | undefined,
  signal: AbortSignal,
): Promise<BackfillPage> {
  const { graph, context } = working;
  const from = cursor === undefined ? 0 : Number(cursor) || 0;
  const json = {
    requests: [{ entityTypes: ['chatMessage'], query: { queryString: text }, from, size: pageSize }],
  };
  const found = await graph.ask(Found, { method: 'POST', path: '/search/query', json }, { signal, repeatable: true });
  const container = found.value[0]?.hitsContainers?.[0];
  const hits = container?.hits ?? [];
  const events: ChannelEvent[] = [];
  for (const { resource } of hits) {
    const spot = spotIn(resource);
    // What is found is told in part only, and of conversations that were never listed nothing is shown.
    if (!spot || (await working.places.load(spot.place)) === undefined) continue;
    if ((await context.lookup.known([messageKey(spot.place, spot.id, spot.root)])).size > 0) continue;
    const seen = await readOne(working, spot, { signal });
    if (seen) events.push(...(await tellOne(working, spot, seen)));
  }
  const done = from + hits.length;
  return {
    events,
    done,
    ...(container?.total !== undefined && { total: Math.max(done, container.total) }),
    ...(container?.moreResultsAvailable && hits.length > 0 && { next: asCursor(String(done)) }),
  };
}

function spotIn(resource: unknown): Spot | undefined {
  const message = Message.safeParse(resource).data;
  if (!message || !isMessageId(message.id)) return undefined;
  const { chatId, channelIdentity, replyToId, id } = message;
  const place: Place | undefined = channelIdentity
    ? placeOf(`${channelIdentity.teamId}/${channelIdentity.channelId}`)
    : chatId !== undefined && isChatId(chatId)
      ? { is: 'chat', chat: chatId }
      : undefined;
  const root = channelIdentity && replyToId && replyToId !== id && isMessageId(replyToId) ? replyToId : undefined;
  return place && { place, id, root };
}
