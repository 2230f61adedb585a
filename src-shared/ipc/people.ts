/** People: who they are, how to reach them, and which of them are one. */
import { z } from 'zod';
import { AccountId, ConversationId, IdentityId, PersonId } from '../model/index.ts';
import { call, limit, none } from './call.ts';
import type { PresenceView } from './conversation.ts';
import type { ConversationRow } from './inbox.ts';
import type { PersonRef } from './person-ref.ts';

/** A person with all that is known of them. */
export interface PersonView {
  readonly id: PersonId;
  readonly name: string;
  readonly identities: readonly PersonRef[];
  readonly conversations: readonly ConversationRow[];
  /** When they last wrote, Unix ms. */
  readonly lastAt: number | null;
  /** What the person noted about them. */
  readonly note: string;
}

/** A line of the list of people. */
export interface PersonRow {
  readonly id: PersonId;
  readonly name: string;
  /** Mail addresses, telephone numbers and names on their networks, the last used first. */
  readonly addresses: readonly string[];
  readonly channels: readonly string[];
  /** When they last wrote, Unix ms. */
  readonly lastAt: number | null;
  /** Whichever of them has a picture. */
  readonly face?: PersonRef;
}
export interface PeoplePage {
  readonly people: readonly PersonRow[];
  readonly next?: string;
}

/** Somebody one can write to, by one account. */
export interface ReachView extends PersonRef {
  readonly account: AccountId;
  readonly channel: string;
}
export const PeopleQuery = z.object({
  text: z.string().max(200).default(''),
  sort: z.enum(['recent', 'name']).default('recent'),
  cursor: z.string().optional(),
  limit,
  /** Whose alphabet names are put in order by. */
  language: z.enum(['en', 'pl']).optional(),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

/** Whose picture, or which of a network's own emoji as reactions write it: `:name:`. */
export const PictureQuery = z.union([
  z.object({ identity: IdentityId }),
  z.object({ conversation: ConversationId }),
  z.object({ account: AccountId, emoji: z.string().min(1).max(256) }),
]);
export type PictureQuery = z.infer<typeof PictureQuery>;
export interface Picture {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly base64: string;
}

export const peopleCalls = {
  'people.find': call(z.object({ text: z.string().max(200), limit })).returns<readonly PersonView[]>(),
  /** Whom one can write to over which account, by any part of a name or address; those heard of last first. */
  'people.reach': call(z.object({ text: z.string().max(200), account: AccountId.optional(), limit })).returns<
    readonly ReachView[]
  >(),
  /** Who is there, of all the networks told of lately; what changes follows as `presence` events. */
  'people.presence': call(none).returns<readonly PresenceView[]>(),
  /** A small picture, fetched from the network when it is first asked for; null where there is none. */
  'people.picture': call(PictureQuery).returns<Picture | null>(),
  /** A network's own emoji that can be reacted with, as reactions write them; none while it cannot be asked. */
  'people.ownEmoji': call(z.object({ account: AccountId })).returns<readonly string[]>(),
  'people.get': call(z.object({ person: PersonId })).returns<PersonView | null>(),
  /** What the person noted about someone, for their own eyes; empty takes it away. */
  'people.note': call(z.object({ person: PersonId, text: z.string().max(100_000) })).returns<null>(),
  'people.page': call(PeopleQuery).returns<PeoplePage>(),
  /** Two are one from now on; what is set for either goes with them. */
  'people.merge': call(z.object({ into: PersonId, from: PersonId })).returns<null>(),
  /** Undoes a merge: these identities become a person of their own, whose id is answered. */
  'people.split': call(z.object({ identities: z.array(IdentityId).min(1).max(1000) })).returns<{ person: PersonId }>(),
};
