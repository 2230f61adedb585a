import MiniSearch, { type SearchResult } from 'minisearch';
import { fold } from '../../../src-shared/text/fold.ts';

export interface Found {
  readonly id: string;
  readonly text: string;
  readonly detail?: string | undefined;
  /** More words it is found by, never shown. */
  readonly words?: string | undefined;
}

export interface Finder<T> {
  find(typed: string): readonly T[];
  /** Goes on with the index, which the first letter typed would otherwise wait for. False once it is made. */
  prepare(): boolean;
}
/** Entries that go into the index at once: about a millisecond's work. */
const bite = 24;

/** First letters: `gi` finds "Go to inbox". */
const initialsOf = (text: string): string => (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word[0]).join('');
/** Letters that may be wrong; two that changed places are two. */
const fuzziness = (term: string): number => (term.length > 4 ? 2 : term.length > 3 ? 1 : 0);

/**
 * Finds entries by beginnings of their words, forgiving a slip or two in the longer ones. `uses` tells how often each was
 * chosen before: of entries that fit alike the most used comes first. With nothing typed, all, the most used first.
 * `list` is asked once, when the entries are first needed.
 */
export function createFinder<T extends Found>(list: () => readonly T[], uses: (id: string) => number): Finder<T> {
  const entries = once(list);
  const byId = once(() => new Map(entries().map((entry) => [entry.id, entry])));
  const weight = (id: string): number => 1 + Math.log2(1 + uses(id)) / 2;
  const index = once(
    () =>
      new MiniSearch<T>({
        fields: ['text', 'detail', 'words', 'initials'],
        extractField: (entry, field) =>
          field === 'initials'
            ? initialsOf(entry.text)
            : String(entry[field as 'id' | 'text' | 'detail' | 'words'] ?? ''),
        processTerm: (term) => fold(term) || null,
        searchOptions: {
          boost: { text: 3, initials: 1.5 },
          prefix: true,
          fuzzy: fuzziness,
          combineWith: 'AND',
          boostDocument: (id) => weight(String(id)),
        },
      }),
  );
  let indexed = 0;
  const prepare = (): boolean => {
    const some = entries().slice(indexed, indexed + bite);
    index().addAll(some);
    indexed += some.length;
    return indexed < entries().length;
  };
  return {
    prepare,
    find(typed) {
      if (typed.trim() === '') return [...entries()].sort((a, b) => uses(b.id) - uses(a.id));
      while (prepare());
      const found = index().search(typed);
      return [...found.filter(isAsTyped), ...found.filter((one) => !isAsTyped(one))].flatMap(
        ({ id }) => byId().get(String(id)) ?? [],
      );
    },
  };
}

/** Found without forgiving anything: whoever types a name rightly does not mean a command that is nearly called so. */
const isAsTyped = ({ queryTerms, terms }: SearchResult): boolean =>
  queryTerms.every((typed) => terms.some((term) => term.startsWith(typed)));

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
