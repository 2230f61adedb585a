import type { Account } from '../account.ts';
import { type Peer, peerOf, peerText } from '../ids.ts';
import { intOf, longOf, type Plain } from '../remote/plain.ts';
import { pollAgain } from '../sync/poll.ts';

/** Votes come in crowds: a poll is looked at so long after the first of them, ms. Longer than a version of it lasts. */
const crowdMs = 1500;

/**
 * Votes of others. What is told of them (core.telegram.org/constructor/updateMessagePoll) is less than the poll shows, and
 * mostly not where it stands: so the message it stands in is asked for again.
 */
export class PollWatch {
  readonly #account: Account;
  readonly #signal: AbortSignal;
  readonly #due = new Set<string>();

  constructor(account: Account, signal: AbortSignal) {
    this.#account = account;
    this.#signal = signal;
  }
  told(updates: readonly Plain[]): void {
    for (const update of updates) if (update._ === 'UpdateMessagePoll') this.#voted(update);
  }
  #voted(update: Plain): void {
    const { polls, context } = this.#account;
    const [peer, id] = [peerOf(update, 'peer'), intOf(update, 'msgId')];
    const place = peer && id !== undefined ? { peer, id } : polls.placeOf(longOf(update, 'pollId'));
    if (!place) return;
    const name = `${peerText(place.peer)}:${place.id}`;
    if (this.#due.has(name)) return;
    this.#due.add(name);
    this.#look(name, place).catch((cause: unknown) =>
      context.log.debug('votes are not known', { error: String(cause) }),
    );
  }
  async #look(name: string, { peer, id }: { readonly peer: Peer; readonly id: number }): Promise<void> {
    const { context } = this.#account;
    try {
      await context.clock.sleep(crowdMs, this.#signal);
    } finally {
      this.#due.delete(name);
    }
    const events = await pollAgain(this.#account, peer, id, this.#signal);
    if (events.length > 0 && !this.#signal.aborted) await context.emit({ events, origin: 'history' });
  }
}
