import { z } from 'zod';
import { ChannelError, type Clock } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { nameOfUser, userEvents } from '../map/setting.ts';
import { emojiOf } from '../text/emoji.ts';
import type { Names } from '../text/names.ts';
import type { Web } from '../web.ts';
import { Emoji, UserInfo, Users } from '../wire/answers.ts';
import { User } from '../wire/setting.ts';
import { text, texts } from '../wire/soft.ts';
import type { Asked } from './history.ts';

const pageSize = 200;
const emojiFreshMs = 3_600_000;
const aliasPrefix = 'alias:';
const Groups = z.object({ usergroups: z.array(z.object({ id: z.string(), handle: text, name: text, users: texts })) });

/**
 * Who and what the workspace's ids stand for. Filled from the address book, and one by one for those it does not have:
 * strangers from shared channels, people who came since.
 */
export class Directory {
  readonly #web: Web;
  readonly #clock: Clock;
  readonly #me: string;
  readonly #hosted: (url: string) => boolean;
  readonly #users = new Map<string, string | undefined>();
  readonly #channels = new Map<string, string>();
  readonly #groups = new Map<string, string>();
  readonly #mine = new Set<string>();
  #emoji: { readonly urls: ReadonlyMap<string, string>; readonly at: number } | undefined;

  constructor(web: Web, clock: Clock, me: string, hosted: (url: string) => boolean) {
    this.#web = web;
    this.#clock = clock;
    this.#me = me;
    this.#hosted = hosted;
  }

  readonly names: Names = {
    user: (id) => this.#users.get(id),
    channel: (id) => this.#channels.get(id),
    group: (id) => this.#groups.get(id),
    ownEmoji: (name) => this.#pictureOf(name) !== undefined,
    standIn: (name) => {
      const end = this.#endOf(name);
      return end?.startsWith(aliasPrefix) ? emojiOf(end.slice(aliasPrefix.length)) : undefined;
    },
    inGroup: (id) => this.#mine.has(id),
  };

  nameChannel(id: string, name: string | undefined): void {
    if (name) this.#channels.set(id, name);
  }
  /** A profile as an event or an answer brings it; what it says becomes events. */
  learn(raw: unknown): readonly ChannelEvent[] {
    const user = User.safeParse(raw).data;
    if (!user) return [];
    this.#users.set(user.id, nameOfUser(user));
    return userEvents(user, this.#web.now(), this.#me, this.#hosted);
  }

  /** The address book, page by page. */
  async *list(signal: AbortSignal, background: boolean): AsyncGenerator<readonly ChannelEvent[]> {
    for (let cursor: string | undefined; ; ) {
      const page = await this.#web.call(
        'users.list',
        { limit: pageSize, ...(cursor && { cursor }) },
        { answer: Users, signal, background },
      );
      yield page.members.flatMap((raw) => this.learn(raw));
      cursor = page.response_metadata?.next_cursor;
      if (!cursor) return;
    }
  }

  /** Introduces those nobody has told us of yet. */
  async meet(ids: readonly string[], asked: Asked): Promise<readonly ChannelEvent[]> {
    const events: ChannelEvent[] = [];
    for (const id of new Set(ids)) {
      if (this.#users.has(id) || !/^[UW]/.test(id)) continue;
      try {
        const { user } = await this.#web.call('users.info', { user: id }, { answer: UserInfo, ...asked });
        events.push(...this.learn(user));
      } catch (error) {
        // Nobody is shown worse for a name that is not to be had; trouble with the login itself is met elsewhere soon.
        if (!(error instanceof ChannelError) || error.outcome !== 'refused') throw error;
        this.#users.set(id, undefined);
      }
    }
    return events;
  }

  /** Names of user groups and pictures of own emoji. A workspace that keeps them from the app has none. */
  async furnish(signal: AbortSignal): Promise<void> {
    await this.#optional(async () => {
      const { usergroups } = await this.#web.call(
        'usergroups.list',
        { include_users: true },
        { answer: Groups, signal },
      );
      this.#mine.clear();
      for (const { id, handle, name, users } of usergroups) {
        this.#groups.set(id, handle || name || id);
        if (users?.includes(this.#me)) this.#mine.add(id);
      }
    });
    await this.refreshEmoji(signal);
  }
  async refreshEmoji(signal: AbortSignal): Promise<void> {
    await this.#optional(async () => {
      const { emoji } = await this.#web.call('emoji.list', {}, { answer: Emoji, signal });
      const urls = new Map(
        Object.entries(emoji).flatMap(([name, url]) => (typeof url === 'string' ? [[name, url]] : [])),
      );
      this.#emoji = { urls, at: this.#clock.now() };
    });
  }
  /** Names of the workspace's own emoji, without colons. One that has the name of a usual one cannot be told from it. */
  async ownEmoji(signal: AbortSignal): Promise<readonly string[]> {
    if (this.#emoji === undefined) await this.refreshEmoji(signal);
    return [...(this.#emoji?.urls.keys() ?? [])]
      .filter(
        (name) => /^[^:\s]{1,100}$/.test(name) && emojiOf(name) === undefined && this.#pictureOf(name) !== undefined,
      )
      .toSorted();
  }
  /** Where the picture of an own emoji is; aliases are followed. Undefined for one there is not. */
  async emojiUrl(name: string, signal: AbortSignal): Promise<string | undefined> {
    if (this.#emoji === undefined || (!this.#emoji.urls.has(name) && this.#clock.now() - this.#emoji.at > emojiFreshMs))
      await this.refreshEmoji(signal);
    return this.#pictureOf(name);
  }
  #pictureOf(name: string): string | undefined {
    const end = this.#endOf(name);
    return end?.startsWith(aliasPrefix) ? undefined : end;
  }
  /** Where aliases lead: to a picture's address, or to an alias of what is not the workspace's own. */
  #endOf(name: string): string | undefined {
    let end = this.#emoji?.urls.get(name);
    for (let hops = 0; end?.startsWith(aliasPrefix) && hops < 5; hops++) {
      const next = this.#emoji?.urls.get(end.slice(aliasPrefix.length));
      if (next === undefined) break;
      end = next;
    }
    return end;
  }

  async #optional(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code === 'auth') throw error;
    }
  }
}
