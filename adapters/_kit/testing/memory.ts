import type { Batch, Lookup } from '../../../src-shared/channel.ts';
import type {
  ChannelEvent,
  Content,
  Cursor,
  EventOf,
  Flags,
  IncomingMessage,
  LabelKey,
  MessageKey,
} from '../../../src-shared/model/index.ts';

/** A value and the moment it was true; a later one wins, of two at once the greater by text, so that order never matters. */
interface Stamped<T> {
  readonly value: T;
  readonly at: number;
}
class Latest<T> {
  readonly #values = new Map<string, Stamped<T>>();
  set(key: string, value: T, at: number): void {
    const held = this.#values.get(key);
    const later = !held || at > held.at || (at === held.at && JSON.stringify(value) > JSON.stringify(held.value));
    if (later) this.#values.set(key, { value, at });
  }
  get(key: string): T | undefined {
    return this.#values.get(key)?.value;
  }
  /** Since when; before all time where there is no value. */
  since(key: string): number {
    return this.#values.get(key)?.at ?? -1;
  }
  entries(): readonly (readonly [string, T])[] {
    return [...this.#values].map(([key, { value }]) => [key, value] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}
const joined = (...words: readonly string[]) => words.join('\u0000');
const split = (key: string) => key.split('\u0000');

/**
 * What ingest makes of events, small enough to be read at once: the reference that the conformance suite compares with.
 * Any order, repetition or split of the same events ends in the same `state()` (docs/SPEC.md).
 */
export class Memory {
  readonly #messages = new Map<string, IncomingMessage>();
  readonly #versions = new Latest<Content>();
  readonly #flags = new Latest<boolean>();
  readonly #placed = new Latest<boolean>();
  /** Ends of every placement of a message under a label at once. */
  readonly #cleared = new Latest<true>();
  readonly #labels = new Map<string, LabelKey>();
  readonly #reactions = new Latest<boolean>();
  readonly #counts = new Latest<Pick<EventOf<'reaction-counts'>, 'counts' | 'mine'>>();
  readonly #receipts = new Latest<string>();
  readonly #facts = new Latest<unknown>();
  readonly #removed = new Set<string>();
  readonly #checkpoints = new Map<string, Cursor | undefined>();
  readonly scopes = new Set<string>();

  apply({ events, checkpoint }: Pick<Batch, 'events' | 'checkpoint'>): void {
    for (const event of events) this.#take(event);
    if (checkpoint) this.#checkpoints.set(checkpoint.scope, checkpoint.cursor);
  }
  checkpoint(scope: string): Cursor | undefined {
    return this.#checkpoints.get(scope);
  }
  get messages(): readonly IncomingMessage[] {
    return [...this.#messages.values()];
  }
  get labels(): readonly LabelKey[] {
    return [...this.#labels.values()];
  }
  message(key: MessageKey): IncomingMessage | undefined {
    return this.#messages.get(key);
  }
  isRemoved(key: MessageKey): boolean {
    return this.#removed.has(key);
  }
  /** The last text of a message, after its edits. */
  content(key: MessageKey): Content | undefined {
    return this.#versions.get(key);
  }
  flagsOf(key: MessageKey): Flags {
    const mine = this.#flags.entries().filter(([held]) => split(held)[0] === key);
    return Object.fromEntries(mine.map(([held, on]) => [split(held)[1], on]));
  }
  reactionsOf(key: MessageKey): readonly string[] {
    return this.#reactions
      .entries()
      .flatMap(([held, on]) => (on && split(held)[0] === key ? [split(held).slice(1).join(' ')] : []));
  }
  /** As the network counted them last: `👍 12`, those of the account's own person marked. */
  countsOf(key: MessageKey): readonly string[] {
    const { counts = [], mine = [] } = this.#counts.get(key) ?? {};
    return counts.map(({ emoji, count }) => `${emoji} ${count}${mine.includes(emoji) ? ', mine' : ''}`);
  }
  fact(type: 'conversation' | 'user' | 'label', key: string, field: string): unknown {
    return this.#facts.get(joined(type, key, field));
  }
  /** Labels a message lies under, with the reference it has there. */
  placementsOf(key: MessageKey): readonly { label: LabelKey; ref: string | undefined }[] {
    return this.#standing().flatMap((one) => (one.key === key ? [{ label: one.label, ref: one.ref }] : []));
  }

  /** Everything, in an order that depends on nothing but itself. `only` narrows it to messages of these keys. */
  state(only?: ReadonlySet<string>): unknown {
    const mine = (key: string) => only === undefined || only.has(split(key)[0] ?? '');
    const narrow = <T>(values: Latest<T>) => values.entries().filter(([key]) => mine(key));
    return {
      messages: [...this.#messages]
        .filter(([key]) => mine(key))
        .map(([key, { at, from, conversation, links, order }]) => ({
          key,
          at,
          from,
          conversation,
          links: links?.toSorted(),
          order,
        }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      content: narrow(this.#versions),
      flags: narrow(this.#flags),
      placed: this.#standing().filter(({ key }) => mine(key)),
      reactions: narrow(this.#reactions).filter(([, on]) => on),
      counts: narrow(this.#counts),
      removed: [...this.#removed].filter(mine).toSorted(),
      facts: this.#facts.entries(),
    };
  }

  /** What a session may ask of the local database, answered from here. */
  readonly lookup: Lookup = {
    known: async (keys) => new Set(keys.filter((key) => this.#messages.has(key))),
    byRef: async (label, refs) =>
      new Map(
        this.#standing().flatMap((one) =>
          one.label === label && one.ref !== undefined && refs.includes(one.ref) ? [[one.ref, one.key] as const] : [],
        ),
      ),
    refs: async (label) =>
      this.#standing().flatMap((one) => (one.label === label && one.ref !== undefined ? [one.ref] : [])),
    placements: async (keys) => new Map(keys.map((key) => [key, this.placementsOf(key)])),
    flags: async (keys) =>
      new Map(keys.flatMap((key) => (this.#messages.has(key) ? [[key, this.flagsOf(key)] as const] : []))),
    source: async (key) => this.#messages.get(key)?.source,
  };

  #standing(): readonly { key: MessageKey; label: LabelKey; ref: string | undefined }[] {
    return this.#placed.entries().flatMap(([held, on]) => {
      const [key = '', label = '', ref] = split(held);
      const message = this.#messages.get(key);
      const known = this.#labels.get(label);
      const stands = on && this.#placed.since(held) > this.#cleared.since(joined(key, label));
      return stands && message && known ? [{ key: message.key, label: known, ref }] : [];
    });
  }
  #place(target: MessageKey, label: LabelKey, ref: string | undefined, on: boolean, at: number): void {
    this.#labels.set(label, label);
    if (ref === undefined && !on) this.#cleared.set(joined(target, label), true, at);
    else this.#placed.set(joined(target, label, ...(ref === undefined ? [] : [ref])), on, at);
  }
  #patch(type: string, key: string, patch: object, at: number): void {
    for (const [field, value] of Object.entries(patch)) this.#facts.set(joined(type, key, field), value, at);
  }

  #take(event: ChannelEvent): void {
    switch (event.type) {
      case 'message': {
        const { message } = event;
        const seen = message.observedAt ?? message.at;
        if (!this.#messages.has(message.key)) this.#messages.set(message.key, message);
        const { subject, parts, mentions } = message;
        this.#versions.set(
          message.key,
          { parts, ...(subject === undefined ? {} : { subject }), ...(mentions === undefined ? {} : { mentions }) },
          message.version ?? 0,
        );
        for (const [flag, on] of Object.entries(message.flags ?? {}))
          this.#flags.set(joined(message.key, flag), on === true, seen);
        for (const { label, ref } of message.placements ?? []) this.#place(message.key, label, ref, true, seen);
        return;
      }
      case 'edited':
        this.#versions.set(event.target, event.content, event.version);
        return;
      case 'removed':
        this.#removed.add(event.target);
        return;
      case 'reaction':
        this.#reactions.set(joined(event.target, event.by, event.emoji), event.on, event.at);
        return;
      case 'reaction-counts':
        this.#counts.set(event.target, { counts: event.counts, mine: event.mine }, event.at);
        return;
      case 'receipt':
        this.#receipts.set(joined(event.upTo, event.by), event.receipt, event.at);
        return;
      case 'flags':
        for (const [flag, on] of Object.entries(event.flags))
          this.#flags.set(joined(event.target, flag), on === true, event.at);
        return;
      case 'placed':
        this.#place(event.target, event.label, event.ref, event.on, event.at);
        return;
      case 'label':
        this.#labels.set(event.key, event.key);
        this.#patch(event.type, event.key, event.patch, event.at);
        return;
      case 'conversation':
      case 'user':
        this.#patch(event.type, event.key, event.patch, event.at);
        return;
      case 'history':
      case 'gap':
        this.scopes.add(event.scope);
        return;
      case 'typing':
      case 'presence':
        return;
    }
  }
}
