import { ChannelError } from '../../../src-shared/channel.ts';
import { compareTs } from '../ids.ts';
import { ConversationInfo } from '../wire/answers.ts';
import { readEvents } from './read-state.ts';
import type { Work } from './work.ts';

/** Conversations asked about at once, of the fifty calls a minute that Slack allows, and how often. Ms. */
const atOnce = 10;
const every = 60_000;

/**
 * What waits to be read here may have been read on another device, of which no event tells. Those that wait are asked about in
 * turn, the one longest unasked first, and of those the most lately used.
 */
export interface Reads {
  /** At most once a minute, however often it is called. */
  ask(signal: AbortSignal): Promise<void>;
}
export function createReads(work: Work): Reads {
  const { windows } = work;
  const asked = new Map<string, number>();
  let last = Number.NEGATIVE_INFINITY;
  let asking = false;
  const waits = (channel: string): boolean => {
    const read = windows.read.get(channel);
    return read !== undefined && compareTs(read, windows.get(channel).seen) < 0;
  };
  async function about(channel: string, signal: AbortSignal): Promise<void> {
    const { channel: conversation } = await work.web.call(
      'conversations.info',
      { channel },
      { answer: ConversationInfo, signal, background: true },
    );
    const { last_read: read } = conversation;
    if (read === undefined || compareTs(read, windows.read.get(channel) ?? '0.000000') <= 0) return;
    windows.read.set(channel, read);
    const events = readEvents(channel, read, [...windows.get(channel).traces.keys()], work.web.now());
    await work.context.emit({ events, origin: 'history' });
  }
  return {
    async ask(signal) {
      // A clock that was put right makes it no later than that.
      if (asking || Math.abs(work.clock.now() - last) < every) return;
      asking = true;
      const waiting = windows.channels
        .filter(waits)
        .toSorted(
          (a, b) => (asked.get(a) ?? 0) - (asked.get(b) ?? 0) || compareTs(windows.get(b).seen, windows.get(a).seen),
        );
      for (const channel of waiting.slice(0, atOnce)) {
        asked.set(channel, work.clock.now());
        try {
          await about(channel, signal);
        } catch (error) {
          // Busy, or gone: its turn comes again. Trouble with the login is met by whoever looks next.
          if (!(error instanceof ChannelError)) throw error;
        }
      }
      last = work.clock.now();
      asking = false;
    },
  };
}
