import { type Batch, ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { authWords } from '../errors.ts';
import { conversationKey, messageKey, microsOf, type Ts, timeOf, tsOf } from '../ids.ts';
import { isQuiet, presenceEvent } from '../map/presence.ts';
import { markEvent } from '../map/reactions.ts';
import {
  AboutChannel,
  AboutUser,
  Body,
  Changed,
  Deleted,
  MessageEvent,
  Pinned,
  QuietChanged,
  Reacted,
  Revoked,
} from '../wire/events.ts';
import { Message } from '../wire/message.ts';
import type { Asked } from './history.ts';
import type { Refresher } from './refresh.ts';
import { historyEvent } from './rescan.ts';
import { describe, leftEvent } from './settings.ts';
import { tell } from './tell.ts';
import { isTopLevel, traceOf } from './trace.ts';
import type { Work } from './work.ts';

/** Events are delivered again until they are acknowledged; so many of the last are known by name. */
const remembered = 2000;

/** Events about the one they are told to. */
const personal = new Set([
  'channel_left',
  'group_left',
  'channel_joined',
  'group_joined',
  'im_created',
  'im_open',
  'mpim_open',
  'group_open',
]);

/** An event that was handed in to be stored. */
export interface Taken {
  /** Resolves once it is committed; rejects when it was not. */
  readonly stored: Promise<unknown>;
}
/**
 * What happened on the network, one event at a time: the next may be taken once this one is handed in, for what is emitted is
 * stored in order. Rejects when an event could not be handed in.
 */
export interface Live {
  take(body: unknown): Promise<Taken>;
}
const nothing: Taken = { stored: Promise.resolve() };
export function createLive(work: Work, refresher: Refresher): Live {
  const taken = new Map<string, Taken>();
  return {
    async take(body) {
      const read = Body.safeParse(body).data;
      if (!read) {
        work.log.warn('An event of Slack was not understood');
        return nothing;
      }
      const { event, event_id: id, authorizations = [] } = read;
      const toAnother = authorizations.length > 0 && !authorizations.some(({ user_id: user }) => user === work.me);
      // Who installed the same app comes and goes by themselves.
      if (toAnother && personal.has(event.type)) return nothing;
      const before = id === undefined ? undefined : taken.get(id);
      if (before) return before;
      const batches = await batchesOf(work, refresher, event);
      const storing: Promise<void>[] = [];
      for (const make of batches) {
        const batch = make();
        if (!batch) continue;
        const one = work.context.emit(batch);
        // Told by `stored`; should the next batch not come about, that is what is told.
        one.catch(() => undefined);
        storing.push(one);
      }
      const stored = Promise.all(storing);
      if (id === undefined) return { stored };
      taken.set(id, { stored });
      stored.catch(() => taken.delete(id));
      const [oldest] = taken.keys();
      if (taken.size > remembered && oldest !== undefined) taken.delete(oldest);
      return { stored };
    },
  };
}

/** What one event may ask for on the way: a message is not held up for a name that would take long to get. */
const soon = (work: Work): Asked => ({ signal: work.over, background: false, maxWaitMs: 2000 });

/** Batches are made the moment they are emitted, for a checkpoint covers what was noted until then. */
type Batches = readonly (() => Batch | undefined)[];
const quiet = (events: readonly ChannelEvent[]): Batches =>
  events.length === 0 ? [] : [() => ({ events, origin: 'history' })];

async function batchesOf(work: Work, refresher: Refresher, event: { readonly type: string }): Promise<Batches> {
  switch (event.type) {
    case 'message':
      return messageBatches(work, event);
    case 'reaction_added':
    case 'reaction_removed':
      return reaction(work, event);
    case 'pin_added':
    case 'pin_removed':
      return pin(work, event);
    case 'user_change':
    case 'user_profile_changed':
    case 'team_join':
      return quiet(work.directory.learn(AboutUser.safeParse(event).data?.user));
    case 'dnd_updated_user':
      return notDisturbed(work, event);
    case 'emoji_changed':
      refresher.emoji();
      return [];
    case 'tokens_revoked':
      if (Revoked.safeParse(event).data?.tokens?.oauth?.includes(work.me) === false) return [];
      throw new ChannelError('auth', 'refused', authWords('it was revoked'));
    case 'app_uninstalled':
      throw new ChannelError('auth', 'refused', authWords('the app was removed from the workspace'));
    default:
      return aboutConversation(work, refresher, event);
  }
}

async function messageBatches(work: Work, raw: unknown): Promise<Batches> {
  const event = MessageEvent.safeParse(raw).data;
  if (!event) {
    work.log.warn('A message without a conversation was left out');
    return [];
  }
  switch (event.subtype) {
    case 'message_changed':
      return changed(work, event);
    case 'message_deleted':
      return deleted(work, event);
    // Told again as the answer itself; counts are not kept here.
    case 'message_replied':
      return [];
    default:
      return arrived(work, event.channel, event, event.event_ts ?? event.ts ?? tsOf(work.web.now()));
  }
}

async function arrived(work: Work, channel: string, raw: unknown, near: Ts): Promise<Batches> {
  const opened = await opening(work, channel);
  if (!opened) return [];
  const events = await told(work, channel, raw, near);
  const message = Message.safeParse(raw).data;
  if (message?.thread_ts !== undefined) await work.windows.loadFor(channel, message.thread_ts);
  await work.windows.tidy(channel);
  return [
    ...opened,
    () => {
      if (message) noteArrival(work, channel, message);
      return { events, origin: 'live', checkpoint: work.windows.checkpoint(channel) };
    },
    () => work.windows.pastBatch(channel),
  ];
}
function noteArrival({ windows }: Work, channel: string, message: Message): void {
  const { thread_ts: root, ts } = message;
  if (isTopLevel(message)) windows.note(channel, traceOf(message, windows.get(channel).traces.get(ts)));
  if (root !== undefined && root !== ts) windows.noteReply(channel, root, ts, true);
}

async function changed(work: Work, raw: unknown): Promise<Batches> {
  const event = Changed.safeParse(raw).data;
  const message = Message.safeParse(event?.message).data;
  if (!event || !message) {
    work.log.warn('A change of a message was not understood');
    return [];
  }
  const { channel } = event;
  const version = unmarkedVersion(work, event, message);
  const opened = await opening(work, channel);
  if (!opened) return [];
  const events = await told(work, channel, event.message, message.ts, version);
  await work.windows.loadFor(channel, message.ts);
  return [
    ...opened,
    () => {
      if (message.subtype === 'tombstone') work.windows.change(channel, message.ts, () => undefined);
      else work.windows.change(channel, message.ts, (former) => traceOf(message, former));
      return { events, origin: 'history', checkpoint: work.windows.checkpoint(channel) };
    },
    () => work.windows.pastBatch(channel),
  ];
}

/**
 * Apps change their messages, and so do we where blocks are needed, without an edit being marked; previews that unfold are no
 * change of the words. Unix microseconds; undefined where the message says itself when it was changed.
 */
function unmarkedVersion(
  work: Work,
  { channel, ts, previous_message: previous }: Changed,
  message: Message,
): number | undefined {
  if (!previous || message.edited?.ts !== previous.edited?.ts) return undefined;
  const same = JSON.stringify(previous.blocks ?? []) === JSON.stringify(message.blocks ?? []);
  if (same && previous.text === message.text) return undefined;
  return work.edits.versionOf(channel, message) ?? (ts === undefined ? undefined : microsOf(ts));
}

async function deleted(work: Work, raw: unknown): Promise<Batches> {
  const event = Deleted.safeParse(raw).data;
  if (!event) {
    work.log.warn('A deletion was not understood');
    return [];
  }
  const { channel, deleted_ts: ts, previous_message: previous } = event;
  const at = timeOf(event.ts ?? ts);
  const root = previous?.thread_ts === ts ? undefined : previous?.thread_ts;
  return noted(work, channel, 'live', [{ type: 'removed', target: messageKey(channel, ts), at }], root ?? ts, () => {
    work.windows.change(channel, ts, () => undefined);
    if (root !== undefined) work.windows.noteReply(channel, root, ts, false);
  });
}

/**
 * Something about a message, noted with what was seen of it (`ts`: of it, or of its thread) and committed with that. A window
 * is looked at before it is written: what is told before anything else must not wipe out what was known. Of a conversation not
 * met there is none.
 */
async function noted(
  work: Work,
  channel: string,
  origin: Batch['origin'],
  events: readonly ChannelEvent[],
  ts: Ts,
  note: () => void,
): Promise<Batches> {
  if ((await work.windows.load(channel)) === undefined) return [() => ({ events, origin })];
  await work.windows.loadFor(channel, ts);
  return [
    () => {
      note();
      return { events, origin, checkpoint: work.windows.checkpoint(channel) };
    },
    () => work.windows.pastBatch(channel),
  ];
}

async function reaction(work: Work, raw: unknown): Promise<Batches> {
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

/** Who may be disturbed again is asked for while the conversation is in front: whether they are there is not told with it. */
function notDisturbed(work: Work, raw: unknown): Batches {
  const event = QuietChanged.safeParse(raw).data;
  const now = work.web.now();
  if (!event || !isQuiet(event.dnd_status, now)) return [];
  return [() => ({ events: [presenceEvent(event.user, true, event.dnd_status, now)], origin: 'live' })];
}

/** Pinned files and the like belong to no message. */
async function pin(work: Work, raw: unknown): Promise<Batches> {
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

/** A conversation changed, came or went: it is asked for anew, for events tell less than the object. */
async function aboutConversation(work: Work, refresher: Refresher, raw: unknown): Promise<Batches> {
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
async function opening(work: Work, channel: string, anew = false): Promise<Batches | undefined> {
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

async function told(
  work: Work,
  channel: string,
  raw: unknown,
  near: Ts,
  version?: number,
): Promise<readonly ChannelEvent[]> {
  const options = { ...soon(work), near, ...(version !== undefined && { version }) };
  try {
    return await tell(work, channel, [raw], options);
  } catch (error) {
    // A name that cannot be had now must not hold a message up.
    if (!(error instanceof ChannelError) || error.code === 'auth') throw error;
    return tell(work, channel, [raw], { ...options, strangers: true });
  }
}
async function introduced(work: Work, users: readonly string[]): Promise<readonly ChannelEvent[]> {
  try {
    return await work.directory.meet(users, soon(work));
  } catch (error) {
    if (!(error instanceof ChannelError) || error.code === 'auth') throw error;
    return [];
  }
}
