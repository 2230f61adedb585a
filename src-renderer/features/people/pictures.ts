import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Input, PersonRef } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId } from '../../../src-shared/model/index.ts';
import type { Client } from '../../client/index.ts';

/** What has a picture, by a name that changes when the picture does. */
export interface Pictured {
  readonly name: string;
  readonly of: Input<'people.picture'>;
}
export interface PictureState {
  /** Ready to be drawn; null where there is none. */
  readonly drawn: ReadonlyMap<string, string | null>;
  /** Fetches it once, however many ask; after an hour again, for it may be another one by now. */
  want(pictured: Pictured): void;
}
/** Whoever is not connected may be so later. Ms. */
const againAfterMs = 60_000;
/** The hub has it at hand, and asks its network anew in the course of days. Ms. */
const anewAfterMs = 3_600_000;
const mostKept = 2000;

export const pictureOfPerson = ({ identity, picture }: PersonRef): Pictured | null =>
  picture === undefined ? null : { name: `identity ${identity} ${picture}`, of: { identity } };
export const pictureOfConversation = (conversation: ConversationId): Pictured => ({
  name: `conversation ${conversation}`,
  of: { conversation },
});
/** Not a character like any other, but one of a network's own. */
export const isOwnEmoji = (emoji: string): boolean => /^:[^\s:]+:$/.test(emoji);
export const pictureOfEmoji = (account: AccountId, emoji: string): Pictured => ({
  name: `emoji ${account} ${emoji}`,
  of: { account, emoji },
});

/** Pictures of people, conversations and emoji, asked of the hub when one is first to be seen; never of the network. */
export function createPictureStore(client: Client, now: () => number = Date.now): StoreApi<PictureState> {
  return createStore<PictureState>()((set, get) => {
    const asking = new Set<string>();
    /** When each may be asked for again. */
    const again = new Map<string, number>();
    return {
      drawn: new Map(),
      want({ name, of }) {
        if (asking.has(name) || now() < (again.get(name) ?? Number.NEGATIVE_INFINITY)) return;
        asking.add(name);
        const answered = (after: number) => {
          asking.delete(name);
          again.set(name, now() + after);
        };
        client.call('people.picture', of).then(
          (picture) => {
            answered(anewAfterMs);
            const address = picture && `data:${picture.mime};base64,${picture.base64}`;
            if (get().drawn.get(name) === address) return;
            const drawn = new Map(get().drawn).set(name, address);
            const [oldest] = drawn.keys();
            if (drawn.size > mostKept && oldest !== undefined) {
              drawn.delete(oldest);
              again.delete(oldest);
            }
            set({ drawn });
          },
          () => answered(againAfterMs),
        );
      },
    };
  });
}
