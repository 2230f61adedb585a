import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { userKey } from '../ids.ts';
import type { Quiet } from '../wire/events.ts';

/** Whether somebody is there (`active`), and their do not disturb, where it is known. `now`: Unix ms. */
export const presenceEvent = (user: string, active: boolean, quiet: Quiet | undefined, now: number): ChannelEvent => ({
  type: 'presence',
  by: userKey(user),
  state: isQuiet(quiet, now) ? 'busy' : active ? 'online' : 'away',
});
export const isQuiet = (quiet: Quiet | undefined, now: number): boolean =>
  quiet?.dnd_enabled === true && quiet.next_dnd_start_ts * 1000 <= now && now < quiet.next_dnd_end_ts * 1000;
