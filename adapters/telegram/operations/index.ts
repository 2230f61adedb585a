import { ChannelError, type Done, type Operations, type Target } from '../../../src-shared/channel.ts';
import type { ChannelEvent, Content } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import type { features } from '../features.ts';
import {
  commonMessageKey,
  conversationKey,
  emojiDocument,
  emojiSent,
  messageKey,
  messagePlace,
  type Peer,
  peerFrom,
  peerOf,
  topicOf,
} from '../ids.ts';
import { peopleEvents } from '../map/people.ts';
import { updateEvents } from '../map/updates.ts';
import { isWord } from '../remote/errors.ts';
import { childOf, childrenOf, type Plain } from '../remote/plain.ts';
import { formatted } from '../send/markdown.ts';
import { joined } from '../send/pieces.ts';
import { find, history } from '../sync/history.ts';
import { press } from './press.ts';

/** Of every forum (core.telegram.org/api/forum). */
const generalTopic = 1;
/** Muted for good (core.telegram.org/constructor/inputPeerNotifySettings): the last second a 32-bit clock has. */
const forEver = 2_147_483_647;

/** Everything a person can do but send. */
export function operations(account: Account): { readonly [K in keyof typeof features]: Operations[K] } {
  const now = () => account.moment();
  const place = ({ message, conversation }: Target): { peer: Peer; input: Plain; id: number } => {
    const id = messagePlace(message)?.id;
    if (id === undefined) throw new ChannelError('not-found', 'refused', 'This message is not on Telegram.');
    return { ...account.inputOf(conversation), id };
  };
  /** Lets the stream of updates take in what a call answered, and answers it as events. */
  const settled = async (answer: Plain): Promise<Done> => {
    const updates = answer._ === 'Updates' ? childrenOf(answer, 'updates') : [answer];
    const at = now();
    await account.settle(answer).catch(() => undefined);
    return { events: updates.flatMap((update) => updateEvents(update, account, at)) };
  };
  const changes = (signal: AbortSignal) => ({ signal, changes: true });
  const quietly = (work: Promise<unknown>): void => {
    work.catch((cause: unknown) => account.context.log.debug('not told to Telegram', { error: String(cause) }));
  };

  return {
    backfill: { fetch: (query) => history(account, query) },
    search: { find: (text, cursor, signal) => find(account, text, cursor, signal) },
    edit: {
      async apply(target, content, { signal }) {
        const { input, id } = place(target);
        const { text, entities } = wordsOf(content);
        const fields = { peer: input, id, message: text, ...(entities.length > 0 ? { entities } : {}) };
        try {
          return await settled(await account.call('messages.EditMessage', fields, changes(signal)));
        } catch (cause) {
          if (isWord(cause, 'MESSAGE_NOT_MODIFIED')) return { events: [] };
          throw cause;
        }
      },
    },
    remove: {
      async apply(targets, scope, { signal }) {
        const events: ChannelEvent[] = [];
        for (const { peer, ids } of byPeer(account, targets)) {
          const channel = account.peers.inputChannel(peer);
          if (channel && scope === 'me')
            throw new ChannelError('refused', 'refused', 'In this group messages can only be deleted for everyone.');
          const answer = channel
            ? await account.call('channels.DeleteMessages', { channel, id: ids }, changes(signal))
            : await account.call('messages.DeleteMessages', { id: ids, revoke: scope === 'everyone' }, changes(signal));
          const { pts, ptsCount } = answer;
          const name = channel ? 'UpdateDeleteChannelMessages' : 'UpdateDeleteMessages';
          const of = channel ? { channelId: peer.id } : {};
          await account.settle({ _: name, ...of, messages: ids, pts, ptsCount }).catch(() => undefined);
          const at = now();
          for (const id of ids)
            events.push({ type: 'removed', target: channel ? messageKey(peer, id) : commonMessageKey(id), at });
        }
        return { events };
      },
    },
    react: {
      async set(target, emoji, on, { signal }) {
        const { input, id } = place(target);
        const document = emojiDocument(emoji);
        const named =
          document === undefined
            ? { _: 'ReactionEmoji', emoticon: emojiSent(emoji) }
            : { _: 'ReactionCustomEmoji', documentId: document };
        const reaction = on ? [named] : [];
        const fields = { peer: input, msgId: id, reaction };
        return settled(await account.call('messages.SendReaction', fields, changes(signal)));
      },
    },
    receipts: {
      async markRead(upTo, { signal }) {
        const { peer, input, id } = place(upTo);
        const channel = account.peers.inputChannel(peer);
        const topic = topicOf(upTo.conversation ?? '');
        account.read(peer, id, topic);
        // core.telegram.org/api/forum: each topic is read by itself, "General" too.
        if (account.isForum(peer))
          await account.call(
            'messages.ReadDiscussion',
            { peer: input, msgId: topic ?? generalTopic, readMaxId: id },
            changes(signal),
          );
        else if (channel) await account.call('channels.ReadHistory', { channel, maxId: id }, changes(signal));
        else {
          const answer = await account.call('messages.ReadHistory', { peer: input, maxId: id }, changes(signal));
          await account.settle(answer).catch(() => undefined);
        }
        return { events: [{ type: 'receipt', receipt: 'read', by: 'me', upTo: upTo.message, at: now() }] };
      },
    },
    archive: {
      async set(conversation, on, { signal }) {
        const { peer, input } = account.inputOf(conversation);
        // A topic cannot be put away on Telegram, only the whole forum: it is put away here alone.
        if (topicOf(conversation) !== undefined)
          return { events: [{ type: 'conversation', key: conversation, patch: { archived: on }, at: now() }] };
        const folderPeers = [{ _: 'InputFolderPeer', peer: input, folderId: on ? 1 : 0 }];
        await settled(await account.call('folders.EditPeerFolders', { folderPeers }, changes(signal)));
        return { events: account.forums.archived(peer, on, now()) };
      },
    },
    mute: {
      async set(conversation, on, { signal }) {
        const { peer, input } = account.inputOf(conversation);
        const settings = { _: 'InputPeerNotifySettings', muteUntil: on ? forEver : 0 };
        const topic = topicOf(conversation);
        const notify =
          topic === undefined
            ? { _: 'InputNotifyPeer', peer: input }
            : { _: 'InputNotifyForumTopic', peer: input, topMsgId: topic };
        await account.call('account.UpdateNotifySettings', { peer: notify, settings }, changes(signal));
        return { events: account.forums.muted(peer, topic, on, now()) };
      },
    },
    pin: {
      async set(target, on, { signal }) {
        const { input, id } = place(target);
        const fields = { peer: input, id, silent: true, ...(on ? {} : { unpin: true }) };
        return settled(await account.call('messages.UpdatePinnedMessage', fields, changes(signal)));
      },
    },
    press: { apply: (target, choice, { signal }) => press(account, place(target), choice, signal, settled) },
    typing: {
      set(conversation, on) {
        if (!account.wire) return;
        const { input } = account.inputOf(conversation);
        const action = { _: on ? 'SendMessageTypingAction' : 'SendMessageCancelAction' };
        const topMsgId = topicOf(conversation);
        const where = { peer: input, ...(topMsgId === undefined ? {} : { topMsgId }) };
        quietly(account.call('messages.SetTyping', { ...where, action }));
      },
    },
    presence: {
      set(state) {
        if (account.wire) quietly(account.call('account.UpdateStatus', { offline: state !== 'online' }));
      },
    },
    contacts: {
      async *list(signal) {
        const answer = await account.call('contacts.GetContacts', { hash: '0' }, { signal });
        await account.meet(answer);
        yield peopleEvents(childrenOf(answer, 'users'), now());
      },
    },
    group: {
      async create(title, members, { signal }) {
        const [only] = members;
        const alone = members.length === 1 && title.trim() === '' ? peerFrom(only ?? '') : undefined;
        // With one person a conversation needs no making: it goes by that person's own name.
        if (alone?.kind === 'user' && account.peers.inputUser(alone)) return conversationKey(alone);
        const users = members.map((key) => {
          const peer = peerFrom(key);
          const input = peer && account.peers.inputUser(peer);
          if (!input) throw new ChannelError('not-found', 'refused', 'One of these people is not known to Telegram.');
          return input;
        });
        const answer = await account.call('messages.CreateChat', { users, title }, changes(signal));
        const updates = childOf(answer, 'updates') ?? answer;
        const peer = childrenOf(updates, 'updates')
          .map((update) => peerOf(childOf(update, 'message'), 'peerId'))
          .find((one) => one?.kind === 'chat');
        if (!peer) throw new ChannelError('protocol', 'unknown', 'Telegram does not say what became of the group.');
        await account.settle(updates).catch(() => undefined);
        return conversationKey(peer);
      },
    },
  };
}
function wordsOf(content: Content) {
  return joined(content.parts.flatMap((part) => (part.kind === 'text' ? [formatted(part)] : [])));
}
function byPeer(account: Account, targets: readonly Target[]): readonly { peer: Peer; ids: readonly number[] }[] {
  const groups = new Map<string, { peer: Peer; ids: number[] }>();
  for (const { message, conversation } of targets) {
    const { peer } = account.inputOf(conversation);
    const id = messagePlace(message)?.id;
    // Outside channels a number says it all, so that all of them go in one call.
    const name = peer.kind === 'channel' ? peer.id : '';
    const group = groups.get(name) ?? { peer, ids: [] };
    if (id !== undefined) group.ids.push(id);
    groups.set(name, group);
  }
  return [...groups.values()];
}
