import { Ledger, type NetworkTime } from '../_base/index.ts';
import { Refused, type SlackChannel, type SlackFile, type SlackMessage, type SlackUser } from './state.ts';

/** What the workspace has accepted, for tests to compare with. */
export interface Accepted {
  readonly channel: string;
  readonly ts: string;
  readonly user?: string;
  readonly text?: string;
  readonly txn?: string;
  readonly files?: readonly string[];
}
export type Tell = (event: Readonly<Record<string, unknown>>) => void;

/** One workspace with everything in it, and what happens there. Every change is an event, as the Events API tells it. */
export class Workspace {
  readonly team = { id: 'T0NORTHWIND', name: 'Northwind', domain: 'northwind' };
  readonly users = new Map<string, SlackUser>();
  readonly channels = new Map<string, SlackChannel>();
  readonly messages = new Map<string, Map<string, SlackMessage>>();
  readonly files = new Map<string, SlackFile>();
  readonly pins = new Set<string>();
  readonly emoji = new Map<string, string>();
  readonly presence = new Map<string, 'active' | 'away'>();
  /** Who is not to be disturbed, from when until when; Unix s. */
  readonly quiet = new Map<string, readonly [start: number, end: number]>();
  readonly ledger: Ledger<Accepted>;
  readonly time: NetworkTime;
  /** The account's own person. */
  readonly me: string;
  /** Most people a reaction lists where it is not asked for by itself. */
  listed = 50;
  /** A free workspace hides what is older, Unix ms (https://slack.com/help/articles/27204752526611). */
  shownSince = 0;
  /** How often files that were shown are asked about before their message is there. */
  shownAfter = 0;
  readonly #tell: Tell;
  #serial = 0;

  constructor(me: string, time: NetworkTime, tell: Tell) {
    this.me = me;
    this.time = time;
    this.ledger = new Ledger(() => time.now());
    this.#tell = tell;
  }

  /** A number nothing else has. */
  next(): number {
    this.#serial++;
    return this.#serial;
  }
  /** The name of the next thing that happens. */
  ts(at: number = this.time.tick()): string {
    const micros = (at % 1000) * 1000 + (this.next() % 1000);
    return `${Math.floor(at / 1000)}.${String(micros).padStart(6, '0')}`;
  }
  id(letter: string): string {
    return `${letter}0SIM${String(this.next()).padStart(5, '0')}`;
  }

  channel(id: string): SlackChannel {
    const found = this.channels.get(id);
    if (!found || (found.kind !== 'public' && !found.members.includes(this.me))) throw new Refused('channel_not_found');
    return found;
  }
  message(channel: string, ts: string): SlackMessage {
    const found = this.in(channel).get(ts);
    if (!found) throw new Refused('message_not_found');
    return found;
  }
  in(channel: string): Map<string, SlackMessage> {
    const held = this.messages.get(channel) ?? new Map<string, SlackMessage>();
    this.messages.set(channel, held);
    return held;
  }
  /** Oldest first, as it stands in the conversation: answers in threads stand elsewhere. */
  topLevel(channel: string): readonly SlackMessage[] {
    const shown = [...this.in(channel).values()].filter(({ ts }) => Number(ts) * 1000 >= this.shownSince);
    return byTime(shown.filter(isTopLevel));
  }
  thread(channel: string, root: string): readonly SlackMessage[] {
    return byTime([...this.in(channel).values()].filter(({ ts, thread_ts: of }) => of === root && ts !== root));
  }
  /** A message as it is handed out: the first of a thread carries the thread's counts. */
  shown(channel: string, message: SlackMessage, metadata: boolean): SlackMessage {
    const { metadata: kept, reactions, ...rest } = message;
    const answers = this.thread(channel, message.ts);
    const last = answers.at(-1);
    return {
      ...rest,
      type: 'message',
      ts: message.ts,
      ...(reactions && reactions.length > 0
        ? { reactions: reactions.map((one) => ({ ...one, users: one.users.slice(0, this.listed) })) }
        : {}),
      ...(metadata && kept !== undefined ? { metadata: kept } : {}),
      ...(last
        ? {
            thread_ts: message.ts,
            reply_count: answers.length,
            reply_users: [...new Set(answers.flatMap(({ user }) => user ?? []))],
            latest_reply: last.ts,
            is_locked: false,
          }
        : {}),
    };
  }

  openChannel(
    kind: SlackChannel['kind'],
    name: string,
    members: readonly string[],
    more: Partial<SlackChannel> = {},
  ): SlackChannel {
    const letter = kind === 'im' ? 'D' : kind === 'mpim' ? 'G' : 'C';
    const channel: SlackChannel = {
      id: this.id(letter),
      kind,
      name,
      topic: '',
      purpose: '',
      archived: false,
      members: [...members],
      created: Math.floor(this.time.now() / 1000),
      lastRead: '0000000000.000000',
      ...more,
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Something is written. `quiet`: it was before anybody listened. */
  post(
    channel: string,
    message: Omit<SlackMessage, 'ts' | 'type'> & { readonly ts?: string },
    quiet = false,
  ): SlackMessage {
    const { kind } = this.channel(channel);
    const whole: SlackMessage = { team: this.team.id, ...message, type: 'message', ts: message.ts ?? this.ts() };
    if (whole.thread_ts !== undefined && whole.thread_ts !== whole.ts) {
      const root = this.in(channel).get(whole.thread_ts);
      if (!root) throw new Refused('thread_not_found');
      if (root.user !== undefined) whole.parent_user_id = root.user;
    }
    this.in(channel).set(whole.ts, whole);
    this.ledger.record('message', accepted(channel, whole));
    if (!quiet) this.#tell({ ...whole, channel, channel_type: typeOf(kind), event_ts: whole.ts });
    return whole;
  }
  /** Changes a message; `edited` marks it as such, as for everything a person changes. */
  edit(channel: string, ts: string, change: Partial<SlackMessage>, edited = true): SlackMessage {
    const before = this.message(channel, ts);
    const when = this.ts();
    const after: SlackMessage = {
      ...before,
      ...change,
      ts,
      type: 'message',
      ...(edited && before.user ? { edited: { user: before.user, ts: when } } : {}),
    };
    this.in(channel).set(ts, after);
    this.ledger.record('edited', accepted(channel, after));
    this.#tell({
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel,
      channel_type: typeOf(this.channel(channel).kind),
      ts: when,
      event_ts: when,
      message: this.shown(channel, after, true),
      previous_message: this.shown(channel, before, true),
    });
    return after;
  }
  remove(channel: string, ts: string): void {
    const before = this.message(channel, ts);
    const answered = this.thread(channel, ts).length > 0;
    const when = this.ts();
    this.ledger.record('removed', accepted(channel, before));
    if (answered) {
      // "This message was deleted.": the answers keep their thread.
      const stone: SlackMessage = {
        type: 'message',
        subtype: 'tombstone',
        user: 'USLACKBOT',
        text: 'This message was deleted.',
        hidden: true,
        ts,
      };
      this.in(channel).set(ts, stone);
      this.#tell({
        type: 'message',
        subtype: 'message_changed',
        hidden: true,
        channel,
        ts: when,
        event_ts: when,
        message: this.shown(channel, stone, false),
        previous_message: before,
      });
      return;
    }
    this.in(channel).delete(ts);
    this.#tell({
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      channel,
      ts: when,
      event_ts: when,
      deleted_ts: ts,
      previous_message: before,
    });
  }
  react(channel: string, ts: string, user: string, name: string, on: boolean): void {
    const message = this.message(channel, ts);
    const all = message.reactions ?? [];
    const held = all.find((one) => one.name === name);
    const has = held?.users.includes(user) ?? false;
    if (on === has) throw new Refused(on ? 'already_reacted' : 'no_reaction');
    const users = on ? [...(held?.users ?? []), user] : (held?.users ?? []).filter((one) => one !== user);
    const rest = all.filter((one) => one.name !== name);
    message.reactions = users.length > 0 ? [...rest, { name, users, count: users.length }] : rest;
    this.ledger.record(on ? 'reacted' : 'unreacted', { channel, ts, user, text: name });
    this.#tell({
      type: on ? 'reaction_added' : 'reaction_removed',
      user,
      reaction: name,
      item_user: message.user,
      item: { type: 'message', channel, ts },
      event_ts: this.ts(),
    });
  }
  /** Keeps a message at hand for everybody, or no longer; both are told, the former also as a message. */
  pin(channel: string, ts: string, user: string, on: boolean): void {
    const message = this.message(channel, ts);
    const pin = `${channel}/${ts}`;
    if (on === this.pins.has(pin)) throw new Refused(on ? 'already_pinned' : 'no_pin');
    const pinnedTo = (Array.isArray(message.pinned_to) ? message.pinned_to : []).filter((one) => one !== channel);
    if (on) this.pins.add(pin);
    else this.pins.delete(pin);
    if (on || pinnedTo.length > 0) message.pinned_to = on ? [...pinnedTo, channel] : pinnedTo;
    else delete message.pinned_to;
    this.tell({
      type: on ? 'pin_added' : 'pin_removed',
      user,
      channel_id: channel,
      item: { type: 'message', channel, created_by: user, message: this.shown(channel, message, false) },
      item_user: message.user,
      ...(on ? {} : { has_pins: [...this.pins].some((one) => one.startsWith(`${channel}/`)) }),
    });
    if (on) this.post(channel, { subtype: 'pinned_item', user, text: `<@${user}> pinned a message to this channel.` });
  }
  /** Somebody is not to be disturbed for a while. */
  disturb(user: string, [start, end]: readonly [start: number, end: number]): void {
    this.quiet.set(user, [start, end]);
    const status = { dnd_enabled: true, next_dnd_start_ts: start, next_dnd_end_ts: end };
    this.tell({ type: 'dnd_updated_user', user, dnd_status: status });
  }
  /** Any other event. */
  tell(event: Readonly<Record<string, unknown>>): void {
    this.#tell({ event_ts: this.ts(), ...event });
  }
}

const byTime = (messages: readonly SlackMessage[]): readonly SlackMessage[] =>
  messages.toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
export const isTopLevel = ({ ts, thread_ts: thread, subtype }: SlackMessage): boolean =>
  thread === undefined || thread === ts || subtype === 'thread_broadcast';
export const typeOf = (kind: SlackChannel['kind']): string =>
  ({ public: 'channel', private: 'group', mpim: 'mpim', im: 'im' })[kind];

function accepted(channel: string, message: SlackMessage): Accepted {
  const { ts, user, text, metadata, files } = message;
  const payload =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'event_payload') : undefined;
  const txn: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'txn') : undefined;
  return {
    channel,
    ts,
    ...(user !== undefined && { user }),
    ...(text !== undefined && { text }),
    ...(typeof txn === 'string' && { txn }),
    ...(files && { files: files.map(({ id }) => String(id)) }),
  };
}
