import { Api } from 'teleproto/tl/index.js';
import { describe, expect, it, vi } from 'vitest';
import type { PictureOf } from '../../src-shared/channel.ts';
import { asBlobRef, asConversationKey, asTxnId, asUserKey } from '../../src-shared/model/index.ts';
import { eachOnTelegram, forum, group, hana, keyOf, patience } from '../../tests/simulators/telegram/joined.ts';
import { customEmoji, documentOf, picture } from '../../tests/simulators/telegram/methods/media.ts';
import { called } from '../../tests/simulators/telegram/people.ts';
import { long } from '../../tests/simulators/telegram/tl.ts';
import { emojiSent, emojiShown } from './ids.ts';
import { toText } from './map/text.ts';

vi.setConfig({ testTimeout: 120_000 });

const { signal } = new AbortController();
const { joined } = eachOnTelegram();
async function looking() {
  const all = await joined();
  const bytes = async (of: PictureOf): Promise<string> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await all.session.openPicture?.(of, signal)) ?? []) pieces.push(piece);
    return Buffer.concat(pieces).toString('latin1');
  };
  return { ...all, bytes };
}

describe('pictures of Telegram', () => {
  it('of people, groups and channels are told by number, fetched when wanted, and told anew when they change', async () => {
    const { network, record, bytes, fact } = await looking();
    const asked = () => network.ledger.of('asked').filter(({ method }) => method === 'upload.GetFile').length;
    const refOf = (type: 'user' | 'conversation', key: string) => asBlobRef(String(fact(type, key, 'avatar')));
    expect(asked()).toBe(0);
    const person = asUserKey(`u${hana.id}`);
    expect(await bytes({ is: 'user', key: person, ref: refOf('user', person) })).toContain('PNG');
    for (const key of ['c2', 'n50'].map(asConversationKey))
      expect(await bytes({ is: 'conversation', key, ref: refOf('conversation', key) })).toContain('PNG');
    expect(fact('user', `u${called('ewa')}`, 'avatar')).toBeNull();

    const { people, groups } = network.world;
    const [her, them] = [people.get(hana.id), groups.get(group.id)];
    if (!her || !them) throw new Error('the cast is too small');
    const before = refOf('user', person);
    picture(network.world, her, Buffer.from('another one'));
    them.title = 'Quay walkers';
    const stale = bytes({ is: 'user', key: person, ref: before });
    await expect(stale).rejects.toMatchObject({ outcome: 'refused' });
    network.telling.post(group, hana, { text: 'How do I look?' });
    await record.until(() => refOf('user', person) !== before, patience());
    await record.until(() => fact('conversation', 'c2', 'title') === 'Quay walkers', patience());
    expect(await bytes({ is: 'user', key: person, ref: refOf('user', person) })).toBe('another one');
  });

  it('of emoji stand in reactions and among words, still ones of those that move', async () => {
    const { network, session, record, bytes, arrived } = await looking();
    const still = customEmoji(network.world, '🎉', Buffer.from('a still one'));
    const moving = customEmoji(network.world, '🌊', Buffer.from('a wave'), true);
    const document = still.slice(1, -1);
    const entity = new Api.MessageEntityCustomEmoji({ offset: 5, length: 2, documentId: long(document) });
    const { message } = network.telling.post(hana, hana, { text: 'Done 🎉', entities: [entity] });
    await arrived(message);
    const [part] = record.memory.content(keyOf(message))?.parts ?? [];
    const [shown] = part?.kind === 'text' ? (part.emoji ?? []) : [];
    expect(shown).toMatchObject({ text: '🎉', media: { ref: `emoji:${document}`, mime: 'image/webp' } });
    const pieces: Uint8Array[] = [];
    const source = { message: keyOf(message), ref: asBlobRef(`emoji:${document}`) };
    for await (const piece of await session.openBlob(source, signal)) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('a still one');

    network.telling.react(message, hana.id, [moving]);
    await record.until(() => record.memory.reactionsOf(keyOf(message)).length > 0, patience());
    expect(record.memory.reactionsOf(keyOf(message))).toEqual([`u${hana.id} ${moving}`]);
    expect(await bytes({ is: 'emoji', emoji: moving })).toBe('a wave');
    await expect(bytes({ is: 'emoji', emoji: ':999999:' })).rejects.toMatchObject({ code: 'not-found' });
    const target = { message: keyOf(message), conversation: asConversationKey(`u${hana.id}`) };
    await session.react.set(target, still, true, { txn: asTxnId('still'), signal });
    expect(message.reactions.map(({ emoji }) => emoji)).toContain(still);
  });

  it('of stickers that move are the still ones beside them', async () => {
    const { network, session, record, arrived } = await looking();
    const attributes = [
      new Api.DocumentAttributeImageSize({ w: 512, h: 512 }),
      new Api.DocumentAttributeSticker({ alt: '🎉', stickerset: new Api.InputStickerSetEmpty() }),
    ];
    const made = documentOf(network.world, Buffer.from('a drawing'), { mime: 'application/x-tgsticker', attributes });
    network.world.files.set(`${made.id}:m`, Buffer.from('a still one'));
    made.thumbs = [new Api.PhotoSize({ type: 'm', w: 128, h: 128, size: 11 })];
    const media = new Api.MessageMediaDocument({ document: made });
    const { message } = network.telling.post(hana, hana, { media });
    await arrived(message);
    const [part] = record.memory.content(keyOf(message))?.parts ?? [];
    const still = { ref: `still:${made.id}`, mime: 'image/webp', bytes: 11, width: 128, height: 128 };
    expect(part).toEqual({ kind: 'sticker', emoji: '🎉', media: still });
    const pieces: Uint8Array[] = [];
    const source = { message: keyOf(message), ref: asBlobRef(still.ref) };
    for await (const piece of await session.openBlob(source, signal)) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('a still one');
  });

  it('of emoji are left signs where one sign stands for several', () => {
    const at = (offset: number, documentId: string) => ({
      _: 'MessageEntityCustomEmoji',
      offset,
      length: 2,
      documentId,
    });
    const emojiIn = (text: string, ...entities: ReturnType<typeof at>[]) =>
      toText(text, entities).emoji?.map(({ text: sign, media }) => `${sign} ${media.ref}`) ?? [];
    expect(emojiIn('🎉 and 🌊', at(0, '111111'), at(7, '222222'))).toEqual(['🎉 emoji:111111', '🌊 emoji:222222']);
    expect(emojiIn('🎉🎉', at(0, '111111'), at(2, '111111'))).toEqual(['🎉 emoji:111111']);
    expect(emojiIn('🎉🎉', at(0, '111111'))).toEqual([]);
    expect(emojiIn('🎉🎉', at(0, '111111'), at(2, '222222'))).toEqual([]);
    expect(emojiIn('🎉', at(-5, '111111'), at(40, '222222'))).toEqual([]);
  });
});

describe('a link of Telegram', () => {
  it('shows what it leads to once Telegram has looked, in private chats and in channels', async () => {
    const { network, record, arrived } = await looking();
    const url = 'https://example.org/';
    for (const [index, peer] of [hana, forum].entries()) {
      const id = long(700 + index);
      const pending = new Api.MessageMediaWebPage({ webpage: new Api.WebPagePending({ id, url, date: 1 }) });
      const { message } = network.telling.post(peer, hana, { text: url, media: pending });
      await arrived(message);
      expect(record.memory.content(keyOf(message))?.parts.map(({ kind }) => kind)).toEqual(['text']);
      network.telling.previewed(message, new Api.WebPage({ id, url, displayUrl: url, hash: 0, title: 'An example' }));
      const shown = () =>
        record.batches.some(({ events }) =>
          events.some(
            (event) =>
              event.type === 'message' &&
              event.message.key === keyOf(message) &&
              event.message.parts.map(({ kind }) => kind).join() === 'text,link-preview',
          ),
        );
      await record.until(shown, patience());
      const { message: next } = network.telling.post(peer, hana, { text: 'after it' });
      await arrived(next);
    }
  });
});

describe('what a conversation of Telegram takes', () => {
  it('as reactions is told when it is in front, beside why one cannot write there', async () => {
    const { network, session, record, fact, arrived } = await looking();
    const { world } = network;
    const [them, news] = [world.groups.get(2), world.channels.get(50)];
    if (!them || !news) throw new Error('the scene is too small');
    them.reactions = ['👍', '❤'];
    news.reactions = [];
    const seen = async (key: string, wanted: (limits: object) => boolean) => {
      session.focus?.(asConversationKey(key));
      await record.until(() => {
        const limits = fact('conversation', key, 'limits');
        return typeof limits === 'object' && limits !== null && wanted(limits);
      }, patience());
      return fact('conversation', key, 'limits');
    };
    const told = (limits: object) => 'reactions' in limits;
    expect(await seen('c2', told)).toEqual({ reactions: ['👍', '❤️'] });
    expect(await seen('n50', told)).toEqual({ reactions: [], readOnly: expect.any(String) });
    const common = await seen(`u${hana.id}`, told);
    expect(common).toMatchObject({ reactions: expect.arrayContaining(['🔥', '❤️‍🔥', '🎉']) });
    expect(JSON.stringify(common)).not.toContain('🎃');
    const methods = () =>
      network.ledger.of('asked').filter(({ method }) => method === 'channels.GetFullChannel').length;
    session.focus?.(asConversationKey('n50'));
    await session.backfill.fetch({ scope: 'n50', cursor: undefined, limit: 1, signal });
    expect(methods()).toBe(1);

    const liked = network.telling.post(group, hana, { text: 'Like it?' }).message;
    await arrived(liked);
    const target = { message: keyOf(liked), conversation: asConversationKey('c2') };
    const react = (emoji: string) => session.react.set(target, emoji, true, { txn: asTxnId(emoji), signal });
    expect((await react('❤️')).events).toMatchObject([
      { type: 'reaction', by: 'me', emoji: '❤️', on: true },
      { type: 'reaction-counts', counts: [{ emoji: '❤️', count: 1 }], mine: ['❤️'] },
    ]);
    await expect(react('🔥')).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('writes the same emoji as people do, and as Telegram does', () => {
    const pairs = [
      ['❤', '❤️'],
      ['❤‍🔥', '❤️‍🔥'],
      ['👍', '👍'],
      ['✍🏽', '✍🏽'],
      ['🤷‍♂', '🤷‍♂️'],
    ] as const;
    for (const [sent, shown] of pairs) expect([emojiShown(sent), emojiSent(shown)]).toEqual([shown, sent]);
  });

  it('changes with the topics of a forum: their names, closed and open again, and what is pinned', async () => {
    const { network, record, fact, arrived } = await looking();
    const change = (action: Api.TypeMessageAction) => network.telling.post(forum, hana, { action, topic: 2 });
    change(new Api.MessageActionTopicEdit({ title: 'Plans' }));
    change(new Api.MessageActionTopicEdit({ closed: true }));
    await record.until(() => fact('conversation', 'n3/2', 'title') === 'Plans', patience());
    await record.until(
      () => String(JSON.stringify(fact('conversation', 'n3/2', 'limits'))).includes('closed'),
      patience(),
    );
    change(new Api.MessageActionTopicEdit({ closed: false }));
    const { message } = network.telling.post(forum, hana, { text: 'Keep this', topic: 2 });
    await arrived(message);
    expect(fact('conversation', 'n3/2', 'limits')).toEqual({});
    network.telling.pin(message, true);
    await record.until(() => record.memory.flagsOf(keyOf(message)).pinned === true, patience());
    network.telling.pin(message, false);
    await record.until(() => record.memory.flagsOf(keyOf(message)).pinned === false, patience());
  });
});
