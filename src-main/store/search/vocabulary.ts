import { setImmediate as turn } from 'node:timers/promises';
import SearchableMap from 'minisearch/SearchableMap';
import type { Learn } from './learn.ts';
import { mendable, type Terms } from './terms.ts';

/** Words put into the tree at a time: a few milliseconds, then other queries have their turn. */
const slice = 500;
/** Read anew once the database has grown by this part. */
const growth = 0.25;

/**
 * The words of the index, in memory, to complete what is being typed and to mend what was mistyped. Learnt when the
 * first search asks for it: a start that searches nothing pays nothing.
 */
export class Vocabulary {
  readonly #learn: Learn;
  #words: readonly string[] = [];
  #docs = new Uint32Array();
  /** Those that can be what was meant: MiniSearch's radix tree, which finds words by distance. */
  #tree = new SearchableMap<number>();
  #size = -1;
  #learning: Promise<void> | undefined;

  constructor(learn: Learn) {
    this.#learn = learn;
  }

  get ready(): boolean {
    return this.#size >= 0;
  }
  /**
   * Learns in the background where there is something to learn. `size`: of the database, in any unit.
   * The promise resolves when what is known is recent, and never rejects: a search without completions is still a search.
   */
  refresh(size: number): Promise<void> {
    if (this.#learning) return this.#learning;
    if (this.ready && size <= this.#size * (1 + growth)) return Promise.resolve();
    const learning = this.#learn()
      .then((terms) => this.#take(terms, size))
      .catch(() => {
        // Tried again once the database has grown; until then what was known before serves.
        this.#size = Math.max(this.#size, size);
      })
      .finally(() => {
        this.#learning = undefined;
      });
    this.#learning = learning;
    return learning;
  }

  /** Messages the word was in when last counted; 0 when it is rare or unknown. */
  count(word: string): number {
    const at = this.#firstFrom(word);
    return this.#words[at] === word ? (this.#docs[at] ?? 0) : 0;
  }
  /** Words with this beginning, the most frequent first, and how many messages they are in, counted word by word. */
  beginningWith(prefix: string, limit: number): { readonly words: readonly string[]; readonly total: number } {
    const found: { readonly word: string; readonly docs: number }[] = [];
    for (let at = this.#firstFrom(prefix); this.#words[at]?.startsWith(prefix); at += 1)
      found.push({ word: this.#words[at] ?? '', docs: this.#docs[at] ?? 0 });
    found.sort((a, b) => b.docs - a.docs);
    return {
      words: found.slice(0, limit).map(({ word }) => word),
      total: found.reduce((sum, { docs }) => sum + docs, 0),
    };
  }
  /** Words within so many letters inserted, left out or replaced. */
  near(word: string, distance: number): readonly string[] {
    return [...this.#tree.fuzzyGet(word, distance).keys()];
  }

  #firstFrom(prefix: string): number {
    let [low, high] = [0, this.#words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#words[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #take({ words: joined, docs }: Terms, size: number): Promise<void> {
    const words = joined === '' ? [] : joined.split('\n');
    const tree = new SearchableMap<number>();
    for (const [at, word] of words.entries()) {
      if (mendable.test(word)) tree.set(word, docs[at] ?? 0);
      if (at % slice === slice - 1) await turn();
    }
    this.#words = words;
    this.#docs = docs;
    this.#tree = tree;
    this.#size = size;
  }
}
