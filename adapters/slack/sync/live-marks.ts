import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { messageKey, timeOf } from '../ids.ts';
import { isQuiet, presenceEvent } from '../map/presence.ts';
import { markEvent } from '../map/reactions.ts';
import { Pinned, QuietChanged, Reacted } from '../wire/events.ts';
import { type Batches, noted, soon } from './batches.ts';
import type { Work } from './work.ts';

/** Somebody reacted, or took it back. */
export async function reaction(work: Work, raw: unknown): Promise<Batches> {
  const event = Reacted.safeParse(raw).data;
  // Reactions to files alone belong to no message.
  if (!event) return [];
  const { channel, ts } = event.item;
  const mark = `${event.reaction} ${event.user}` as const;
  const on = event.type === 'reaction_added';
  const at = event.event_ts === undefined ? work.web.now() : timeOf(event.event_ts);
  const met = await introduced(work, [event.user]);
  const events = [...met, markEvent(messageKey(channel, ts), mark, on, at, work.me)];
  return noted(work, channel, 'live', events, ts, () =>
    work.windows.change(channel, ts, (trace) => {
      const others = trace.marks.filter((one) => one !== mark);
      return { ...trace, marks: on ? [...others, mark].toSorted() : others };
    }),
  );
}

/** Pinned files and the like belong to no message. */
export async function pin(work: Work, raw: unknown): Promise<Batches> {
  const event = Pinned.safeParse(raw).data;
  if (!event) return [];
  const { channel_id: channel, item } = event;
  const { ts } = item.message;
  const at = event.event_ts === undefined ? work.web.now() : timeOf(event.event_ts);
  const pinned = event.type === 'pin_added';
  const events: ChannelEvent[] = [{ type: 'flags', target: messageKey(channel, ts), flags: { pinned }, at }];
  return noted(work, channel, 'history', events, ts, () =>
    work.windows.change(channel, ts, (trace) => ({ ...trace, pinned })),
  );
}

/** Who may be disturbed again is asked for while the conversation is in front: whether they are there is not told with it. */
export function notDisturbed(work: Work, raw: unknown): Batches {
  const event = QuietChanged.safeParse(raw).data;
  const now = work.web.now();
  if (!event || !isQuiet(event.dnd_status, now)) return [];
  return [() => ({ events: [presenceEvent(event.user, true, event.dnd_status, now)], origin: 'live' })];
}

async function introduced(work: Work, users: readonly string[]): Promise<readonly ChannelEvent[]> {
  try {
    return await work.directory.meet(users, soon(work));
  } catch (error) {
    if (!(error instanceof ChannelError) || error.code === 'auth') throw error;
    return [];
  }
}
