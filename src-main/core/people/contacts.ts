import type { Log } from '../../../src-shared/channel.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Ingest } from '../ingest/index.ts';
import { type Live, operationOf } from '../supervisor/index.ts';

/** Takes in an account's address book, once a run: names and addresses by which people are known again. */
export class Contacts {
  readonly #ingest: Ingest;
  readonly #log: Log;
  readonly #read = new Set<AccountId>();

  constructor(ingest: Ingest, log: Log) {
    this.#ingest = ingest;
    this.#log = log;
  }

  /** Never rejects. What a session's end breaks off is read by the next one. */
  async attend(live: Live): Promise<void> {
    const contacts = operationOf(live, 'contacts');
    const account = live.account.id;
    if (!contacts || this.#read.has(account)) return;
    try {
      for await (const events of contacts.list(live.over)) {
        if (live.over.aborted) return;
        await this.#ingest.apply(account, { events, origin: 'history' });
      }
      this.#read.add(account);
    } catch (error) {
      if (!live.over.aborted) this.#log.warn('The address book could not be read', { account, error });
    }
  }
}
