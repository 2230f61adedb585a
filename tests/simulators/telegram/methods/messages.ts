import { Api } from 'teleproto/tl/index.js';
import { RpcError } from '../mtproto/server.ts';
import { channelOf, type Method, on, resolve, type Scene } from '../scene.ts';
import { chatsOf, inputPeer, long, messageOf, number, usersOf } from '../tl.ts';
import type { Message, Peer } from '../world.ts';
import { sent } from './media.ts';

const page = (scene: Scene, peer: Peer | undefined, all: readonly Message[], messages: readonly Message[]) => {
  const { world } = scene;
  const shared = { messages: messages.map(messageOf), chats: chatsOf(world), users: usersOf(world), topics: [] };
  if (peer?.kind === 'channel')
    return new Api.messages.ChannelMessages({ ...shared, pts: world.box(peer).pts, count: all.length });
  return messages.length === all.length
    ? new Api.messages.Messages(shared)
    : new Api.messages.MessagesSlice({ ...shared, count: all.length });
};
function writable({ world }: Scene, peer: Peer): void {
  if (peer.kind === 'user') return;
  const channel = peer.kind === 'channel' ? world.channels.get(peer.id) : undefined;
  const { rights = {} } = channel ?? world.groups.get(peer.id) ?? {};
  const { admin, everybodySilent, silentUntil = 0, left } = rights;
  const barred = channel?.kind === 'broadcast' || everybodySilent;
  if (left || silentUntil > world.now() || (barred && !admin)) throw new RpcError(403, 'CHAT_WRITE_FORBIDDEN');
}
/** A second message with the same random id is refused (core.telegram.org/method/messages.sendMessage, RANDOM_ID_DUPLICATE). */
function once({ world }: Scene, randomId: unknown): string {
  const id = String(randomId);
  if (world.byRandomId(id)) throw new RpcError(500, 'RANDOM_ID_DUPLICATE');
  return id;
}
function answered(replyTo: Api.TypeInputReplyTo | undefined): { replyTo?: number; topic?: number } {
  if (!(replyTo instanceof Api.InputReplyToMessage)) return {};
  const { replyToMsgId, topMsgId } = replyTo;
  const topic = topMsgId ?? undefined;
  return {
    ...(topic === undefined ? {} : { topic }),
    ...(replyToMsgId === topic ? {} : { replyTo: replyToMsgId }),
  };
}
function own(scene: Scene, peer: Peer, id: number): Message {
  const message = scene.world.message(peer, id);
  if (!message) throw new RpcError(400, 'MESSAGE_ID_INVALID');
  if (!message.out) throw new RpcError(403, 'MESSAGE_AUTHOR_REQUIRED');
  return message;
}
/** People are named by their access and told of by their number (core.telegram.org/constructor/inputMessageEntityMentionName). */
const kept = (entities: readonly Api.TypeMessageEntity[]): readonly Api.TypeMessageEntity[] =>
  entities.map((entity) =>
    entity instanceof Api.InputMessageEntityMentionName && entity.userId instanceof Api.InputUser
      ? new Api.MessageEntityMentionName({ offset: entity.offset, length: entity.length, userId: entity.userId.userId })
      : entity,
  );
const me = ({ world }: Scene): Peer => ({ kind: 'user', id: world.me.id });

function inlineButtons(message: Message | undefined): readonly Api.KeyboardInlineButton[] {
  if (!(message?.markup instanceof Api.ReplyInlineMarkup)) return [];
  return message.markup.rows.flatMap((row) => row.buttons);
}

/** What Telegram lets everybody react with (core.telegram.org/api/reactions); the real ones are more. */
const commonReactions: readonly string[] =
  '👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 😍 🐳 ❤‍🔥 🌚 💯 🤣 ⚡ 🏆 💔 🤨 😐 🍓 🍾 😈 😴 😭 🤓 👻 👀 🙈 😇 😨 🤝 ✍ 🤗 🫡 🗿 🆒 🦄 😘 😎 🤷 😡'.split(
    ' ',
  );
function mayReact({ world }: Scene, peer: Peer, emoji: string): boolean {
  const allowed = (peer.kind === 'chat' ? world.groups : world.channels).get(peer.id)?.reactions;
  if (peer.kind !== 'user' && allowed !== undefined) return allowed.includes(emoji);
  return commonReactions.includes(emoji) || world.emoji.has(emoji.slice(1, -1));
}

export const messages: readonly Method[] = [
  on(Api.messages.GetAvailableReactions, () => {
    const nothing = new Api.DocumentEmpty({ id: long(0) });
    const of = (emoji: string, inactive: boolean) =>
      new Api.AvailableReaction({
        reaction: emoji,
        title: emoji,
        staticIcon: nothing,
        appearAnimation: nothing,
        selectAnimation: nothing,
        activateAnimation: nothing,
        effectAnimation: nothing,
        ...(inactive ? { inactive } : {}),
      });
    const reactions = [...commonReactions.map((emoji) => of(emoji, false)), of('🎃', true)];
    return new Api.messages.AvailableReactions({ hash: 1, reactions });
  }),
  on(Api.messages.GetHistory, ({ peer: input, offsetId, limit }, scene) => {
    const peer = resolve(scene, input);
    const all = scene.world.messages(peer);
    const before = all.filter(({ id }) => offsetId === 0 || id < offsetId);
    return page(scene, peer, all, before.slice(-Math.min(limit, 100)).reverse());
  }),
  on(Api.messages.GetMessages, ({ id }, scene) => {
    const wanted = id.flatMap((one) => (one instanceof Api.InputMessageID ? one.id : []));
    const found = wanted.flatMap((one) => scene.world.byId(one) ?? []);
    return page(scene, undefined, found, found);
  }),
  on(Api.channels.GetMessages, ({ channel, id }, scene) => {
    const peer = channelOf(scene, channel);
    const wanted = id.flatMap((one) => (one instanceof Api.InputMessageID ? one.id : []));
    const found = wanted.flatMap((one) => scene.world.message(peer, one) ?? []);
    return page(scene, peer, found, found);
  }),
  on(Api.messages.SearchGlobal, ({ q, offsetId, offsetPeer, limit }, scene) => {
    const { world } = scene;
    const hits = world
      .all()
      .filter(({ text }) => text.toLowerCase().includes(q.toLowerCase()))
      .toSorted((a, b) => b.at - a.at || b.id - a.id);
    const after = inputPeer(world, offsetPeer);
    const from = hits.findIndex(({ id, peer }) => id === offsetId && peer.id === after?.id) + 1;
    return page(scene, undefined, hits, hits.slice(from, from + limit));
  }),
  on(Api.messages.SendMessage, ({ peer: input, message: text, randomId, entities, replyTo }, scene) => {
    const peer = resolve(scene, input);
    writable(scene, peer);
    if (text === '') throw new RpcError(400, 'MESSAGE_EMPTY');
    if (text.length > 4096) throw new RpcError(400, 'MESSAGE_TOO_LONG');
    const draft = {
      text,
      randomId: once(scene, randomId),
      ...answered(replyTo),
      ...(entities ? { entities: kept(entities) } : {}),
    };
    const { message, updates } = scene.telling.post(peer, me(scene), draft, scene.from);
    // Plain words to one person are answered shortly (core.telegram.org/constructor/updateShortSentMessage).
    if (peer.kind === 'user' && !entities)
      return new Api.UpdateShortSentMessage({
        out: true,
        id: message.id,
        pts: scene.world.common.pts,
        ptsCount: 1,
        date: message.at,
      });
    return updates;
  }),
  on(Api.messages.SendMedia, ({ peer: input, message: text, media, randomId, replyTo, entities }, scene) => {
    const peer = resolve(scene, input);
    writable(scene, peer);
    const id = once(scene, randomId);
    const draft = {
      text,
      randomId: id,
      media: sent(scene, media),
      ...answered(replyTo),
      ...(entities ? { entities: kept(entities) } : {}),
    };
    return scene.telling.post(peer, me(scene), draft, scene.from).updates;
  }),
  on(Api.messages.SendMultiMedia, ({ peer: input, multiMedia, replyTo }, scene) => {
    const peer = resolve(scene, input);
    writable(scene, peer);
    const singles = multiMedia.map((one) => ({ one, id: once(scene, one.randomId) }));
    const album = scene.world.nextFile();
    const parts = singles.map(({ one, id }) => {
      const draft = { text: one.message, randomId: id, media: sent(scene, one.media), album, ...answered(replyTo) };
      return scene.telling.post(peer, me(scene), draft, scene.from).updates;
    });
    return scene.telling.container(parts.flatMap(({ updates }) => updates));
  }),
  on(Api.messages.EditMessage, ({ peer: input, id, message: text, entities }, scene) => {
    const message = own(scene, resolve(scene, input), number(id));
    if (text === undefined || text === message.text) throw new RpcError(400, 'MESSAGE_NOT_MODIFIED');
    return scene.telling.edit(message, { text, entities: kept(entities ?? []) }, scene.from);
  }),
  on(Api.messages.DeleteMessages, ({ id }, scene) => {
    const found = id.flatMap((one) => scene.world.byId(one) ?? []);
    for (const { peer, id: one } of found) scene.telling.remove(peer, [one], scene.from);
    return new Api.messages.AffectedMessages({ pts: scene.world.common.pts, ptsCount: found.length });
  }),
  on(Api.channels.DeleteMessages, ({ channel, id }, scene) => {
    const { pts, count } = scene.telling.remove(channelOf(scene, channel), id, scene.from);
    return new Api.messages.AffectedMessages({ pts, ptsCount: count });
  }),
  on(Api.messages.SendReaction, ({ peer: input, msgId, reaction }, scene) => {
    const message = scene.world.message(resolve(scene, input), number(msgId));
    if (!message) throw new RpcError(400, 'MESSAGE_ID_INVALID');
    const emojis = (reaction ?? []).flatMap((one) => {
      if (one instanceof Api.ReactionEmoji) return one.emoticon;
      return one instanceof Api.ReactionCustomEmoji ? `:${one.documentId}:` : [];
    });
    if (emojis.some((emoji) => !mayReact(scene, message.peer, emoji))) throw new RpcError(400, 'REACTION_INVALID');
    if (emojis.length > 1) throw new RpcError(400, 'REACTIONS_TOO_MANY');
    return scene.telling.react(message, scene.world.me.id, emojis, scene.from);
  }),
  on(Api.messages.GetMessagesReactions, ({ peer: input, id }, scene) => {
    const peer = resolve(scene, input);
    if (id.length > 100) throw new RpcError(400, 'MESSAGE_IDS_INVALID');
    const found = id.flatMap((one) => scene.world.message(peer, one) ?? []);
    return scene.telling.container(found.map((message) => scene.telling.reactionsTo(message)));
  }),
  on(Api.messages.ReadHistory, ({ peer, maxId }, scene) => {
    const { pts, count } = scene.telling.read(resolve(scene, peer), maxId, scene.from);
    return new Api.messages.AffectedMessages({ pts, ptsCount: count });
  }),
  on(Api.channels.ReadHistory, ({ channel, maxId }, scene) => {
    scene.telling.read(channelOf(scene, channel), maxId, scene.from);
    return true;
  }),
  on(Api.messages.ReadDiscussion, ({ peer: input, msgId, readMaxId }, scene) => {
    const peer = resolve(scene, input);
    const topics = peer.kind === 'channel' ? scene.world.channels.get(peer.id)?.topics : undefined;
    if (!topics?.some(({ id }) => id === number(msgId))) throw new RpcError(400, 'MSG_ID_INVALID');
    scene.telling.readTopic(peer, number(msgId), readMaxId, scene.from);
    return true;
  }),
  on(Api.messages.SetTyping, ({ peer }, scene) => {
    resolve(scene, peer);
    return true;
  }),
  on(Api.account.UpdateStatus, () => true),
  on(Api.messages.UpdatePinnedMessage, ({ peer: input, id, unpin }, scene) => {
    const message = scene.world.message(resolve(scene, input), number(id));
    if (!message) throw new RpcError(400, 'MESSAGE_ID_INVALID');
    return scene.telling.pin(message, unpin !== true, scene.from);
  }),
  on(Api.messages.GetBotCallbackAnswer, ({ peer: input, msgId, data }, scene) => {
    const message = scene.world.message(resolve(scene, input), number(msgId));
    const pressed = inlineButtons(message).find(({ type }) =>
      type instanceof Api.InlineButtonTypeCallback ? data !== undefined && type.data.equals(data) : false,
    );
    if (!message || !pressed) throw new RpcError(400, 'DATA_INVALID');
    scene.telling.edit(message, { text: `${message.text}\n${pressed.text}: done.` });
    return new Api.messages.BotCallbackAnswer({ cacheTime: 0, message: `You chose ${pressed.text}.` });
  }),
  on(Api.messages.SendVote, ({ peer: input, msgId, options }, scene) => {
    const message = scene.world.message(resolve(scene, input), number(msgId));
    const { media } = message ?? {};
    if (!(media instanceof Api.MessageMediaPoll)) throw new RpcError(400, 'MESSAGE_POLL_INVALID');
    const results = new Api.PollResults({
      totalVoters: (media.results.totalVoters ?? 0) + 1,
      results: media.poll.answers.flatMap((answer) =>
        answer instanceof Api.PollAnswer
          ? new Api.PollAnswerVoters({
              option: answer.option,
              voters: options.some((one) => one.equals(answer.option)) ? 1 : 0,
              ...(options.some((one) => one.equals(answer.option)) ? { chosen: true } : {}),
            })
          : [],
      ),
    });
    if (message) message.media = new Api.MessageMediaPoll({ poll: media.poll, results });
    return scene.telling.settle(
      new Api.UpdateMessagePoll({ pollId: media.poll.id, poll: media.poll, results }),
      scene.from,
    );
  }),
];
