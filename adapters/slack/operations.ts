import { ChannelError, type Operations, type Target } from '../../src-shared/channel.ts';
import {
  asConversationKey,
  asCursor,
  type ChannelEvent,
  type Cursor,
  type UserKey,
} from '../../src-shared/model/index.ts';
import { compareTs, microsOf, placeOf, type Ts, tsOf } from './ids.ts';
import { fitting, openWith, saying, wordsOf } from './send/compose.ts';
import { threadIn } from './sync/late.ts';
import { oneMessage } from './sync/one.ts';
import { historyEvent } from './sync/rescan.ts';
import { describe } from './sync/settings.ts';
import { tell } from './sync/tell.ts';
import type { Work } from './sync/work.ts';
import { nameOf } from './text/emoji.ts';
import { ConversationOpened, Found, FoundMessage, Nothing, Updated } from './wire/answers.ts';
import { isRecord } from './wire/soft.ts';

type Carried = Pick<
  Operations,
  'edit' | 'remove' | 'react' | 'receipts' | 'pin' | 'presence' | 'search' | 'contacts' | 'group'
>;

/** Reading goes on message by message; Slack is told no more often than this for one conversation, ms. */
const markEveryMs = 2000;
const foundAtOnce = 50;

function placed({ message }: Target): { readonly channel: string; readonly ts: Ts } {
  const place = placeOf(message);
  if (!place) throw new ChannelError('message_not_found', 'refused', 'Slack no longer has this message.');
  return place;
}
/** Does `work`; a refusal by one of these words means that things are already as asked. */
async function unless(done: readonly string[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ChannelError) || !done.includes(error.code)) throw error;
  }
}

export function operations(ready: () => Promise<Work>): Carried {
  const marked = new Map<string, { readonly upTo: Ts; readonly at: number }>();
  const wanted = new Map<string, Ts>();

  return {
    edit: {
      async apply(target, content, { signal }) {
        const work = await ready();
        const { channel, ts } = placed(target);
        const words = wordsOf(content, work.reading.names);
        const { text } = words;
        fitting(text);
        // Of a message changed by blocks Slack does not say that it was: then it is now, and later than before.
        await work.windows.loadFor(channel, ts);
        const before = work.windows.trace(channel, ts)?.version ?? 0;
        const now = microsOf(tsOf(work.web.now()));
        const version = words.exact && work.edits.note(channel, ts, text, { now, before });
        const updated = await saying(words, (blocks) =>
          work.web.call('chat.update', { channel, ts, text, ...(blocks && { blocks }) }, { answer: Updated, signal }),
        );
        // When it was edited is Slack's to say: by its clock edits are ordered.
        const told =
          isRecord(updated.message) && updated.message.edited
            ? updated.message
            : (await oneMessage(work.web, channel, ts, signal))?.raw;
        const raw = isRecord(told) ? { user: work.me, ...told, ts } : undefined;
        const options = { signal, background: false, near: ts, strangers: true, ...(version && { version }) };
        return { events: raw ? await tell(work, channel, [raw], options) : [] };
      },
    },
    remove: {
      async apply(targets, _scope, { signal }) {
        const work = await ready();
        const events: ChannelEvent[] = [];
        for (const target of targets) {
          const { channel, ts } = placed(target);
          await unless(['message_not_found'], () =>
            work.web.call('chat.delete', { channel, ts }, { answer: Nothing, signal }),
          );
          events.push({ type: 'removed', target: target.message, at: work.web.now() });
        }
        return { events };
      },
    },
    react: {
      async set(target, emoji, on, { signal }) {
        const work = await ready();
        const { channel, ts } = placed(target);
        const name = nameOf(emoji);
        if (name === undefined) throw new ChannelError('invalid_name', 'refused', 'Slack does not know this emoji.');
        const args = { channel, timestamp: ts, name };
        await (on
          ? unless(['already_reacted'], () => work.web.call('reactions.add', args, { answer: Nothing, signal }))
          : unless(['no_reaction'], () => work.web.call('reactions.remove', args, { answer: Nothing, signal })));
        return { events: [{ type: 'reaction', target: target.message, by: 'me', emoji, on, at: work.web.now() }] };
      },
    },
    receipts: {
      async markRead(upTo, { signal }) {
        const work = await ready();
        const { channel, ts } = placed(upTo);
        wanted.set(channel, laterOf(wanted.get(channel), ts));
        const last = marked.get(channel);
        // Even when there is no wait left: calls at once have all said how far by the time the first of them goes on.
        if (last) await work.clock.sleep(Math.max(0, last.at + markEveryMs - work.clock.now()), signal);
        const goal = wanted.get(channel) ?? ts;
        // A later call of the same conversation may have said it meanwhile.
        if (compareTs(marked.get(channel)?.upTo ?? '0.000000', goal) < 0) {
          marked.set(channel, { upTo: goal, at: work.clock.now() });
          try {
            await work.web.call('conversations.mark', { channel, ts: goal }, { answer: Nothing, signal });
            work.windows.read.set(channel, goal);
          } catch (error) {
            marked.delete(channel);
            throw error;
          }
        }
        return { events: [{ type: 'receipt', receipt: 'read', by: 'me', upTo: upTo.message, at: work.web.now() }] };
      },
    },
    pin: {
      async set(target, on, { signal }) {
        const work = await ready();
        const { channel, ts } = placed(target);
        const args = { channel, timestamp: ts };
        await (on
          ? unless(['already_pinned'], () => work.web.call('pins.add', args, { answer: Nothing, signal }))
          : unless(['no_pin', 'not_pinned'], () => work.web.call('pins.remove', args, { answer: Nothing, signal })));
        // Slack tells it to everybody as a message of its own.
        return { events: [] };
      },
    },
    presence: {
      set(state) {
        const said = async (): Promise<void> => {
          const work = await ready();
          const presence = state === 'online' ? 'auto' : 'away';
          await work.web.call('users.setPresence', { presence }, { answer: Nothing, signal: work.over });
        };
        // A wish, not an order: nobody waits for it, and the next one replaces it.
        said().catch(() => undefined);
      },
    },
    search: { find: async (text, cursor, signal) => find(await ready(), text, cursor, signal) },
    contacts: {
      async *list(signal) {
        const work = await ready();
        yield* work.directory.list(signal, true);
      },
    },
    group: {
      async create(title, members, { signal }) {
        const work = await ready();
        const channel = await create(work, title, members, signal);
        const { events } = await describe(work, channel, { signal, background: false, members: true });
        work.windows.enter(channel);
        work.windows.put(channel, work.windows.get(channel));
        await work.context.emit({
          events: [...events, historyEvent(channel)],
          origin: 'history',
          checkpoint: work.windows.checkpoint(channel),
        });
        return asConversationKey(channel);
      },
    },
  };
}

const laterOf = (a: Ts | undefined, b: Ts): Ts => (a !== undefined && compareTs(a, b) > 0 ? a : b);

/** Without a title it is a direct message to one or several people; with one, a private channel. */
async function create(work: Work, title: string, members: readonly UserKey[], signal: AbortSignal): Promise<string> {
  if (title.trim() === '') return openWith(work, members, signal);
  const name = channelName(title);
  const { channel } = await work.web.call(
    'conversations.create',
    { name, is_private: true },
    { answer: ConversationOpened, signal, once: true },
  );
  if (members.length > 0)
    await unless(['already_in_channel'], () =>
      work.web.call(
        'conversations.invite',
        { channel: channel.id, users: members.join(',') },
        { answer: Nothing, signal },
      ),
    );
  return channel.id;
}
/** Lower case, no spaces, at most 80 signs (https://docs.slack.dev/reference/methods/conversations.create). */
export function channelName(title: string): string {
  const name = title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  if (name === '')
    throw new ChannelError('invalid_name_specials', 'refused', 'A channel needs a name of letters or digits.');
  return name;
}

/** What Slack finds in conversations the person is in. The cursor is the number of the page. */
async function find(work: Work, text: string, cursor: Cursor | undefined, signal: AbortSignal) {
  const page = cursor === undefined ? 1 : Number(cursor);
  const { messages } = await work.web.call(
    'search.messages',
    { query: text, count: foundAtOnce, page, sort: 'timestamp', highlight: false },
    { answer: Found, signal },
  );
  const events: ChannelEvent[] = [];
  for (const raw of messages.matches) {
    const match = FoundMessage.safeParse(raw).data;
    if (!match || (await work.windows.load(match.channel.id)) === undefined) continue;
    events.push(
      ...(await tell(work, match.channel.id, [whole(raw, match.permalink)], {
        signal,
        background: false,
        near: match.ts,
      })),
    );
  }
  const pages = messages.paging?.pages ?? 1;
  return {
    events,
    done: Math.min(page * foundAtOnce, messages.total ?? page * foundAtOnce),
    ...(messages.total !== undefined && { total: messages.total }),
    ...(page < pages && { next: asCursor(String(page + 1)) }),
  };
}
/** A match as a message: which thread it belongs to stands in its address alone. */
function whole(raw: unknown, permalink: string | undefined): unknown {
  if (!isRecord(raw)) return raw;
  const surroundings = new Set(['channel', 'previous', 'previous_2', 'next', 'next_2', 'username']);
  const thread = threadIn(permalink);
  return {
    ...Object.fromEntries(Object.entries(raw).filter(([name]) => !surroundings.has(name))),
    ...(thread !== undefined && { thread_ts: thread }),
  };
}
