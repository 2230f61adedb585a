import { z } from 'zod';
import { asCursor, type ChannelEvent, type ConversationKey } from '../../../src-shared/model/index.ts';
import { conversationKey, isMessageId, messageKey, type Place, placeOf, settingScope, userKey } from '../ids.ts';
import type { Chat } from '../wire.ts';
import type { Working } from '../working.ts';
import { lookIntoChannel } from './channel.ts';
import { lastUpTo, lookIntoChat } from './chat.ts';
import { type Left, overlapMs } from './places.ts';
import { type Presences, watchPresence } from './presence.ts';
import { chatEvents, chatPage, chatPlace, type Followed, isClosed, LargeChats, listChannels, Told } from './setting.ts';

/** Looks between two readings of all chats, teams and channels. */
const settingEvery = 20;
/** At each look: chats that seem quiet, looked into for edits and reactions in turn; channels; and of these, for answers. */
const quietAtOnce = 3;
const channelsAtOnce = 8;
const answersAtOnce = 2;
/** Every so many turns of a channel its older threads are looked through for answers too. */
const deepEvery = 12;
/** Chats nobody has written in for longer are looked into when somebody does. Ms. */
const quietMs = 30 * 86_400_000;

/** What is written after `since` is new, Unix ms by Teams' clock: the newest message there was when the account came here. */
const Setting = z.object({ since: z.number() });

export interface Live {
  /** Tells the setting: chats, channels, the history there is. Then what happened while away. */
  arrive(signal: AbortSignal): Promise<void>;
  /** One look. Answers whether anything had happened. */
  look(signal: AbortSignal): Promise<boolean>;
  /** The conversation in front of the person. */
  focus(conversation: ConversationKey | undefined): void;
  /** Reads everything again at the next look. */
  unsettle(): void;
  /** How far the person has read a chat, Unix ms by Teams' clock, as it was last told. */
  readUpTo(place: Place): number;
  /** What a chat or channel is called, by Teams' id; undefined for one that was never listed. */
  nameOf(id: string): string | undefined;
  readonly presences: Presences;
}

export function followTeams(working: Working): Live {
  const { context, places, config } = working;
  const told = new Told();
  const large = new LargeChats();
  const presences = watchPresence(working);
  let since: number | undefined;
  let channels: readonly Followed[] = [];
  /** Chats as they were last listed, the one written in last first. */
  let listed: readonly Chat[] = [];
  const reads = new Map<ConversationKey, number>();
  let focused: Place | undefined;
  let looks = 0;
  let quietTurn = 0;
  let channelTurn = 0;
  let unsettled = false;
  /** Listed, and yet not to be looked into: tried again with the next reading of everything. */
  const shut = new Set<ConversationKey>();

  const newestIn = (chats: readonly Chat[]): number =>
    Math.max(0, ...chats.map(({ lastMessagePreview }) => lastMessagePreview?.createdDateTime ?? 0));

  /** What the chats of a page are, as far as that was not told before. */
  async function introduce(listed: readonly Chat[], signal: AbortSignal): Promise<void> {
    // Its history may be asked for as soon as it is told of.
    for (const chat of listed) await places.begin(chatPlace(chat), since ?? 0);
    const chats: Chat[] = [];
    for (const chat of listed) chats.push(await large.whole(working, chat, { signal }));
    const at = context.clock.now();
    const events = chats.flatMap((chat) => chatEvents(working, told, chat, at));
    if (events.length > 0) await context.emit({ events, origin: 'history' });
  }
  /** Of one chat: what was said in it, how far it was read. Answers whether anything had happened. */
  async function takeChat(chat: Chat, signal: AbortSignal): Promise<boolean> {
    const place = chatPlace(chat);
    const left = await places.begin(place, since ?? 0);
    const happened = hasNews(chat, left) && (await within(place, () => lookIntoChat(working, place, { signal })));
    const read = chat.viewpoint?.lastMessageReadDateTime ?? 0;
    reads.set(conversationKey(place), read);
    if (read > left.read) await tellRead(chat, place, read, signal);
    return happened;
  }
  async function tellRead(chat: Chat, place: Place & { is: 'chat' }, read: number, signal: AbortSignal): Promise<void> {
    const { id, createdDateTime: at = 0 } = chat.lastMessagePreview ?? {};
    let upTo = id !== undefined && at <= read && isMessageId(id) ? messageKey(place, id) : undefined;
    // Before the history has come nothing is known by its time; it brings how far was read along.
    if (upTo === undefined && at > 0 && (places.get(place)?.read ?? 0) > 0)
      await within(place, async () => {
        upTo = (await lastUpTo(working, place, read, { signal }))?.key;
        return true;
      });
    places.change(place, { read });
    const events: readonly ChannelEvent[] =
      upTo === undefined ? [] : [{ type: 'receipt', receipt: 'read', by: 'me', upTo, at: read }];
    await places.commit(place, events, 'history');
  }
  /** A conversation that is gone, or closed meanwhile, is no trouble of the others. */
  async function within(place: Place, work: () => Promise<boolean>): Promise<boolean> {
    const key = conversationKey(place);
    if (shut.has(key)) return false;
    try {
      return await work();
    } catch (error) {
      if (!isClosed(error)) throw error;
      context.log.info('a conversation is not open any more', { code: error.code });
      shut.add(key);
      unsettled = true;
      return false;
    }
  }

  /** Everything there is, page by page. */
  async function readSetting(signal: AbortSignal): Promise<void> {
    const all: Chat[] = [];
    let link: string | undefined;
    do {
      const page = await chatPage(working, link, { signal });
      if (since === undefined) {
        // Sorted by what was written last, so the first page knows.
        since = newestIn(page.chats);
        const cursor = asCursor(JSON.stringify({ since }));
        await context.emit({ events: [], origin: 'history', checkpoint: { scope: settingScope, cursor } });
      }
      await introduce(page.chats, signal);
      all.push(...page.chats);
      link = page.next;
    } while (link !== undefined);
    const here = new Set<string>(all.map((chat) => conversationKey(chatPlace(chat))));
    const left = told.keys().filter((key) => placeOf(key)?.is === 'chat' && !here.has(key));
    listed = all;
    unsettled = false;
    for (const chat of all) await takeChat(chat, signal);
    const at = context.clock.now();
    const closed = left.flatMap((key) => closedEvent(key, at));
    if (config.channels) closed.push(...(await readChannels(signal, at)));
    if (closed.length > 0) await context.emit({ events: closed, origin: 'history' });
  }
  async function readChannels(signal: AbortSignal, at: number): Promise<readonly ChannelEvent[]> {
    channels = await listChannels(working, { signal });
    const here = new Set<string>(channels.map(({ place }) => conversationKey(place)));
    const events = channels.flatMap(({ place, patch }) => told.of(place, patch, at));
    const left = told.keys().filter((key) => placeOf(key)?.is === 'channel' && !here.has(key));
    return [...events, ...left.flatMap((key) => closedEvent(key, at))];
  }
  function closedEvent(key: string, at: number): readonly ChannelEvent[] {
    const place = placeOf(key);
    told.forget(key);
    if (!place) return [];
    const readOnly =
      place.is === 'chat' ? 'You are not in this chat any more.' : 'You are not in this channel any more.';
    return [{ type: 'conversation', key: conversationKey(place), patch: { limits: { readOnly } }, at }];
  }

  /** What was written lately shows in the list of chats; what else happens in them does not. */
  async function lookAtChats(signal: AbortSignal): Promise<boolean> {
    let happened = false;
    let link: string | undefined;
    const seen = new Map<string, Chat>();
    do {
      const page = await chatPage(working, link, { signal });
      let any = false;
      await introduce(page.chats, signal);
      for (const chat of page.chats) {
        seen.set(chat.id, chat);
        if (await takeChat(chat, signal)) any = true;
      }
      happened ||= any;
      // Beyond a page in which nothing is new there is nothing new.
      link = any || page.chats.length === 0 ? page.next : undefined;
    } while (link !== undefined);
    listed = [...seen.values(), ...listed.filter(({ id }) => !seen.has(id))];
    const now = newestIn(listed);
    const quiet = listed.filter(({ lastMessagePreview }) => now - (lastMessagePreview?.createdDateTime ?? 0) < quietMs);
    const some = inTurn(quiet, quietTurn, quietAtOnce).map(chatPlace);
    quietTurn += quietAtOnce;
    const front = focused?.is === 'chat' ? [focused] : [];
    for (const place of [...front, ...some.filter(({ chat }) => focused?.is !== 'chat' || chat !== focused.chat)]) {
      await places.begin(place, since ?? 0);
      const call = { signal, background: !front.includes(place) };
      if (await within(place, () => lookIntoChat(working, place, call))) happened = true;
    }
    return happened;
  }
  async function lookAtChannels(signal: AbortSignal): Promise<boolean> {
    if (channels.length === 0) return false;
    const inFront = channels.filter(({ place }) => focused && conversationKey(place) === conversationKey(focused));
    const some = inTurn(channels, channelTurn, channelsAtOnce);
    const round = Math.floor(channelTurn / channels.length);
    channelTurn += channelsAtOnce;
    let happened = false;
    for (const [index, { place }] of [...inFront, ...some.filter((one) => !inFront.includes(one))].entries()) {
      const front = index < inFront.length;
      const answers =
        front ||
        (index - inFront.length + looks) % Math.ceil(channelsAtOnce / answersAtOnce) === 0 ||
        channels.length <= answersAtOnce;
      const deep = answers && round % deepEvery === deepEvery - 1;
      const look = { signal, background: !front, answers: deep ? 'deep' : answers ? 'last' : 'none' } as const;
      if (await within(place, () => lookIntoChannel(working, place, look))) happened = true;
    }
    return happened;
  }

  return {
    presences,
    async arrive(signal) {
      const left = Setting.safeParse(parsed(await context.checkpoint(settingScope))).data;
      since = left?.since;
      await readSetting(signal);
      for (const { place } of channels)
        await within(place, () => lookIntoChannel(working, place, { signal, answers: 'last' }));
    },
    async look(signal) {
      looks++;
      const whole = unsettled || looks % settingEvery === 0;
      if (looks % settingEvery === 0) shut.clear();
      if (whole) await readSetting(signal);
      const inChats = await lookAtChats(signal);
      const inChannels = await lookAtChannels(signal);
      await presences.look(listed, signal);
      return inChats || inChannels;
    },
    focus(conversation) {
      focused = conversation === undefined ? undefined : placeOf(conversation);
    },
    unsettle() {
      unsettled = true;
    },
    nameOf(id) {
      const chat = listed.find((one) => one.id === id);
      const people = (chat?.members ?? []).filter(({ userId }) => userKey(userId) !== working.me);
      const named = chat?.topic || people.flatMap(({ displayName }) => displayName || []).join(', ');
      return named || channels.find(({ place }) => place.channel === id)?.patch.title;
    },
    readUpTo: (place) => reads.get(conversationKey(place)) ?? 0,
  };
}

/** Something was written that was not told: later than all that was, or shown by Teams late (`overlapMs`). */
function hasNews(chat: Chat, left: Left): boolean {
  const { id, createdDateTime: newest = 0 } = chat.lastMessagePreview ?? {};
  if (newest > left.through) return true;
  const late = newest > left.since && newest > left.through - overlapMs;
  return late && id !== undefined && isMessageId(id) && left.seen[messageKey(chatPlace(chat), id)] === undefined;
}

/** Some of a list, going on where the last turn ended. */
function inTurn<T>(all: readonly T[], from: number, count: number): readonly T[] {
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[(from + index) % all.length]).filter(
    (one) => one !== undefined,
  );
}
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
