import { Api } from 'teleproto/tl/index.js';
import { faceOf, type Said, script, type Talk, viewOf } from '../_base/index.ts';
import { customEmoji, documentOf, photoOf, picture } from './methods/media.ts';
import { bot, called, idOf } from './people.ts';
import type { Telling } from './telling.ts';
import { long } from './tl.ts';
import type { Channel, Draft, Message, Peer, World } from './world.ts';

/** One pixel; enough to be a picture. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const words = (text: string) => new Api.TextWithEntities({ text, entities: [] });

export interface HistoryOptions {
  /** Messages over all talks. */
  readonly messages: number;
  /** Unix ms of the newest. */
  readonly until: number;
}

/** Talks of the cast in private chats, groups and channels of every kind, and one message of each kind there is. */
export function remember(world: World, telling: Telling, { messages, until }: HistoryOptions): void {
  const talks = script({ seed: 'telegram', talks: 6, messages, until: until - 3_600_000 });
  const places = talks.map((talk, index) => place(world, talk, index));
  for (const [index, talk] of talks.entries()) tell(world, telling, talk, places[index] ?? place(world, talk, index));
  news(world, telling, until);
  everyKind(world, telling, Math.floor(until / 1000) - 1800);
  for (const id of ['hana', 'ines', 'priya']) {
    const one = world.people.get(called(id));
    if (one) picture(world, one, faceOf(id));
  }
  for (const one of [world.groups.get(2), world.channels.get(50)]) if (one) picture(world, one, viewOf(one.title));
  for (const peer of world.peers()) {
    const state = world.dialog(peer);
    state.readOutbox = world.messages(peer).findLast(({ out }) => out)?.id ?? 0;
    state.readInbox = world.messages(peer).at(-2)?.id ?? 0;
  }
}
/** The first is between two, then a small group, then a supergroup with topics, and so on. */
function place(world: World, talk: Talk, index: number): Peer {
  const [first] = talk.members;
  if (talk.members.length === 1 && first) return { kind: 'user', id: idOf(first) };
  const id = index + 1;
  if (index % 2 === 1) {
    world.groups.set(id, { id, title: talk.title, members: [world.me.id, ...talk.members.map(idOf)] });
    return { kind: 'chat', id };
  }
  const topics = [
    { id: 1, title: 'General' },
    { id: 2, title: 'Drawings' },
  ];
  const channel: Channel =
    index === 2
      ? { id, hash: id * 17, title: talk.title, kind: 'forum', topics }
      : { id, hash: id * 17, title: talk.title, kind: 'supergroup', topics: [] };
  world.channels.set(id, channel);
  return { kind: 'channel', id };
}
function tell(world: World, telling: Telling, talk: Talk, peer: Peer): void {
  const made = new Map<string, Message>();
  const forum = peer.kind === 'channel' && world.channels.get(peer.id)?.kind === 'forum';
  if (forum) {
    const created = { action: new Api.MessageActionChannelCreate({ title: talk.title }), at: at(talk.said[0]) - 2 };
    telling.recall(peer, { kind: 'user', id: called('priya') }, created);
    const action = new Api.MessageActionTopicCreate({ title: 'Drawings', iconColor: 0 });
    telling.recall(peer, { kind: 'user', id: called('priya') }, { action, at: at(talk.said[0]) - 1 });
  }
  for (const [index, said] of talk.said.entries()) {
    const answered = said.answers === undefined ? undefined : made.get(said.answers);
    const topic = forum && index % 2 === 1 ? 2 : undefined;
    const draft: Draft & { at: number } = {
      at: at(said),
      text: said.text,
      ...(answered && answered.topic === topic ? { replyTo: answered.id } : {}),
      ...(topic === undefined ? {} : { topic }),
      ...(said.file ? { media: new Api.MessageMediaDocument({ document: fileOf(world, said.file) }) } : {}),
      ...(said.reaction
        ? { reactions: [{ by: idOf(said.reaction.by), emoji: said.reaction.emoji, at: at(said) + 1 }] }
        : {}),
    };
    made.set(said.id, telling.recall(peer, { kind: 'user', id: idOf(said.by) }, draft));
  }
}
const at = (said: Said | undefined): number => Math.floor((said?.at ?? 0) / 1000);
const fileOf = (world: World, file: NonNullable<Said['file']>): Api.Document =>
  documentOf(world, Buffer.from(file.bytes), { name: file.name, mime: file.type });

/** A channel one can only read. */
function news(world: World, telling: Telling, until: number): void {
  const peer: Peer = { kind: 'channel', id: 50 };
  world.channels.set(50, { id: 50, hash: 850, title: 'Harbour news', kind: 'broadcast', topics: [] });
  for (let index = 12; index > 0; index--)
    telling.recall(peer, peer, { text: `Bulletin ${13 - index}`, at: Math.floor(until / 1000) - index * 86_400 });
}

/** In the talk with Hana: one of everything. */
function everyKind(world: World, telling: Telling, from: number): void {
  const hana: Peer = { kind: 'user', id: called('hana') };
  const me: Peer = { kind: 'user', id: world.me.id };
  let second = from;
  const say = (draft: Draft, who = hana) => telling.recall(hana, who, { ...draft, at: ++second });
  const file = (made: Parameters<typeof documentOf>[2], flags: object = {}) =>
    new Api.MessageMediaDocument({ ...flags, document: documentOf(world, dot, made) });

  const bold = new Api.MessageEntityBold({ offset: 4, length: 4 });
  const link = new Api.MessageEntityTextUrl({ offset: 9, length: 4, url: 'https://example.org/plan' });
  say({ text: 'The bold plan', entities: [bold, link] });
  const answered = say({ text: 'Nice!', reactions: [{ by: hana.id, emoji: '❤', at: second }] }, me);
  say({ text: 'So?', replyTo: answered.id });
  const wave = customEmoji(world, '🌊', faceOf('wave'), true);
  const quay = { media: photoOf(world, dot, 640, 480), text: 'The quay' };
  say({ ...quay, reactions: [{ by: hana.id, emoji: wave, at: second }] });
  say({ media: photoOf(world, dot, 640, 480), album: 77, text: 'Two views' });
  say({ media: photoOf(world, dot, 480, 640), album: 77 });
  const voice = new Api.DocumentAttributeAudio({ voice: true, duration: 4, waveform: Buffer.from([0xff, 0x0f, 0x7c]) });
  say({ media: file({ mime: 'audio/ogg', attributes: [voice] }, { voice: true }) });
  const round = new Api.DocumentAttributeVideo({ roundMessage: true, duration: 3, w: 240, h: 240 });
  say({ media: file({ mime: 'video/mp4', attributes: [round] }, { round: true, video: true }) });
  const set = new Api.InputStickerSetEmpty();
  const sticker = new Api.DocumentAttributeSticker({ alt: '🎉', stickerset: set });
  const size = new Api.DocumentAttributeImageSize({ w: 512, h: 512 });
  say({ media: file({ mime: 'image/webp', attributes: [size, sticker] }) });
  const geo = new Api.GeoPoint({ long: 14.42, lat: 50.08, accessHash: long(1) });
  say({ media: new Api.MessageMediaGeo({ geo }) });
  say({ media: new Api.MessageMediaGeoLive({ geo, period: 900 }) });
  const venue = { title: 'Café', address: 'Quay 3', provider: 'foursquare', venueId: '1', venueType: '' };
  say({ media: new Api.MessageMediaVenue({ geo, ...venue }) });
  const card = { phoneNumber: '+447700900104', firstName: 'Inês', lastName: 'Carvalho', vcard: '', userId: long(3) };
  say({ media: new Api.MessageMediaContact(card) });
  const answers = ['Oak', 'Larch'].map(
    (text, index) => new Api.PollAnswer({ text: words(text), option: Buffer.from([index]) }),
  );
  const poll = new Api.Poll({ id: long(900), question: words('Which timber?'), answers, hash: long(0) });
  say({ media: new Api.MessageMediaPoll({ poll, results: new Api.PollResults({ totalVoters: 0 }) }) });
  const page = { id: long(5), url: 'https://example.org/', displayUrl: 'example.org', hash: 0, title: 'An example' };
  say({ text: 'https://example.org/', media: new Api.MessageMediaWebPage({ webpage: new Api.WebPage(page) }) });
  say({ action: new Api.MessageActionPhoneCall({ callId: long(1), duration: 61 }) });
  const missed = { callId: long(2), video: true, reason: new Api.PhoneCallDiscardReasonMissed() };
  say({ action: new Api.MessageActionPhoneCall(missed) });
  say({ media: new Api.MessageMediaDice({ value: 6, emoticon: '🎲' }) });
  say({ media: new Api.MessageMediaUnsupported() });

  const train: Peer = { kind: 'user', id: bot };
  const button = (text: string, data: string) =>
    new Api.KeyboardInlineButton({ text, type: new Api.InlineButtonTypeCallback({ data: Buffer.from(data) }) });
  const site = new Api.InlineButtonTypeUrl({ url: 'https://example.org/trains' });
  const rows = [
    new Api.KeyboardInlineButtonRow({ buttons: [button('Praha', 'praha'), button('Brno', 'brno')] }),
    new Api.KeyboardInlineButtonRow({ buttons: [new Api.KeyboardInlineButton({ text: 'Timetable', type: site })] }),
  ];
  const markup = new Api.ReplyInlineMarkup({ rows });
  telling.recall(train, train, { text: 'Where to?', markup, at: ++second });
}
