import { ChannelError } from '../../../src-shared/channel.ts';
import { timeOf } from '../ids.ts';
import { AuthTest, ConversationInfo } from '../wire/answers.ts';
import { conversations, followed } from './arrive.ts';
import type { Further } from './further.ts';
import { answersSince, lateReplies } from './late.ts';
import { patiently } from './patience.ts';
import { rescan } from './rescan.ts';
import type { Work } from './work.ts';

/** How often a conversation is looked at where nothing tells of news, by how lately something was said in it. Ms. */
const intervals = { focused: 5000, today: 45_000, week: 180_000, older: 900_000 } as const;
const day = 86_400_000;
/** Conversations one is in come and go more seldom. Ms. */
const listEvery = 300_000;
/** Where there is nothing to look at, Slack is asked for a sign of life. Ms. */
const signEvery = 60_000;
/** Answers to what was said long ago are looked for over all conversations at once. Ms. */
const searchEvery = 300_000;
/** Changes of what was said long ago are looked for as often, and only where nothing else is to be looked at. */
const furtherEvery = 900_000;
/** Least time between two looks: 40 a minute, of the 50 that Slack allows. Ms. */
const pace = 1500;

export interface Poll {
  /** What the person has in front of them is looked at soonest. */
  focus(channel: string | undefined): void;
  /** When it looks next, Unix ms. */
  readonly nextLookAt: number | undefined;
  run(signal: AbortSignal): Promise<void>;
}

/** Adaptive polling, for logins without an app-level token. `behind`: nothing was looked at since the session began. */
export function createPoll(work: Work, further: Further, { behind }: { readonly behind: boolean }): Poll {
  const looked = new Map<string, number>();
  let focused: string | undefined;
  let nextLookAt: number | undefined;
  let wake = new AbortController();
  let listedAt = work.clock.now();
  let askedAt = work.clock.now();
  let searchedAt = behind ? 0 : work.clock.now();
  let begunAt = behind ? 0 : work.clock.now();

  const interval = (channel: string, now: number): number => {
    if (channel === focused) return intervals.focused;
    const age = now - timeOf(work.windows.get(channel).seen);
    return age < day ? intervals.today : age < 7 * day ? intervals.week : intervals.older;
  };
  /** The one that is due first. */
  const next = (now: number): { readonly channel: string; readonly due: number } | undefined =>
    followed(work)
      .map((channel) => ({ channel, due: (looked.get(channel) ?? 0) + interval(channel, now) }))
      .toSorted((a, b) => a.due - b.due)[0];
  async function rest(ms: number, signal: AbortSignal): Promise<void> {
    await work.clock.sleep(ms, AbortSignal.any([signal, wake.signal])).catch(() => undefined);
    signal.throwIfAborted();
    wake = new AbortController();
  }

  return {
    get nextLookAt() {
      return nextLookAt;
    },
    focus(channel) {
      focused = channel;
      if (channel !== undefined) wake.abort();
    },
    async run(signal) {
      for (;;) {
        const now = work.clock.now();
        if (now - listedAt > listEvery) {
          await patiently(work, signal, () => conversations(work));
          listedAt = now;
        }
        if (now - begunAt > furtherEvery) {
          await further.begin();
          begunAt = now;
        }
        if (now - searchedAt > searchEvery) {
          const since = await answersSince(work);
          await patiently(work, signal, () => lateReplies(work, since, { signal, background: true }));
          searchedAt = now;
        }
        const first = next(now);
        nextLookAt = Math.max(now, first?.due ?? now + intervals.today);
        if (now - askedAt > signEvery) {
          await work.web.call('auth.test', {}, { answer: AuthTest, signal });
          askedAt = now;
        }
        if (!first || first.due > now) {
          if (await further.step(signal)) continue;
          await rest(Math.min(first ? first.due - now : intervals.today, intervals.today), signal);
          continue;
        }
        const isFirst = behind && !looked.has(first.channel);
        looked.set(first.channel, now);
        askedAt = now;
        await look(work, first.channel, signal, isFirst);
        await work.clock.sleep(pace, signal);
      }
    },
  };
}

/** News and how far was read elsewhere. A conversation that is gone is no trouble of the others. */
export async function look(work: Work, channel: string, signal: AbortSignal, thorough = false): Promise<void> {
  const asked = { signal, background: true };
  try {
    await patiently(work, signal, async () => {
      const { channel: conversation } = await work.web.call(
        'conversations.info',
        { channel },
        { answer: ConversationInfo, ...asked },
      );
      await rescan(work, channel, asked, { lastRead: conversation.last_read, thorough });
      if (conversation.last_read !== undefined) work.windows.read.set(channel, conversation.last_read);
    });
  } catch (error) {
    if (error instanceof ChannelError && error.outcome === 'refused' && error.code !== 'auth' && error.code !== 'scope')
      return;
    throw error;
  }
}

/** Looks at every conversation once: what was missed while nobody listened. */
export async function catchUp(work: Work, further: Further, signal: AbortSignal): Promise<void> {
  const since = await answersSince(work);
  await further.begin();
  for (const channel of followed(work)) {
    signal.throwIfAborted();
    await look(work, channel, signal, true);
  }
  await patiently(work, signal, () => lateReplies(work, since, { signal, background: true }));
  await further.run(signal);
}
