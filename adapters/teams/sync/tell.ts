import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Place } from '../ids.ts';
import { userKey } from '../ids.ts';
import { messageEvents, type Seen } from '../map/message.ts';
import { markEvent, marksOf, ownReactions } from '../map/reactions.ts';
import { ownEmojiIn } from '../text/own-emoji.ts';
import type { Working } from '../working.ts';

/**
 * Messages as Teams told them, as events: themselves, their reactions and those that are gone, and that they were deleted.
 * What of a deleted one is known already stays as it was.
 */
export async function tell(
  working: Working,
  place: Place,
  all: readonly Seen[],
  near: number,
): Promise<readonly ChannelEvent[]> {
  const { context, directory, me, places } = working;
  const deleted = all.filter(({ message }) => message?.deletedDateTime !== undefined);
  const known = deleted.length === 0 ? new Set<string>() : await context.lookup.known(deleted.map(({ key }) => key));
  const telling = { me, name: directory.name };
  await working.ownEmoji.meet(
    all.flatMap(({ message }) =>
      message ? [...ownReactions(message), ...ownEmojiIn(message.body?.content ?? '')] : [],
    ),
  );
  return all.flatMap((seen): readonly ChannelEvent[] => {
    const { key, message, modifiedAt } = seen;
    const user = message?.from?.user;
    if (user?.displayName) directory.meet(userKey(user.id), user.displayName.trim());
    if (message?.deletedDateTime !== undefined) {
      const removed: ChannelEvent = { type: 'removed', target: key, at: message.deletedDateTime };
      return known.has(key) ? [removed] : [...messageEvents(place, seen, telling, near), removed];
    }
    const txn = user && userKey(user.id) === me ? working.offered.txnOf(place, seen, context.clock.now()) : undefined;
    const marks = message ? marksOf(message) : [];
    const before = message
      ? places.mark(
          place,
          key,
          marks.map(({ mark }) => mark),
        )
      : [];
    const gone = before.filter((mark) => marks.every((one) => one.mark !== mark));
    return [
      ...messageEvents(place, seen, telling, near).map((event) =>
        event.type === 'message' && txn !== undefined ? { ...event, message: { ...event.message, txn } } : event,
      ),
      ...marks.map(({ mark, at }) => markEvent(key, mark, true, at, me)),
      ...gone.map((mark) => markEvent(key, mark, false, modifiedAt, me)),
    ];
  });
}
