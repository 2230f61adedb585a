/** Somebody as others see them named. */
import type { IdentityId, PersonId, UserKey } from '../model/index.ts';

export interface PersonRef {
  readonly identity: IdentityId;
  readonly person: PersonId | null;
  readonly key: UserKey;
  readonly name: string;
  readonly address: string | null;
  readonly me: boolean;
}
