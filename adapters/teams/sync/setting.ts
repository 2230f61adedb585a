import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent, ConversationPatch } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { conversationKey, type Place, placePath } from '../ids.ts';
import { channelPatch, chatPatch, conversationEvent, memberEvents, membersPatch } from '../map/setting.ts';
import { Chat, Member, Page, Team, TeamChannel } from '../wire.ts';
import type { Working } from '../working.ts';

const chatsAtOnce = 50;
/** Members of a channel are told up to this many; in larger ones who takes part is told by who writes. */
const mostMembers = 500;

/** What has been told of each conversation, so that what has not changed is not told again. */
export class Told {
  readonly #told = new Map<string, string>();

  /** The event, unless the same was told already. */
  of(place: Place, patch: ConversationPatch, at: number): readonly ChannelEvent[] {
    const key = conversationKey(place);
    const words = JSON.stringify(patch);
    if (this.#told.get(key) === words) return [];
    const first = !this.#told.has(key);
    this.#told.set(key, words);
    const title = patch.title === undefined ? {} : { title: patch.title.slice(0, 1024) };
    return [
      conversationEvent(place, patch, at),
      ...(first ? [{ type: 'history' as const, scope: key, ...title }] : []),
    ];
  }
  keys(): readonly string[] {
    return [...this.#told.keys()];
  }
  forget(key: string): void {
    this.#told.delete(key);
  }
}

export interface ChatPage {
  readonly chats: readonly Chat[];
  readonly next: string | undefined;
}
/** Chats, the one written in last first. */
export async function chatPage(working: Working, link: string | undefined, call: CallOptions): Promise<ChatPage> {
  const query = {
    $expand: 'members,lastMessagePreview',
    $orderby: 'lastMessagePreview/createdDateTime desc',
    $top: String(chatsAtOnce),
  };
  const page = await working.graph.ask(Page, link === undefined ? { path: '/me/chats', query } : { path: link }, call);
  working.context.proven();
  const chats = page.value.flatMap((raw) => {
    const read = Chat.safeParse(raw);
    if (!read.success) working.context.log.warn('a chat came in a form that cannot be read');
    return read.success ? [read.data] : [];
  });
  for (const { members = [] } of chats) working.directory.learn(members, working.me);
  return { chats, next: page['@odata.nextLink'] };
}
/**
 * Who is in the large chats: the list of chats brings 25 at most along (https://learn.microsoft.com/en-us/graph/api/chat-list). They are
 * asked for again when Teams says that they changed.
 */
export class LargeChats {
  readonly #known = new Map<string, { readonly since: string; readonly members: readonly Member[] }>();

  async whole(working: Working, chat: Chat, call: CallOptions): Promise<Chat> {
    const { members = [], lastUpdatedDateTime = 0 } = chat;
    if (members.length < membersAlong) return chat;
    const since = `${lastUpdatedDateTime} ${members.map(({ userId }) => userId).join(' ')}`;
    const held = this.#known.get(chat.id);
    if (held?.since === since) return { ...chat, members: [...held.members] };
    try {
      const found = await everything(working, placePath(chatPlace(chat), '/members'), { ...call, background: true });
      const all = found.flatMap((raw) => Member.safeParse(raw).data ?? []);
      working.directory.learn(all, working.me);
      this.#known.set(chat.id, { since, members: all });
      return { ...chat, members: all };
    } catch (error) {
      // For some chats of meetings Graph is in trouble whenever it is asked (502): those who came along are told.
      if (!isClosed(error) && !(error instanceof ChannelError && error.code === 'server')) throw error;
      working.context.log.info('who is in a large chat is not to be had', { code: error.code });
      this.#known.set(chat.id, { since, members });
      return chat;
    }
  }
}
const membersAlong = 25;

export const chatPlace = ({ id }: Chat): Place & { is: 'chat' } => ({ is: 'chat', chat: id });
export function chatEvents(working: Working, told: Told, chat: Chat, at: number): readonly ChannelEvent[] {
  const events = told.of(chatPlace(chat), chatPatch(chat, working.me), at);
  return events.length === 0 ? [] : [...memberEvents(chat.members ?? [], working.me, at), ...events];
}

export interface Followed {
  readonly place: Place & { is: 'channel' };
  readonly patch: ConversationPatch;
}
/** Every channel of the teams the person is in. One that may not be read is left out. */
export async function listChannels(working: Working, call: CallOptions): Promise<readonly Followed[]> {
  const { context } = working;
  const teams = await everything(working, '/me/joinedTeams', call);
  const found: Followed[] = [];
  for (const raw of teams) {
    const team = Team.safeParse(raw).data;
    if (!team) continue;
    try {
      for (const one of await everything(working, `/teams/${encodeURIComponent(team.id)}/channels`, call)) {
        const channel = TeamChannel.safeParse(one).data;
        if (channel)
          found.push({
            place: { is: 'channel', team: team.id, channel: channel.id },
            patch: channelPatch(channel, team),
          });
      }
    } catch (error) {
      if (!isClosed(error)) throw error;
      context.log.info('the channels of a team are not open to this login', { code: error.code });
    }
  }
  return found;
}

/** Left, deleted, or not for this person: no trouble of the others. */
export const isClosed = (error: unknown): error is ChannelError =>
  error instanceof ChannelError && ['not-found', 'forbidden'].includes(error.code);

export async function everything(working: Working, path: string, call: CallOptions): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  let link: string | undefined = path;
  while (link !== undefined) {
    const page: Page = await working.graph.ask(Page, { path: link }, call);
    found.push(...page.value);
    link = page['@odata.nextLink'];
  }
  return found;
}

/** Who is in a channel; nothing where there are too many, or it is not told to this login. */
export async function channelMembers(
  working: Working,
  place: Place & { is: 'channel' },
  call: CallOptions,
): Promise<readonly ChannelEvent[]> {
  try {
    const page = await working.graph.ask(
      Page,
      { path: placePath(place, '/members'), query: { $top: String(mostMembers) } },
      call,
    );
    if (page['@odata.nextLink'] !== undefined) return [];
    const members = page.value.flatMap((raw) => Member.safeParse(raw).data ?? []);
    const at = working.context.clock.now();
    working.directory.learn(members, working.me);
    return [...memberEvents(members, working.me, at), conversationEvent(place, membersPatch(members, working.me), at)];
  } catch (error) {
    if (!isClosed(error)) throw error;
    return [];
  }
}
