import { type BackfillPage, type BackfillQuery, ChannelError } from '../../src-shared/channel.ts';
import { asCursor } from '../../src-shared/model/index.ts';
import { chance } from './chance.ts';
import type { Place } from './place.ts';

/** One page of the past, newest first, after the short wait a network would cause. The cursor is how many were told. */
export async function historyPage({ context, world, config }: Place, query: BackfillQuery): Promise<BackfillPage> {
  if (query.scope !== historyScope)
    throw new ChannelError('scope', 'refused', `There is no history called ${query.scope}.`);
  const from = query.cursor === undefined ? 0 : Number(query.cursor);
  if (!Number.isInteger(from) || from < 0)
    throw new ChannelError('cursor', 'refused', 'This place in history does not exist.');
  const wait = chance('page', config.network, from).between(20, 90);
  await context.clock.sleep(config.speed > 1 ? wait / config.speed : wait, query.signal);
  const page = world.entries.slice(from, from + Math.max(1, query.limit));
  const done = from + page.length;
  const total = world.entries.length;
  return {
    events: page.flatMap(({ events }) => events),
    done,
    total,
    ...(done < total ? { next: asCursor(String(done)) } : {}),
  };
}
/** The one scope of history: everything, newest first. */
export const historyScope = 'past';
