import { ChannelError, type OperationOptions, type Operations } from '../../src-shared/channel.ts';
import type { ChannelEvent, Mention } from '../../src-shared/model/index.ts';
import type { Ask } from '../_kit/graph/index.ts';
import { listContacts } from './contacts.ts';
import { conversationKey, manyKey, manyKinds, type Spot, spotOf, spotPath, userKey } from './ids.ts';
import { isNamed, isOwn, typesOf } from './map/reactions.ts';
import { search } from './search.ts';
import { openChat } from './send/chat.ts';
import type { Live } from './sync/live.ts';
import { readOne, tellOne } from './sync/one.ts';
import { ownEmojiMarks } from './text/own-emoji.ts';
import { write } from './text/write.ts';
import type { Message } from './wire.ts';
import type { Working } from './working.ts';

type Carried = Pick<
  Operations,
  'edit' | 'remove' | 'react' | 'receipts' | 'pin' | 'presence' | 'search' | 'contacts' | 'group'
>;

/** Reading goes on message by message; Teams is told no more often than this for one chat, ms. */
const markEveryMs = 2000;

export function operations(working: Working, live: Live): Carried {
  const { graph, context, me } = working;
  const marked = new Map<string, { readonly id: string; readonly at: number }>();

  /** What a refusal by one of these codes refuses has happened already. */
  async function unless(codes: readonly string[], ask: Ask, { signal }: OperationOptions): Promise<void> {
    try {
      await graph.tell(ask, { signal, repeatable: true });
    } catch (error) {
      if (!(error instanceof ChannelError) || !codes.includes(error.code)) throw error;
    }
  }
  /** As Teams has it now, which is dated by Teams' own clock. What cannot be read back shows with the next look. */
  async function after(spot: Spot, { signal }: OperationOptions): Promise<readonly ChannelEvent[]> {
    try {
      const seen = await readOne(working, spot, { signal });
      return seen ? await tellOne(working, spot, seen) : [];
    } catch (error) {
      context.log.info('what was done could not be read back yet', { error });
      working.lookAround();
      return [];
    }
  }

  /** How Teams writes one's own reaction: Teams' programs set some emoji by a word, and only by that it goes away. */
  async function typesSet(spot: Spot, emoji: string, options: OperationOptions): Promise<readonly string[]> {
    if (!isNamed(emoji)) return [emoji];
    const message = (await readOne(working, spot, options))?.message;
    return message ? typesOf(message, emoji, me) : [];
  }

  return {
    edit: {
      async apply(target, content, options) {
        const spot = spotOf(target.message);
        const before = await readOne(working, spot, options);
        if (!before?.message) throw new ChannelError('not-found', 'refused', 'Teams no longer has this message.');
        // Whoever was named stays named, and an own emoji a picture, as long as the name stands there.
        const former = before.message.body?.content ?? '';
        const named = [...(content.mentions ?? []), ...peopleNamed(before.message)];
        const { html, mentions } = write({ ...content, mentions: named }, spot.place, ownEmojiMarks(former));
        // Files and pictures stay, and what is quoted stays before the words: what is not named there is taken away.
        const kept = (before.message.attachments ?? []).filter(({ id }) => id !== undefined);
        const marks = (quoted: boolean) =>
          kept
            .filter(({ contentType }) => (contentType === 'messageReference') === quoted)
            .map(({ id }) => `<attachment id="${id}"></attachment>`)
            .join('');
        const words = `${marks(true)}${html}${picturesIn(former)}${marks(false)}`;
        const json = {
          body: { contentType: 'html', content: words },
          ...(mentions.length > 0 && { mentions }),
          ...(kept.length > 0 && { attachments: kept }),
        };
        // https://learn.microsoft.com/en-us/graph/api/chatmessage-update: 204, and nothing more.
        await graph.tell({ method: 'PATCH', path: spotPath(spot), json }, { ...options, repeatable: true });
        return { events: await after(spot, options) };
      },
    },
    remove: {
      async apply(targets, _scope, options) {
        const events: ChannelEvent[] = [];
        for (const target of targets) {
          const spot = spotOf(target.message);
          // https://learn.microsoft.com/en-us/graph/api/chatmessage-softdelete: in chats by way of the person.
          const prefix = spot.place.is === 'chat' ? `/users/${encodeURIComponent(me)}` : '';
          const path = `${prefix}${spotPath(spot, '/softDelete')}`;
          await unless(['not-found'], { method: 'POST', path }, options);
          events.push({ type: 'removed', target: target.message, at: context.clock.now() });
        }
        return { events };
      },
    },
    react: {
      async set(target, emoji, on, options) {
        const spot = spotOf(target.message);
        if (isOwn(emoji))
          throw new ChannelError(
            'emoji',
            'refused',
            'Microsoft lets programs react with ordinary emoji only, not with those an organisation has drawn.',
          );
        for (const reactionType of on ? [emoji] : await typesSet(spot, emoji, options)) {
          const path = spotPath(spot, on ? '/setReaction' : '/unsetReaction');
          await graph.tell({ method: 'POST', path, json: { reactionType } }, { ...options, repeatable: true });
        }
        const events = await after(spot, options);
        const told = events.some(
          (event) => event.type === 'reaction' && event.by === 'me' && event.emoji === emoji && event.on === on,
        );
        const own: ChannelEvent = {
          type: 'reaction',
          target: target.message,
          by: 'me',
          emoji,
          on,
          at: context.clock.now(),
        };
        return { events: told ? events : [...events, own] };
      },
    },
    receipts: {
      async markRead(upTo, options) {
        const spot = spotOf(upTo.message);
        const at = context.clock.now();
        // A channel keeps no such mark: how far it was read is known here alone.
        if (spot.place.is === 'chat') await markRead(spot, options);
        return { events: [{ type: 'receipt', receipt: 'read', by: 'me', upTo: upTo.message, at }] };
      },
    },
    pin: {
      async set(target, on, options) {
        const spot = spotOf(target.message);
        if (spot.place.is !== 'chat')
          throw new ChannelError('pin', 'refused', 'Microsoft lets programs pin in chats only, not in channels.');
        const path = `/chats/${encodeURIComponent(spot.place.chat)}/pinnedMessages`;
        // https://learn.microsoft.com/en-us/graph/api/chat-post-pinnedmessages: the pin has the id of its message.
        if (on) {
          const json = { 'message@odata.bind': graph.address(spotPath(spot)) };
          await unless(['conflict'], { method: 'POST', path, json }, options);
        } else
          await unless(['not-found'], { method: 'DELETE', path: `${path}/${encodeURIComponent(spot.id)}` }, options);
        // Teams tells it to everybody as a message of its own.
        working.lookAround();
        return { events: [] };
      },
    },
    presence: {
      set(state) {
        // A wish, not an order: nobody waits for it, and the next one replaces it.
        live.presences.set(state, working.over).catch((error: unknown) => {
          if (!working.over.aborted) context.log.info('being there could not be told', { error });
        });
      },
    },
    search: { find: (text, cursor, signal) => search(working, text, cursor, signal) },
    contacts: { list: (signal) => listContacts(working, signal) },
    group: {
      async create(title, members, options) {
        const place = await openChat(working, title, members, options);
        live.unsettle();
        working.lookAround();
        return conversationKey(place);
      },
    },
  };

  /** Teams marks a chat as read as a whole (https://learn.microsoft.com/en-us/graph/api/chat-markchatreadforuser). */
  async function markRead({ place, id }: Spot, { signal }: OperationOptions): Promise<void> {
    const key = conversationKey(place);
    const last = marked.get(key);
    if (last && last.id >= id) return;
    if (last) {
      const wait = last.at + markEveryMs - context.clock.now();
      if (wait > 0) await context.clock.sleep(wait, signal);
    }
    const { tenant } = working.directory;
    const user = { id: me, ...(tenant === undefined ? {} : { tenantId: tenant }) };
    const path = `/chats/${encodeURIComponent(place.is === 'chat' ? place.chat : '')}/markChatReadForUser`;
    await graph.tell({ method: 'POST', path, json: { user } }, { signal, repeatable: true });
    marked.set(key, { id, at: context.clock.now() });
  }
}
/** People a message mentions, as it is written in their names. */
const peopleNamed = ({ mentions = [] }: Message): readonly Mention[] =>
  mentions.flatMap(({ mentionText, mentioned }) => {
    const id = mentioned?.user?.id;
    const many = manyKinds.find((kind) => kind === mentioned?.conversation?.conversationIdentityType);
    const key = id !== undefined ? userKey(id) : many === undefined ? undefined : manyKey(many);
    return key !== undefined && mentionText ? [{ key, name: mentionText }] : [];
  });

/** Pictures of the former words that Teams keeps. */
const picturesIn = (html: string): string =>
  [...html.matchAll(/<img\b[^<>]*\/hostedContents\/[^<>]*>/gi)].map(([picture]) => picture).join('');
