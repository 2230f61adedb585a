import SearchableMap from 'minisearch/SearchableMap';
import type { Sql } from '../connection/sql.ts';

/**
 * The words of the index, kept in memory to complete what is being typed and to mend what was mistyped. Read from
 * FTS5's own lists (`message_terms`, an fts5vocab table), in slices between which other queries have their turn.
 */

/** A word in fewer messages is more likely a typing mistake itself. */
const fewest = 3;
/** Other than words of letters (numbers, identifiers) only those worth completing. */
const fewestOther = 20;
/** The most frequent are kept: 80,000 words take about 35 MB. */
const most = 80_000;
/** A slice ends after so many list entries or words: some 5 ms. */
const entriesPerSlice = 80_000;
const wordsPerSlice = 400;
const builtPerSlice = 500;
/** Read anew once the database has grown by this part. */
const growth = 0.25;

interface Term {
  readonly term: string;
  readonly doc: number;
}
/** A typing mistake is looked for in words of so many letters only. */
const mendable = /^\p{L}{4,24}$/u;
const anyWord = /^[\p{L}\p{N}]{2,24}$/u;

export class Vocabulary {
  readonly #sql: Sql;
  /** Sorted, with how many messages each is in. */
  #words: readonly Term[] = [];
  /** Those that can be what was meant: MiniSearch's radix tree, which finds words by distance. */
  #tree = new SearchableMap<number>();
  #builtAt = -1;
  #work: Generator<undefined> | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get ready(): boolean {
    return this.#builtAt >= 0;
  }
  /** Does a slice of what is to be done; false when there is nothing (more) to do. */
  step(): boolean {
    if (!this.#work) {
      const size = this.#size();
      if (this.ready && size <= this.#builtAt * (1 + growth)) return false;
      this.#work = this.#build(size);
    }
    if (!this.#work.next().done) return true;
    this.#work = undefined;
    return false;
  }

  /** Messages the word is in; 0 when it is not known well. */
  count(word: string): number {
    const at = this.#words[this.#firstFrom(word)];
    return at?.term === word ? at.doc : 0;
  }
  /** Words with this beginning, the most frequent first, and in how many messages they are together (counted by word). */
  beginningWith(prefix: string, limit: number): { readonly words: readonly string[]; readonly total: number } {
    const found: Term[] = [];
    for (let i = this.#firstFrom(prefix); this.#words[i]?.term.startsWith(prefix); i += 1) {
      const word = this.#words[i];
      if (word) found.push(word);
    }
    found.sort((a, b) => b.doc - a.doc);
    return {
      words: found.slice(0, limit).map(({ term }) => term),
      total: found.reduce((sum, { doc }) => sum + doc, 0),
    };
  }
  /** Words within two changes of a letter. */
  near(word: string): readonly string[] {
    return [...this.#tree.fuzzyGet(word, 2).keys()];
  }

  #firstFrom(prefix: string): number {
    let [low, high] = [0, this.#words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#words[middle]?.term ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Pages of the file: counting messages would read a whole index. */
  #size(): number {
    return Number(this.#sql.db.pragma('page_count', { simple: true }));
  }

  *#build(size: number): Generator<undefined> {
    const terms: Term[] = [];
    for (let after = ''; ; ) {
      let entries = 0;
      let read = 0;
      let last = '';
      for (const { term, doc } of this.#sql.iterate<Term>(
        'SELECT term, doc FROM message_terms WHERE term > ?',
        after,
      )) {
        read += 1;
        entries += doc;
        last = term;
        if (doc >= fewestOther ? anyWord.test(term) : doc >= fewest && mendable.test(term)) terms.push({ term, doc });
        if (entries > entriesPerSlice || read >= wordsPerSlice) break;
      }
      if (last === '') break;
      after = last;
      yield;
    }
    const kept = terms.length > most ? terms.sort((a, b) => b.doc - a.doc).slice(0, most) : terms;
    const tree = new SearchableMap<number>();
    for (const [count, { term, doc }] of kept.entries()) {
      if (mendable.test(term)) tree.set(term, doc);
      if (count % builtPerSlice === builtPerSlice - 1) yield;
    }
    this.#words = kept.sort((a, b) => (a.term < b.term ? -1 : 1));
    this.#tree = tree;
    this.#builtAt = size;
  }
}
