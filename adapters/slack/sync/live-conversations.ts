import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { conversationKey, timeOf } from '../ids.ts';
import { AboutChannel } from '../wire/events.ts';
import { type Batches, quiet, soon } from './batches.ts';
import type { Refresher } from './refresh.ts';
import { historyEvent } from './rescan.ts';
import { describe, leftEvent } from './settings.ts';
import type { Work } from './work.ts';

/** A conversation changed, came or went: it is asked for anew, for events tell less than the object. */
export async function aboutConversation(work: Work, refresher: Refresher, raw: unknown): Promise<Batches> {
  const event = AboutChannel.safeParse(raw).data;
  if (!event) return [];
  const channel = typeof event.channel === 'string' ? event.channel : event.channel.id;
  const at = event.event_ts === undefined ? work.web.now() : timeOf(event.event_ts);
  const left = (): Batches => {
    work.windows.leave(channel);
    return quiet([leftEvent(channel, at)]);
  };
  const joined = async (): Promise<Batches> => {
    const again = (await work.windows.load(channel)) !== undefined;
    const opened = await opening(work, channel, true);
    // What was said while one was not in it is looked up; until then nothing new may hide it.
    if (opened && again) refresher.missed(channel);
    return opened ?? [];
  };
  const refresh = async (members: boolean): Promise<Batches> => {
    // Only of conversations known here: of public channels one is not in the workspace tells as well.
    if ((await work.windows.load(channel)) !== undefined) refresher.conversation(channel, members);
    return [];
  };
  switch (event.type) {
    case 'channel_left':
    case 'group_left':
    case 'channel_deleted':
    case 'group_deleted':
      return (await work.windows.load(channel)) === undefined ? [] : left();
    case 'member_left_channel':
      return event.user === work.me ? left() : refresh(true);
    case 'member_joined_channel':
      return event.user === work.me ? joined() : refresh(true);
    case 'channel_rename':
    case 'group_rename':
    case 'channel_archive':
    case 'group_archive':
      return refresh(false);
    case 'channel_unarchive':
    case 'group_unarchive':
      await refresh(false);
      return quiet([{ type: 'conversation', key: conversationKey(channel), patch: { archived: false }, at }]);
    case 'im_created':
    case 'im_open':
    case 'mpim_open':
    case 'group_open':
      return (await opening(work, channel, true)) ?? [];
    case 'channel_joined':
    case 'group_joined':
      return joined();
    default:
      return [];
  }
}

/** A conversation not met before is told whole, and its history opened. Undefined for one that is not ours. */
export async function opening(work: Work, channel: string, anew = false): Promise<Batches | undefined> {
  const known = (await work.windows.load(channel)) !== undefined;
  if (known && !anew) return [];
  let events: readonly ChannelEvent[] = [];
  try {
    const { events: told, within } = await describe(work, channel, { ...soon(work), members: false });
    // Public channels can be seen by everybody; this one is another person's who installed the same app.
    if (!within) return undefined;
    events = told;
  } catch (error) {
    if (!(error instanceof ChannelError) || error.code === 'auth') throw error;
    // Another person who installed the same app has conversations we have not.
    if (error.code === 'channel_not_found') return undefined;
    // What is known of it stands in the message itself; the list of conversations brings the rest.
  }
  return [
    () => {
      work.windows.enter(channel);
      work.windows.put(channel, work.windows.get(channel));
      return {
        events: [...events, historyEvent(channel)],
        origin: 'history',
        checkpoint: work.windows.checkpoint(channel),
      };
    },
  ];
}
