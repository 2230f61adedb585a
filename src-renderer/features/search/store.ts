import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SearchedElsewhere, SearchHit, SearchResult } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';

export type SearchOrder = 'newest' | 'relevance';
export interface SearchState {
  /** What stands in the box. */
  readonly text: string;
  readonly order: SearchOrder;
  /** One line a conversation: its best or newest hit. */
  readonly grouped: boolean;
  readonly result: SearchResult | null;
  /** The lines shown. */
  readonly hits: readonly SearchHit[];
  /** How many of the hits fetched so far each conversation has. */
  readonly counts: ReadonlyMap<ConversationId, number>;
  /** Messages fetched so far. */
  readonly found: number;
  readonly searching: boolean;
  readonly error: string | null;
  /** What the networks themselves know of these words; null while they were not asked. */
  readonly elsewhere: 'asking' | SearchedElsewhere | null;
  /** Index of the hit the keys act on; -1 while the box itself has the focus. */
  readonly cursor: number;
  type(text: string): void;
  setOrder(order: SearchOrder): void;
  setGrouped(grouped: boolean): void;
  loadMore(): Promise<void>;
  askElsewhere(): Promise<void>;
  moveTo(cursor: number): void;
  clear(): void;
}
const afterMs = 60;
const pageSize = 50;

/** The first hit of each conversation, in the order they were found. */
function firstOfEach(hits: readonly SearchHit[]): readonly SearchHit[] {
  const seen = new Set<ConversationId>();
  return hits.filter((hit) => !seen.has(hit.conversation) && seen.add(hit.conversation));
}

/** Search as one types; an answer to an older question never replaces a newer one's. */
export function createSearchStore(client: Client): StoreApi<SearchState> {
  return createStore<SearchState>()((set, get) => {
    let generation = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** Other words were typed than those that are searched for. */
    let typed = false;
    let all: readonly SearchHit[] = [];
    const publish = (hits: readonly SearchHit[], more: Partial<SearchState>): void => {
      all = hits;
      const counts = new Map<ConversationId, number>();
      for (const hit of hits) counts.set(hit.conversation, (counts.get(hit.conversation) ?? 0) + 1);
      set({ hits: get().grouped ? firstOfEach(hits) : hits, counts, found: hits.length, ...more });
    };
    const run = async (): Promise<void> => {
      const mine = ++generation;
      const { text, order } = get();
      typed = false;
      set({ searching: true });
      try {
        const result = await client.call('search.query', { text, order, facets: true, limit: pageSize });
        if (mine === generation) publish(result.hits, { result, searching: typed, error: null, cursor: -1 });
      } catch (error) {
        if (mine === generation) set({ searching: typed, error: errorMessage(error) });
      }
    };
    return {
      text: '',
      order: 'newest',
      grouped: false,
      result: null,
      hits: [],
      counts: new Map(),
      found: 0,
      searching: false,
      error: null,
      elsewhere: null,
      cursor: -1,
      type(text) {
        if (text.trim() === '') {
          clearTimeout(timer);
          typed = false;
          generation++;
          set({ text, elsewhere: null });
          return publish([], { result: null, searching: false, error: null, cursor: -1 });
        }
        const same = text.trim() === get().text.trim();
        if (same) return set({ text });
        // What was found is for other words: whoever wants the hits waits for the new ones.
        typed = true;
        set({ text, searching: true, elsewhere: null });
        clearTimeout(timer);
        timer = setTimeout(() => void run(), afterMs);
      },
      setOrder(order) {
        set({ order });
        if (get().text.trim() !== '') void run();
      },
      setGrouped(grouped) {
        set({ grouped, cursor: -1 });
        publish(all, {});
      },
      async loadMore() {
        const { result, text, order } = get();
        if (!result?.next) return;
        const mine = generation;
        const page = await client.call('search.query', { text, order, cursor: result.next, limit: pageSize });
        if (mine !== generation || get().result !== result) return;
        const { next: _old, ...rest } = result;
        publish([...all, ...page.hits], { result: page.next === undefined ? rest : { ...rest, next: page.next } });
      },
      async askElsewhere() {
        const { text, elsewhere } = get();
        if (elsewhere === 'asking' || text.trim() === '') return;
        set({ elsewhere: 'asking' });
        try {
          const told = await client.call('search.elsewhere', { text });
          if (get().text !== text) return;
          if (told.found > 0) await run();
          if (get().text === text) set({ elsewhere: told });
        } catch (error) {
          if (get().text === text) set({ elsewhere: { asked: 1, found: 0, failed: [errorMessage(error)] } });
        }
      },
      moveTo: (cursor) => set({ cursor }),
      clear: () => get().type(''),
    };
  });
}
