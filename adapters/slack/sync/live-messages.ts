import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { messageKey, microsOf, type Ts, timeOf, tsOf } from '../ids.ts';
import { Changed, Deleted, MessageEvent } from '../wire/events.ts';
import { Message } from '../wire/message.ts';
import { type Batches, noted, soon } from './batches.ts';
import { opening } from './live-conversations.ts';
import { tell } from './tell.ts';
import { isTopLevel, traceOf } from './trace.ts';
import type { Work } from './work.ts';

/** What was written, changed or deleted. */
export async function messageBatches(work: Work, raw: unknown): Promise<Batches> {
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
