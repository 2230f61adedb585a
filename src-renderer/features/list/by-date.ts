import type { Workspace } from '../../state/workspace.ts';
import { queryOf } from './filter.ts';

/**
 * To the last that happened on a day or, where nothing did, before it; in a list that begins with the oldest to the first
 * that happened then or later. `day`: its beginning, Unix ms. Rejects with the hub's words.
 */
export async function goToDay({ client, list }: Pick<Workspace, 'client' | 'list'>, day: number): Promise<void> {
  // A list that has what is unread first has every day twice.
  if (list.getState().filter.sort === 'unread') await list.getState().setFilter({ sort: 'newest' });
  const { place, filter } = list.getState();
  if (!place) return;
  const query = queryOf(place, filter);
  const oldest = filter.sort === 'oldest';
  const { count } = await client.call('inbox.newer', { ...query, than: (oldest ? day : dayAfter(day)) - 1 });
  const position = oldest ? (await client.call('inbox.total', query)).total - count : count;
  // Somewhere else by now: what was asked for has no place there.
  if (list.getState().place !== place || list.getState().filter !== filter) return;
  await list.getState().jump(position, 'land');
}

const dayAfter = (day: number): number => {
  const next = new Date(day);
  // By the calendar: not every day has 24 hours.
  return next.setDate(next.getDate() + 1);
};
