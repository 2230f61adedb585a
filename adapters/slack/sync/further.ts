import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import { compareTs, messageKey, type Ts, timeOf, tsOf } from '../ids.ts';
import { Message } from '../wire/message.ts';
import { Ts as TsSchema } from '../wire/soft.ts';
import { followed } from './arrive.ts';
import { compare, goneOf, missingOf, topLevelOf } from './compare.ts';
import { historyPage } from './history.ts';
import { newestKnown } from './late.ts';
import { patiently } from './patience.ts';
import { tell } from './tell.ts';
import { traceOf } from './trace.ts';
import type { Work } from './work.ts';

const pageSize = 200;
/** A thousand messages of a conversation. */
const mostPages = 5;
/** What was said so long before an absence is looked at after it, however short that was, and however long. Ms. */
const atLeast = 86_400_000;
const atMost = 30 * 86_400_000;
/** Who is given so few at once may ask once a minute, and that is for news. */
const fewAtOnce = 50;

/** Conversations still to be looked at, and since when something may have been missed there. */
const scope = 'further';
const Left = z.record(z.string(), TsSchema);

/**
 * Edits, removals and reactions of messages long before the newest, made while nobody listened. People change what they said
 * lately, so it is looked back as far before the absence as the absence was long. It comes after all news, conversation by
 * conversation, and goes on with those that are left whenever it was cut short.
 */
export interface Further {
  /** Notes that something may have been missed everywhere. To be asked before anything is looked at, for looking moves what is known. */
  begin(): Promise<void>;
  /** Looks until nothing is left, or until the next connection, after which it begins anew. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks at one conversation: the one named, else the one in front, else the most lately used. False where there was none. */
  step(signal: AbortSignal, channel?: string): Promise<boolean>;
}
export function createFurther(work: Work, inFront: () => string | undefined): Further {
  const { windows, context } = work;
  let left = new Map<string, Ts>();
  const under = new Set<string>();
  /** Slack gives this app too little. */
  let few = false;
  const keep = (): Promise<void> =>
    context.emit({
      events: [],
      origin: 'history',
      checkpoint: { scope, cursor: asCursor(JSON.stringify(Object.fromEntries(left))) },
    });
  const isDue = (channel: string): boolean => left.has(channel) && !under.has(channel) && windows.lookedTo.has(channel);
  function next(): string | undefined {
    const front = inFront();
    return front !== undefined && isDue(front) ? front : followed(work).find(isDue);
  }

  async function step(signal: AbortSignal, channel = next()): Promise<boolean> {
    const since = channel === undefined ? undefined : left.get(channel);
    if (few || channel === undefined || since === undefined || !isDue(channel)) return false;
    const { connection } = windows;
    under.add(channel);
    try {
      const enough = await lookBack(work, channel, since, signal);
      few ||= !enough;
    } catch (error) {
      // One that is gone is no trouble of the others.
      const gone = error instanceof ChannelError && error.outcome === 'refused' && error.code !== 'auth';
      if (!gone) throw error;
    } finally {
      under.delete(channel);
    }
    // With another connection it may have missed something again.
    if (few || windows.connection !== connection) return false;
    left.delete(channel);
    await keep();
    return true;
  }
  return {
    async begin() {
      left = new Map(Object.entries(Left.parse(JSON.parse((await context.checkpoint(scope)) ?? '{}'))));
      const since = newestKnown(work);
      for (const channel of followed(work)) if (!left.has(channel)) left.set(channel, since);
      if (left.size > 0) await keep();
    },
    step,
    async run(signal) {
      const { connection } = windows;
      while (windows.connection === connection && (await step(signal))) signal.throwIfAborted();
    },
  };
}

/** False where Slack gives too little at once to go on. */
async function lookBack(work: Work, channel: string, since: Ts, signal: AbortSignal): Promise<boolean> {
  const away = work.web.now() - timeOf(since);
  const bound = tsOf(timeOf(since) - Math.min(Math.max(away, atLeast), atMost));
  let latest = work.windows.lookedTo.get(channel);
  for (let pages = 0; pages < mostPages; pages++) {
    if (latest === undefined || compareTs(latest, bound) <= 0) return true;
    const before = latest;
    const page = await patiently(work, signal, () => onePage(work, channel, before, signal));
    if (page === 'few') return false;
    latest = page;
  }
  return true;
}

/** Compares a page before `latest`. Answers how far it went; undefined where there is nothing beyond it. */
async function onePage(work: Work, channel: string, latest: Ts, signal: AbortSignal): Promise<Ts | undefined | 'few'> {
  const { windows, context } = work;
  const asked = { signal, background: true };
  const at = work.web.now();
  const { messages, more } = await historyPage(work.web, channel, latest, pageSize, asked);
  if (more && messages.length < fewAtOnce) return 'few';
  const oldest = messages.flatMap((raw) => Message.safeParse(raw).data?.ts ?? []).toSorted(compareTs)[0];
  const low = more ? (oldest ?? latest) : '0.000000';
  const found = topLevelOf(messages);
  for (const { message } of found) await windows.loadFor(channel, message.ts);
  const traced = found.filter(({ message }) => windows.trace(channel, message.ts));
  const there = new Set(found.map(({ message }) => message.ts));
  const gone = await goneOf(work, channel, missingOf(work, windows.between(channel, low, latest), there), asked);
  const { traces, quiet, loud } = await compare(work, channel, traced, {
    asked,
    at,
    low,
    gone,
    former: (ts) => windows.trace(channel, ts),
    isNew: () => false,
    lively: new Set(),
  });
  // Here, but not remembered; what is not here yet is still being fetched as history.
  const keys = new Map(found.map((one) => [messageKey(channel, one.message.ts), one]));
  for (const { message } of traced) keys.delete(messageKey(channel, message.ts));
  const here = await context.lookup.known([...keys.keys()]);
  const forgotten = [...keys].flatMap(([key, one]) => (here.has(key) ? [one] : []));
  const retold = forgotten.map(({ raw }) => raw);
  const events = [...(await tell(work, channel, retold, { ...asked, near: low })), ...quiet];
  if (events.length > 0) await context.emit({ events, origin: 'history' });
  if (loud.length > 0) await context.emit({ events: loud, origin: 'live' });
  await windows.found(channel, [...traces.values(), ...forgotten.map(({ message }) => traceOf(message))]);
  for (const ts of gone) windows.change(channel, ts, () => undefined);
  await context.emit({ events: [], origin: 'history', checkpoint: windows.checkpoint(channel) });
  await windows.tidy(channel);
  return more && oldest !== latest ? oldest : undefined;
}
