import type { PartOf } from '../../../src-shared/model/index.ts';
import type { Message } from '../wire/message.ts';

type Room = NonNullable<Message['room']>;

/** A huddle: the message stays the same, its room tells how it went on. */
export function callPart(room: Room, me: string): PartOf<'call'> {
  const mine = room.created_by === me;
  const took = room.participant_history?.includes(me) || room.participants?.includes(me) || mine;
  const lasted = room.date_start !== undefined && room.date_end !== undefined ? room.date_end - room.date_start : 0;
  return {
    kind: 'call',
    direction: mine ? 'outgoing' : 'incoming',
    media: 'audio',
    outcome: outcomeOf(room, took),
    ...(room.has_ended && lasted > 0 && { durationMs: Math.round(lasted * 1000) }),
  };
}
function outcomeOf(room: Room, took: boolean): PartOf<'call'>['outcome'] {
  if (!room.has_ended) return 'ongoing';
  if (room.was_rejected) return 'declined';
  return room.was_missed || !took ? 'missed' : 'answered';
}

/** When it ended, Unix microseconds: what is said of it then is newer than what was said before. 0 while it goes on. */
export const callVersion = (room: Room): number =>
  room.has_ended && room.date_end !== undefined && room.date_end > 0 ? Math.round(room.date_end) * 1_000_000 : 0;
