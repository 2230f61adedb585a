import type { TxnId } from '../../../src-shared/model/index.ts';
import { conversationKey, type Place, paddedId } from '../ids.ts';
import type { Seen } from '../map/message.ts';

/** What stands for a message on its way: where it goes, after what, and the digest of its words and files. */
export interface Offer {
  readonly place: Place;
  readonly after: string;
  readonly digest: string;
  /** When it was offered, Unix ms. */
  readonly at: number;
}
/** What has not come by then is not taken for it any more: the person may have said the same again elsewhere. Ms. */
const goodForMs = 600_000;

/**
 * Messages that were offered to Teams and not heard of again yet. A look may meet one before its answer comes, or when none
 * does: then it is known by this, and does not show beside itself.
 */
export class Offered {
  readonly #offers = new Map<TxnId, Offer>();
  readonly #digestOf: (seen: Seen) => string;

  constructor(digestOf: (seen: Seen) => string) {
    this.#digestOf = digestOf;
  }
  note(txn: TxnId, offer: Offer): void {
    this.#offers.set(txn, offer);
  }
  settled(txn: TxnId): void {
    this.#offers.delete(txn);
  }
  /** Of one's own message in a place; undefined for what was sent elsewhere. */
  txnOf(place: Place, seen: Seen, now: number): TxnId | undefined {
    const id = seen.message?.id;
    for (const [txn, { at }] of this.#offers) if (now - at > goodForMs) this.#offers.delete(txn);
    if (this.#offers.size === 0 || id === undefined) return undefined;
    const key = conversationKey(place);
    for (const [txn, offer] of this.#offers)
      if (
        conversationKey(offer.place) === key &&
        paddedId(id) > paddedId(offer.after) &&
        this.#digestOf(seen) === offer.digest
      )
        return txn;
    return undefined;
  }
}
