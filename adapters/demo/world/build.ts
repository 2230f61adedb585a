import {
  asConversationKey,
  asLabelKey,
  asMessageKey,
  type ChannelEvent,
  type ConversationKey,
  type ConversationPatch,
  type Flags,
  type IncomingMessage,
  type Mention,
  type MessageKey,
  type Part,
  type Placement,
  type Recipient,
} from '../../../src-shared/model/index.ts';
import { type Chance, chance } from '../chance.ts';
import { isFile, mediaFor, waveform } from '../media/index.ts';
import type { Network } from '../networks.ts';
import { type PersonId, people, userEvent, userKey, type Who } from '../people.ts';
import { type Line, transcript } from './transcript.ts';

export const hour = 3_600_000;
export const day = 24 * hour;

/** One message with everything that happened to it since, in order. */
export interface Entry {
  readonly key: MessageKey;
  readonly at: number;
  readonly events: readonly ChannelEvent[];
}
/** A line with parts that a play cannot write. */
export type Said = Line & { readonly parts?: readonly Part[] };
export interface Scene {
  readonly id: string;
  readonly members: readonly PersonId[];
  readonly play: string | readonly Said[];
  /** How long before the beginning of the world its last line was said, ms. */
  readonly endsAgo: number;
  /** How many of the last lines nobody has read yet. */
  readonly unread?: number;
}
export interface Chat extends Scene {
  readonly is: 'chat';
  readonly patch: ConversationPatch;
}
export interface Thread extends Scene {
  readonly is: 'thread';
  readonly subject: string;
  readonly folder: Folder;
  readonly starred?: boolean;
  readonly cc?: readonly PersonId[];
  readonly keywords?: readonly string[];
}
export type Folder = 'inbox' | 'archive' | 'sent' | 'drafts' | 'trash' | 'spam';

export const conversationKey = (id: string): ConversationKey => asConversationKey(`room:${id}`);
/**
 * Where a message lies. Chats lie in folders too here, so that one rule tells for every account what is in the inbox;
 * their references begin with the conversation, so that all of one can be found again.
 */
export const placement = (label: Folder, key: MessageKey, conversation?: ConversationKey): Placement => ({
  label: asLabelKey(label),
  ref: `${conversation ?? label}/${key}`,
});
export const linkOf = (network: Network, name: string): string => `${name}@${network.id}.carillon.example`;

/** A picture, a voice note, a sticker or a document, as its catalogue entry says. */
export function filePart(name: string, caption: string): Part {
  const media = mediaFor(name, caption === '' ? {} : { caption });
  if (name === 'voice') return { kind: 'audio', media, voiceNote: true, waveform: [...waveform] };
  if (media.mime.startsWith('audio/')) return { kind: 'audio', media, voiceNote: false };
  if (media.mime.startsWith('video/')) return { kind: 'video', media };
  if (media.mime.startsWith('image/'))
    return media.width === 192 ? { kind: 'sticker', media } : { kind: 'image', media };
  return { kind: 'document', media };
}

const firstNames: ReadonlyMap<string, PersonId> = new Map(
  (Object.keys(people) as PersonId[]).map((id) => [people[id].name.split(' ')[0] ?? '', id]),
);
export function mentionsIn(text: string, network: Network): readonly Mention[] {
  return [...text.matchAll(/@(\p{L}[\p{L}_]*)/gu)].flatMap(([, name = '']) => {
    if (name === 'Alex') return [{ key: network.me, name: 'Alex', me: true }];
    const person = firstNames.get(name);
    return person ? [{ key: userKey(person, network.id), name: people[person].name }] : [];
  });
}

/** What one line says, in parts. */
export function partsOf(line: Said): Part[] {
  const parts: Part[] = [...(line.parts ?? [])];
  if (line.file !== undefined && isFile(line.file)) parts.push(filePart(line.file, line.text));
  else if (line.text !== '') parts.unshift({ kind: 'text', format: 'plain', text: line.text });
  return parts;
}
export const keyOf = (who: Who, network: Network) => (who === 'me' ? network.me : userKey(who, network.id));
export const authorOf = (who: Who, network: Network): IncomingMessage['from'] =>
  who === 'me' ? { is: 'me', key: network.me } : { is: 'user', key: userKey(who, network.id), name: people[who].name };
/** Networks that number their messages do it by time here. */
export const orderOf = (network: Network, at: number): { order?: string } =>
  network.id === 'team' || network.id === 'community' ? { order: String(at).padStart(15, '0') } : {};

interface Placed {
  readonly line: Said;
  readonly at: number;
  readonly key: MessageKey;
}
/** Midnight (UTC) of the day of a moment, Unix ms. */
export const midnight = (at: number): number => at - (at % day);
/** When a scene ended: lately to the minute, on earlier days at an hour when people are awake. */
function ended({ endsAgo }: Scene, epoch: number, luck: Chance): number {
  if (endsAgo < day) return epoch - endsAgo;
  return midnight(epoch - endsAgo) + luck.between(8 * hour, 21 * hour);
}
/** Gives each line of a scene its time, the last one when the scene ended, and its key. */
function place(scene: Scene, network: Network, epoch: number): readonly Placed[] {
  const luck = chance(network.id, scene.id);
  const lines: readonly Said[] = typeof scene.play === 'string' ? transcript(scene.play) : scene.play;
  let at = ended(scene, epoch, luck);
  const times: number[] = [];
  for (const line of [...lines].reverse()) {
    times.unshift(at);
    at -= line.gap ?? luck.between(20, 420) * 1000;
  }
  return lines.map((line, index) => ({
    line,
    at: times[index] ?? at,
    key: asMessageKey(linkOf(network, `${scene.id}.${index}`)),
  }));
}

function afterwards(one: Placed, network: Network): ChannelEvent[] {
  const { line, at, key } = one;
  const events: ChannelEvent[] = line.reactions.map(({ by, emoji }, index) => ({
    type: 'reaction',
    target: key,
    by: by === 'me' ? 'me' : userKey(by, network.id),
    emoji,
    on: true,
    at: at + (index + 1) * 20_000,
  }));
  if (line.edited !== undefined) {
    const parts: Part[] = [{ kind: 'text', format: 'plain', text: line.edited }];
    events.push({ type: 'edited', target: key, content: { parts }, at: at + 60_000, version: 1 });
  }
  if (line.removed) events.push({ type: 'removed', target: key, at: at + 90_000 });
  return events;
}

const isRead = (scene: Scene, index: number, all: readonly Placed[], who: Who) =>
  who === 'me' || index < all.length - (scene.unread ?? 0);

export function chatEntries(chat: Chat, network: Network, epoch: number): readonly Entry[] {
  const all = place(chat, network, epoch);
  const conversation = conversationKey(chat.id);
  const lastMine = all.findLastIndex(({ line }) => line.who === 'me');
  return all.map((one, index) => {
    const { line, at, key } = one;
    const answered = line.answers === undefined ? undefined : all[index - line.answers]?.key;
    const mentions = mentionsIn(line.text, network);
    const message: IncomingMessage = {
      key,
      conversation,
      from: authorOf(line.who, network),
      at,
      ...orderOf(network, at),
      parts: partsOf(line),
      ...(mentions.length > 0 ? { mentions: [...mentions] } : {}),
      ...(answered ? { replyTo: answered } : {}),
      ...(answered && network.id === 'team' ? { threadRoot: answered } : {}),
      placements: [placement(chat.patch.archived === true ? 'archive' : 'inbox', key, conversation)],
      flags: { read: isRead(chat, index, all, line.who) },
    };
    const receipts: ChannelEvent[] =
      index === lastMine
        ? chat.members
            .filter((person) => people[person].bot !== true)
            .map((person) => ({
              type: 'receipt',
              receipt: 'read',
              by: userKey(person, network.id),
              upTo: key,
              at: at + 15_000,
            }))
        : [];
    return { key, at, events: [{ type: 'message', message }, ...afterwards(one, network), ...receipts] };
  });
}

export function recipients(
  who: Who,
  members: readonly PersonId[],
  cc: readonly PersonId[],
  network: Network,
): Recipient[] {
  const me: Recipient = { role: 'to', key: network.me, name: 'Alex Morgan' };
  const named =
    (role: 'to' | 'cc') =>
    (person: PersonId): Recipient => ({
      role,
      key: userKey(person, network.id),
      name: people[person].name,
    });
  const others = members.filter((person) => person !== who).map(named('to'));
  return [...(who === 'me' ? [] : [me]), ...others, ...cc.filter((person) => person !== who).map(named('cc'))];
}

const keyword = (label: string, key: MessageKey): Placement => ({ label: asLabelKey(label), ref: `${label}/${key}` });

export function threadEntries(thread: Thread, network: Network, epoch: number): readonly Entry[] {
  const all = place(thread, network, epoch);
  return all.map((one, index) => {
    const { line, at, key } = one;
    const before = all.slice(0, index).map(({ key: earlier }) => earlier);
    const folder: Folder = line.who === 'me' && thread.folder !== 'trash' ? 'sent' : thread.folder;
    const answered = all.slice(index + 1).some(({ line: later }) => later.who === 'me');
    const flags: Flags = {
      read: isRead(thread, index, all, line.who),
      starred: thread.starred === true && index === 0,
      answered: line.who !== 'me' && answered,
    };
    const previous = before.at(-1);
    const message: IncomingMessage = {
      key,
      links: [key, ...before],
      from: authorOf(line.who, network),
      at,
      subject: index === 0 ? thread.subject : `Re: ${thread.subject}`,
      parts: partsOf(line),
      recipients: recipients(line.who, thread.members, thread.cc ?? [], network),
      ...(previous ? { replyTo: previous } : {}),
      placements: [placement(folder, key), ...(thread.keywords ?? []).map((label) => keyword(label, key))],
      flags,
    };
    return { key, at, events: [{ type: 'message', message }, ...afterwards(one, network)] };
  });
}

export function chatEvent(chat: Chat, network: Network, at: number): ChannelEvent {
  return {
    type: 'conversation',
    key: conversationKey(chat.id),
    patch: {
      ...chat.patch,
      members: chat.members.map((person) => userKey(person, network.id)),
      ...(network.limits ? { limits: { ...network.limits, ...chat.patch.limits } } : {}),
    },
    at,
  };
}
export const usersOf = (scenes: readonly Scene[], network: Network, at: number): readonly ChannelEvent[] =>
  [...new Set(scenes.flatMap(({ members, play }) => [...members, ...speakers(play)]))].map((person) =>
    userEvent(person, network.id, at),
  );
const speakers = (play: Scene['play']): readonly PersonId[] =>
  (typeof play === 'string' ? transcript(play) : play).flatMap(({ who }) => (who === 'me' ? [] : [who]));
