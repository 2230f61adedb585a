import { createHash } from 'node:crypto';
import { type Mailbox, Refused } from './mailbox.ts';

/** What a token stands for. Nobody outside can read one. */
interface Round {
  readonly folder: string;
  readonly select: readonly string[] | undefined;
  /** Changes up to here are told when the round ends. */
  readonly upTo: number;
  readonly ids: readonly string[];
  readonly size: number;
  readonly start: number;
}
export interface DeltaPage {
  readonly present: readonly string[];
  readonly removed: readonly string[];
  readonly select: readonly string[] | undefined;
  readonly token: string;
  readonly ended: boolean;
}

/** https://learn.microsoft.com/en-us/graph/delta-query-messages: rounds of pages, each folder for itself. */
export class Deltas {
  /** Later rounds tell no more than they have to: the id, and some of what has changed. */
  sparse = false;
  readonly #mailbox: Mailbox;
  readonly #tokens = new Map<string, Round>();
  #serial = 0;

  constructor(mailbox: Mailbox) {
    this.#mailbox = mailbox;
  }
  /** Every token handed out so far is worth nothing any more. */
  forget(): void {
    this.#tokens.clear();
  }
  begin(folder: string, select: readonly string[] | undefined, size: number): DeltaPage {
    const ids = this.#mailbox.messages.filter((message) => message.folder === folder).map(({ id }) => id);
    return this.#page({ folder, select, upTo: this.#mailbox.seq, ids, size, start: 0 });
  }
  goOn(token: string, size: number): DeltaPage {
    const round = this.#tokens.get(token);
    if (!round) throw new Refused(410, 'SyncStateNotFound', 'The sync state generation is not found.');
    if (round.start < round.ids.length) return this.#page(round);
    const changes = this.#mailbox.changesSince(round.upTo).filter(({ folder }) => folder === round.folder);
    const ids = [...new Set(changes.map(({ id }) => id))];
    const select = this.sparse ? ['isRead'] : round.select;
    return this.#page({ ...round, select, upTo: this.#mailbox.seq, ids, size, start: 0 });
  }
  #page(round: Round): DeltaPage {
    const ids = round.ids.slice(round.start, round.start + round.size);
    const start = round.start + ids.length;
    this.#serial++;
    const token = createHash('sha256').update(`delta${this.#serial}`).digest('base64url');
    this.#tokens.set(token, { ...round, start });
    const here = new Set(this.#mailbox.messages.filter(({ folder }) => folder === round.folder).map(({ id }) => id));
    return {
      present: ids.filter((id) => here.has(id)),
      removed: ids.filter((id) => !here.has(id)),
      select: round.select,
      token,
      ended: start >= round.ids.length,
    };
  }
}
