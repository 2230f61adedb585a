import type { Sql } from '../connection/sql.ts';

/** Words of the index worth completing or correcting to, sorted by code unit, with the number of messages each is in. */
export interface Terms {
  /** Joined by line feeds: one string crosses between threads faster than eighty thousand. */
  readonly words: string;
  readonly docs: Uint32Array<ArrayBuffer>;
}

/** A word in fewer messages is more likely a typing mistake itself. */
const fewest = 3;
/** Numbers, identifiers and words of two letters only where they are frequent. */
const fewestOther = 20;
/** The most frequent are kept: with the tree for corrections 80,000 words take about 35 MB. */
const most = 80_000;

/** A mistake is looked for in words of so many letters. */
export const mendable = /^\p{L}{4,24}$/u;
const completable = /^[\p{L}\p{N}]{2,24}$/u;

/**
 * Reads FTS5's own list of words (`message_terms`, an fts5vocab table). It counts as it goes and so reads the whole
 * index: three seconds at a million messages, hence a thread of its own (terms-worker.ts).
 */
export function readTerms(sql: Sql): Terms {
  const terms: { readonly term: string; readonly doc: number }[] = [];
  for (const one of sql.iterate<{ term: string; doc: number }>('SELECT term, doc FROM message_terms'))
    if (one.doc >= fewestOther ? completable.test(one.term) : one.doc >= fewest && mendable.test(one.term))
      terms.push(one);
  if (terms.length > most) terms.sort((a, b) => b.doc - a.doc).length = most;
  terms.sort((a, b) => (a.term < b.term ? -1 : 1));
  return { words: terms.map(({ term }) => term).join('\n'), docs: Uint32Array.from(terms, ({ doc }) => doc) };
}
