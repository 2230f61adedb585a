import type { Place } from '../ids.ts';
import type { Seen } from '../map/message.ts';
import type { Working } from '../working.ts';
import { overlapMs } from './places.ts';
import { tell } from './tell.ts';

/** Of what Teams told, that which was not told on already. `sure`: it is known to have changed, whenever that was. */
export function fresh(working: Working, place: Place, all: readonly Seen[], sure = false): readonly Seen[] {
  const left = working.places.get(place);
  if (!left) return all;
  return all.filter(({ key, etag, modifiedAt, message }) => {
    // What cannot be read has no time: it is known by its words.
    if (!sure && message && modifiedAt <= left.through - overlapMs) return false;
    return left.seen[key] !== etag;
  });
}

/**
 * Tells news and moves on: everything up to the newest of it has been told by then. What was written after the
 * account, or the conversation, came here is live; the rest is history told late.
 */
export async function tellNews(working: Working, place: Place, news: readonly Seen[]): Promise<void> {
  const { places } = working;
  const left = places.get(place);
  if (!left) return;
  const through = Math.max(left.through, ...news.map(({ modifiedAt }) => modifiedAt));
  const seen = Object.fromEntries([
    ...Object.entries(left.seen).filter(([, etag]) => timeIn(etag) > through - overlapMs),
    ...news
      .filter(({ modifiedAt, message }) => !message || modifiedAt > through - overlapMs)
      .map(({ key, etag }) => [key, etag] as const),
  ]);
  const isLive = ({ createdAt }: Seen): boolean => createdAt > left.since;
  const late = await tell(
    working,
    place,
    news.filter((one) => !isLive(one)),
    through,
  );
  const live = await tell(working, place, news.filter(isLive), through);
  if (late.length > 0 && live.length > 0) await working.context.emit({ events: late, origin: 'history' });
  places.change(place, { through, seen });
  await places.commit(place, live.length > 0 ? live : late, live.length > 0 ? 'live' : 'history');
}

/** An etag ends in when it was changed; one of something that cannot be read stays, for there are few. */
const timeIn = (etag: string): number => {
  const at = Number(etag.slice(etag.lastIndexOf('/') + 1));
  return etag.includes('/') && Number.isFinite(at) ? at : Number.POSITIVE_INFINITY;
};
