import type { UserKey } from '../../../src-shared/model/index.ts';
import { userKey } from '../ids.ts';
import type { Member } from '../wire.ts';

/** Who people's ids stand for, as far as members and messages have told it. Only names: people themselves are told by events. */
export class Directory {
  readonly #names = new Map<UserKey, string>();
  /** The organisation of the account, as soon as a list of members has told it. */
  tenant: string | undefined;

  readonly name = (key: string): string | undefined => this.#names.get(userKey(key));

  learn(members: readonly Member[], me: UserKey): void {
    for (const { userId, displayName, tenantId } of members) {
      const key = userKey(userId);
      if (displayName?.trim()) this.#names.set(key, displayName.trim());
      if (key === me && tenantId) this.tenant = tenantId;
    }
  }
  meet(key: UserKey, name: string): void {
    if (!this.#names.has(key)) this.#names.set(key, name);
  }
}
