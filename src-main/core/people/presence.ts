import type { Clock } from '../../../src-shared/channel.ts';
import type { PresenceView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, UserKey } from '../../../src-shared/model/index.ts';
import type { Changes } from '../changes/index.ts';

/** People remembered at once; who has not been heard of for longest is forgotten. */
const mostPeople = 10_000;

/** How long that is true of which no network says how long. */
const unsaidMs = 10 * 60_000;

/** Who is there, as the networks told last. Nothing of it is stored: it is true for minutes. */
export class Presence {
  readonly #clock: Clock;
  readonly #told = new Map<string, PresenceView>();

  constructor(changes: Changes, clock: Clock) {
    this.#clock = clock;
    changes.on((event, payload) => {
      if (event === 'presence') this.#keep(payload as PresenceView);
    });
  }

  /** Of those among these people the network has told of. */
  of(account: AccountId, people: readonly UserKey[]): readonly PresenceView[] {
    const now = this.#clock.now();
    return people.flatMap((key) => {
      const told = this.#told.get(nameOf(account, key));
      return told && (told.until === undefined || told.until > now) ? [told] : [];
    });
  }

  /** All that is true now, whoever it is of. */
  all(): readonly PresenceView[] {
    const now = this.#clock.now();
    return [...this.#told.values()].filter(({ until }) => until !== undefined && until > now);
  }

  #keep(heard: PresenceView): void {
    const told = { until: this.#clock.now() + unsaidMs, ...heard };
    const name = nameOf(told.account, told.key);
    this.#told.delete(name);
    this.#told.set(name, told);
    const oldest = this.#told.keys().next().value;
    if (this.#told.size > mostPeople && oldest !== undefined) this.#told.delete(oldest);
  }
}
const nameOf = (account: AccountId, key: UserKey): string => `${account} ${key}`;
