/** Somebody as others see them named. */
import type { IdentityId, PersonId, UserKey } from '../model/index.ts';

export interface PersonRef {
  readonly identity: IdentityId;
  readonly person: PersonId | null;
  readonly key: UserKey;
  readonly name: string;
  readonly address: string | null;
  readonly me: boolean;
  /** A program of the network, not a human being. */
  readonly bot?: true;
  /** Their account is closed; other accounts may reach the same person. */
  readonly gone?: true;
  /** There is a picture (`people.picture`); another one has another word here. */
  readonly picture?: string;
}
