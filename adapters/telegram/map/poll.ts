import type { PartOf } from '../../../src-shared/model/index.ts';
import type { Peer } from '../ids.ts';
import { bytesOf, childOf, childrenOf, intOf, isSet, longOf, type Plain, textOf } from '../remote/plain.ts';

/** An answer is known by bytes of the network's; hex is the same for every sighting. */
export const optionId = (option: Uint8Array | undefined): string => Buffer.from(option ?? []).toString('hex');
export const optionBytes = (id: string): Uint8Array => Buffer.from(id, 'hex');

/** A poll with what is known of its votes (core.telegram.org/api/poll); undefined where there is none in it. */
export function pollOf(media: Plain): PartOf<'poll'> | undefined {
  const poll = childOf(media, 'poll');
  if (!poll) return undefined;
  const votes = new Map(
    childrenOf(childOf(media, 'results'), 'results').map((one) => [optionId(bytesOf(one, 'option')), one]),
  );
  return {
    kind: 'poll',
    question: words(childOf(poll, 'question')),
    options: childrenOf(poll, 'answers').map((answer) => {
      const id = optionId(bytesOf(answer, 'option'));
      const voted = votes.get(id);
      const count = intOf(voted, 'voters');
      return {
        id,
        text: words(childOf(answer, 'text')),
        ...(count === undefined ? {} : { votes: count }),
        ...(isSet(voted, 'chosen') ? { mine: true } : {}),
      };
    }),
    multiple: isSet(poll, 'multipleChoice'),
    anonymous: !isSet(poll, 'publicVoters'),
    closed: isSet(poll, 'closed'),
  };
}
const words = (text: Plain | undefined): string => textOf(text, 'text') ?? '';

/** How many polls are kept in mind. */
const most = 2000;
/** Where polls stand that were met lately: a vote names its poll, and mostly not the message. */
export class Polls {
  readonly #places = new Map<string, { readonly peer: Peer; readonly id: number }>();

  note(message: Plain, peer: Peer, id: number): void {
    const poll = longOf(childOf(childOf(message, 'media'), 'poll'), 'id');
    if (poll === undefined) return;
    this.#places.delete(poll);
    this.#places.set(poll, { peer, id });
    const [oldest] = this.#places.keys();
    if (this.#places.size > most && oldest !== undefined) this.#places.delete(oldest);
  }
  placeOf(poll: string | undefined): { readonly peer: Peer; readonly id: number } | undefined {
    return poll === undefined ? undefined : this.#places.get(poll);
  }
}
