import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationRow, PresenceState, PresenceView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId, UserKey } from '../../../src-shared/model/index.ts';
import type { Client } from '../../client/index.ts';

interface Typing {
  readonly name: string;
  /** Unix ms. */
  readonly until: number;
}
export interface HereState {
  /** Who writes where, by name. */
  readonly typing: ReadonlyMap<ConversationId, readonly string[]>;
  readonly presence: ReadonlyMap<string, PresenceView>;
  /** What the networks have told so far. */
  load(): Promise<void>;
  setPresence(told: readonly PresenceView[]): void;
  setTyping(conversation: ConversationId, typing: Typing): void;
  /** What was being written there has come. */
  stopTyping(conversation: ConversationId): void;
}
/** How long that is true of which no network says how long. */
const unsaidMs = 10 * 60_000;

const nameOf = (account: AccountId, key: UserKey): string => `${account} ${key}`;

/** Who is there and who is writing, over all conversations: true for minutes and for seconds. */
export function createHereStore(client: Client): StoreApi<HereState> {
  return createStore<HereState>()((set, get) => {
    const typing = new Map<ConversationId, readonly Typing[]>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** Only where who writes has changed, its names are another list: nothing else is drawn anew. */
    const publish = (conversation: ConversationId): void => {
      const names = (typing.get(conversation) ?? []).map(({ name }) => name);
      const before = get().typing.get(conversation) ?? [];
      if (names.join('\n') === before.join('\n')) return;
      const shown = new Map(get().typing);
      if (names.length === 0) shown.delete(conversation);
      else shown.set(conversation, names);
      set({ typing: shown });
    };
    const drop = (now: number): void => {
      for (const [conversation, all] of [...typing]) {
        const still = all.filter(({ until }) => until > now);
        if (still.length === all.length) continue;
        if (still.length === 0) typing.delete(conversation);
        else typing.set(conversation, still);
        publish(conversation);
      }
      clearTimeout(timer);
      const next = Math.min(...[...typing.values()].flat().map(({ until }) => until));
      if (Number.isFinite(next)) timer = setTimeout(() => drop(Date.now()), Math.max(1, next - now));
    };
    return {
      typing: new Map(),
      presence: new Map(),
      async load() {
        const before = get().presence;
        const told = await client.call('people.presence', {});
        // Of whom something was heard meanwhile that is newer.
        const unheard = (name: string): boolean => get().presence.get(name) === before.get(name);
        get().setPresence(told.filter(({ account, key }) => unheard(nameOf(account, key))));
      },
      setPresence(told) {
        if (told.length === 0) return;
        const presence = new Map(get().presence);
        const until = Date.now() + unsaidMs;
        for (const one of told) presence.set(nameOf(one.account, one.key), { until, ...one });
        set({ presence });
      },
      setTyping(conversation, one) {
        const others = (typing.get(conversation) ?? []).filter(({ name }) => name !== one.name);
        typing.set(conversation, [...others, one]);
        publish(conversation);
        drop(Date.now());
      },
      stopTyping(conversation) {
        if (typing.delete(conversation)) publish(conversation);
      },
    };
  });
}

/** How the other one of a conversation between two is there; undefined where nobody told, or that is too long ago. */
export function presenceIn(
  { presence }: HereState,
  { kind, account, people, peopleCount }: ConversationRow,
  now: number,
): PresenceState | undefined {
  const [other] = people;
  if (kind !== 'direct' || !other || peopleCount > 1) return undefined;
  const told = presence.get(nameOf(account, other.key));
  return told && (told.until === undefined || told.until > now) ? told.state : undefined;
}
